"""Stamps: what a cell remembers, whatever people do to its metadata."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_markdown_cell

from incident_analytics.reporting.narrative.stamps import Stamp, seed_of, stamp_of


def test_a_stamp_is_read_as_it_was_written() -> None:
    """Other notes in the same place stay."""
    cell = new_markdown_cell("text", id="a", metadata={"incident_analytics": {"title": "Kept", "seed": "old"}})
    stamp = Stamp("template", "a", seed_of("text"), "summary", "invited", {"time_to_resolution": "2 h"})
    stamp.put_on(cell)
    assert stamp_of(cell) == stamp
    assert cell.metadata["incident_analytics"]["title"] == "Kept"


def test_the_seed_is_the_sha256_of_the_source() -> None:
    """Of "abc", from FIPS 180-4, appendix B.1."""
    assert seed_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    "note", [None, [], "text", {}, {"origin": "template"}, {"origin": "template", "seed": 3}, {"origin": "robot"}]
)
def test_an_unreadable_stamp_is_none(note: object) -> None:
    """A cell without a stamp counts as a person's, which is the safe side."""
    assert stamp_of(new_markdown_cell("", metadata={"incident_analytics": note})) is None


def test_numbers_that_are_no_mapping_are_no_numbers() -> None:
    """People can edit metadata."""
    note = {"origin": "template", "seed": "x", "section": "a", "numbers": [1]}
    stamp = stamp_of(new_markdown_cell("", metadata={"incident_analytics": note}))
    assert stamp is not None
    assert stamp.numbers == {}
