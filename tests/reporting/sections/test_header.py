"""The top of the post-mortem: what the record says, and what the evidence shows beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import Tiles
from incident_analytics.reporting.sections import header
from incident_analytics.reporting.sections.lead import lead

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_evidence_that_shows_nothing_says_so_at_the_top(reported: Callable[..., PostMortem]) -> None:
    """It was searched; that is not the same as not knowing, and no usual error counts for a victim."""
    record = (
        "id: INC-7\nseverity: SEV2\nstarted_at: 2024-03-01T10:00:00Z\nresolved_at: 2024-03-01T11:00:00Z\n"
        "impact:\n  users_affected: 20\n"
    )
    ten = 1_709_287_200
    values = [[ten + 60 * at, str(0.99 + 0.001 * (at % 7))] for at in range(-390, 91)]
    series = {"metric": {"__name__": "checkout_success_rate"}, "values": values}
    answer = json.dumps({"status": "success", "data": {"resultType": "matrix", "result": [series]}})
    report = reported(record, {"evidence/metrics/checkout_success_rate.json": answer})
    assert lead(report).endswith("20 users were affected; lost revenue is not recorded. The metrics show no impact.")
    tiles = next(block for block in header(report) if isinstance(block, Tiles)).tiles
    assert next(tile.note for tile in tiles if tile.label == "Users affected") == "recorded; no impact is measured"
    assert "What told us that this was an incident?" in [question.text for question in report.questions]


def test_a_mitigation_after_the_resolution_is_called_doubtful(reported: Callable[..., PostMortem]) -> None:
    """One of both times is wrong, and the first sentences must not repeat it as a fact."""
    record = (
        "id: INC-7\nseverity: SEV2\nstarted_at: 2024-03-01T10:00:00Z\nmitigated_at: 2024-03-01T11:32:00Z\n"
        "resolved_at: 2024-03-01T11:00:00Z\n"
    )
    assert "mitigated 1 h 32 min after it began (doubtful: after the resolution)." in lead(reported(record))
