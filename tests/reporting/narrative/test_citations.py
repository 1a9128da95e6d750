"""Sentences whose cited number changed."""

from __future__ import annotations

import pytest

from incident_analytics.reporting.narrative.citations import cites, sentences, stale_sentences

BODY = """We were down for 1 h 30 min. It took 3 min
to answer! 15,000 users, e.g. guests, saw errors.

* resolved after 1 h 30 min
* cost: $45,000

```
1 h 30 min in a query
```
"""


def test_sentences_are_pieces_of_the_text() -> None:
    """Wrapped lines, list items and abbreviations are kept whole; code is left out."""
    found = list(sentences(BODY))
    assert found == [
        "We were down for 1 h 30 min.",
        "It took 3 min\nto answer!",
        "15,000 users, e.g. guests, saw errors.",
        "* resolved after 1 h 30 min",
        "* cost: $45,000",
    ]
    assert all(sentence in BODY for sentence in found)


def test_only_sentences_with_a_changed_number_are_stale() -> None:
    """The one that still holds is not named; a number that is gone is not known."""
    then = {"time_to_resolution": "1 h 30 min", "time_to_acknowledgment": "3 min", "revenue_impact": "$45,000"}
    now = {"time_to_resolution": "2 h", "time_to_acknowledgment": "3 min"}
    assert stale_sentences(BODY, then, now) == [
        ("We were down for 1 h 30 min.", "time_to_resolution", "1 h 30 min", "2 h"),
        ("* resolved after 1 h 30 min", "time_to_resolution", "1 h 30 min", "2 h"),
        ("* cost: $45,000", "revenue_impact", "$45,000", "not known"),
    ]


@pytest.mark.parametrize(
    ("text", "number", "is_cited"),
    [
        ("after 5 min.", "5 min", True),
        ("after 15 min", "5 min", False),
        ("after 5 minutes", "5 min", False),
        ("after 1 h 30 min", "30 min", False),
        ("after 1 h 30 min", "1 h", False),
        ("after 1\u00a0h\n30 min", "1 h 30 min", True),
        ("**1 h 30 min**", "1 h 30 min", True),
        ("$45,000.50", "$45,000", False),
        ("($45,000)", "$45,000", True),
        ("115,000 users", "15,000", False),
        ("15,000, or more", "15,000", True),
        ("anything", "", False),
    ],
)
def test_a_number_is_cited_as_words_of_its_own(text: str, number: str, is_cited: bool) -> None:
    """Neither part of a longer number nor of a longer duration."""
    assert cites(text, number) is is_cited
