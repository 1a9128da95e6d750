"""Lines of Markdown: nothing added, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.reporting.narrative.lines import (
    cell_text,
    code_lines,
    margins,
    newline_of,
    open_fence,
    restored,
    split_lines,
    with_closed_fence,
)

TEXTS = st.text(st.sampled_from("ab# \t\r\n`~>{}\x0c\u2028\ufeff\udce9"), max_size=60)


@given(TEXTS)
def test_lines_join_to_the_text(text: str) -> None:
    """Whatever the line ends."""
    assert "".join(split_lines(text)) == text


@given(TEXTS)
def test_margins_join_to_the_text(text: str) -> None:
    """Blank lines around a text are told apart, not dropped."""
    assert "".join(margins(text)) == text


@given(TEXTS)
def test_an_edit_that_changes_nothing_restores_every_byte(text: str) -> None:
    """Also CRLF, CR and bytes that are not UTF-8."""
    assert restored(text, cell_text(text), newline_of(text)) == text


def test_untouched_lines_keep_their_bytes_when_another_is_edited() -> None:
    """The new line gets the document's line end, the odd ones keep theirs."""
    original = "first\r\nsecond \udce9\r\nthird\nlast"
    assert cell_text(original) == "first\nsecond \ufffd\nthird\nlast"
    changed = "first\nsecond \ufffd\nthird, edited\nnew\nlast"
    assert restored(original, changed, "\r\n") == "first\r\nsecond \udce9\r\nthird, edited\r\nnew\r\nlast"


def test_a_line_that_was_last_gets_a_line_end() -> None:
    """When something is written behind it."""
    assert restored("one\r\ntwo", "one\ntwo\nthree", "\r\n") == "one\r\ntwo\r\nthree"


def test_only_closed_fences_are_code() -> None:
    """An opened one without an end is a slip, not a reason to hide the rest of the document."""
    lines = split_lines("a\n```sql\n## b\n```\n~~~\nc\n")
    assert code_lines(lines) == [False, True, True, True, False, False]
    assert open_fence("a\n```sql\nb\n```\n~~~~\nc\n") == "~~~~"
    assert open_fence("a\n```\nb\n```\n") == ""


def test_many_open_fences_are_read_in_one_pass() -> None:
    """A megabyte of them must not take minutes: each kind is looked for once."""
    lines = split_lines("```a\n~~~~ b\n" * 50_000)
    assert not any(code_lines(lines))


@pytest.mark.parametrize(
    ("text", "closed"),
    [("```\na", "```\na\n```"), ("```\na\n", "```\na\n```"), ("a", "a"), ("```\r\na", "```\r\na\r\n```")],
)
def test_an_open_fence_is_closed_behind_the_text(text: str, closed: str) -> None:
    """With the text's own line end."""
    assert with_closed_fence(text) == closed
