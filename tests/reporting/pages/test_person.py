"""The text of a cell that belongs to a person."""

from __future__ import annotations

import pytest

from incident_analytics.reporting.blocks import Prose
from incident_analytics.reporting.pages.person import narrative


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", Prose("")),
        ("<!-- What made it worse?\nSystems. -->", Prose("", "What made it worse? Systems.")),
        ("> **Write here.** What made it\n> worse?", Prose("", "What made it worse?")),
        ("<!-- What made it worse? -->\nThe pool.", Prose("The pool.")),
        ("> **Write here.** What?\n\nThe pool.", Prose("> **Write here.** What?\n\nThe pool.")),
        ("> A quotation.", Prose("> A quotation.")),
    ],
    ids=["empty", "comment", "quotation", "written", "written below the quotation", "quotation of a person"],
)
def test_invitation_stands_until_something_is_written(source: str, expected: Prose) -> None:
    """Comments and the invitation are not prose; everything else is."""
    assert narrative(source) == expected
