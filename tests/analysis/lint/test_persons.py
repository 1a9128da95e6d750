"""Names taken out of a text."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.lint import without_names


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jane Smith paged John", "someone paged someone"),
        ("Jane Smith-Jones and Janet", "someone-Jones and Janet"),
        ("@Jane said so", "someone said so"),
        ("the will of the team", "the will of the team"),
        ("Will said so", "someone said so"),
        ("", ""),
    ],
)
def test_names_become_someone(text: str, shown: str) -> None:
    """Whole words, in their own case, first and last names too."""
    assert without_names(text, ["Jane Smith", "John Doe", "Will Ray"]) == shown


def test_without_people_the_text_stays() -> None:
    """Blank names are nobody."""
    assert without_names("Jane said so", ["", "  "]) == "Jane said so"
