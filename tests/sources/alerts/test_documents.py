"""A file's JSON documents, whole or cut off."""

from __future__ import annotations

from incident_analytics.sources.alerts.documents import documents


def test_documents_have_their_lines() -> None:
    """Pretty or one a line, blank lines between them."""
    assert list(documents('\n{"a":\n 1}\n\n[2]\n')) == [(2, {"a": 1}, ""), (5, [2], "")]


def test_reading_goes_on_behind_a_broken_document() -> None:
    """At the next line that opens one; what is whole of the broken one is kept."""
    first, second = documents('{"a": [{"x": 1}, {"y": 2,, "b": 3}\n{"c": 1}\n')
    assert first[:2] == (1, {"a": [{"x": 1}]})
    assert first[2].startswith("it is cut off or damaged (")
    assert second == (2, {"c": 1}, "")


def test_a_number_too_long_to_read_is_told() -> None:
    """Python refuses integers of more than 4,300 digits."""
    ((line, document, wrong),) = documents("[" + "1" * 5000 + "]")
    assert (line, document, wrong.startswith("it cannot be read (")) == (1, None, True)


def test_no_text_holds_none() -> None:
    """Nor do blanks."""
    assert (list(documents("")), list(documents(" \n"))) == ([], [])
