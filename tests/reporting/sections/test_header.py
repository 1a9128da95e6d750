"""The top of the post-mortem: what the record says, and what the evidence shows beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import Tiles
from incident_analytics.reporting.sections import header
from incident_analytics.reporting.sections.lead import lead

if TYPE_CHECKING:
    from incident_analytics.reporting.post_mortem import PostMortem


def test_the_lead_tells_the_record_then_the_evidence(sample: PostMortem) -> None:
    """Both stand there, and neither overwrites the other."""
    assert lead(sample) == (
        "By the record, this SEV1 incident lasted 1 h 30 min. It was detected by a monitoring alert, acknowledged "
        "3 min later and mitigated 47 min 30 s after it began. 15,000 users were affected, and $45,000 of revenue was "
        "lost. The evidence shows impact from 14:12:45 to 15:02:30 UTC, 14,208 users with an error and $39,298 to "
        "$53,071 lost."
    )


def test_tiles_carry_what_was_measured_beside_what_was_recorded(sample: PostMortem) -> None:
    """One count of users on the page: that of the measured impact."""
    tiles = next(block for block in header(sample) if isinstance(block, Tiles)).tiles
    notes = {tile.label: tile.note for tile in tiles}
    assert notes["Users affected"] == "recorded; 14,208 met an error"
    assert notes["Revenue impact"] == "recorded; measured $39,298 to $53,071"
