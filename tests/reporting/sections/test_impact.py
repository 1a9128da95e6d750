"""Recorded beside measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.sections.impact import impact
from incident_analytics.reporting.sections.receipt import receipt, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem


def test_the_table_says_from_when_to_when_the_logs_are_counted(sample: PostMortem) -> None:
    """And how many users had errors only outside that window."""
    table, outside, *_ = (block.markdown() for block in impact(sample))
    assert "The logs are counted from 14:15 to 15:45, as recorded." in table
    assert outside == (
        "647 more users had errors only before or after the recorded window, in the logs from 13:15 to 16:15."
    )


def test_the_computed_duration_is_said_in_words_not_as_measured(sample: PostMortem) -> None:
    """Nothing in the logs was measured for it."""
    table = impact(sample)[0].plain()
    row = next(line for line in table.splitlines() if line.startswith("Duration"))
    assert [cell.strip() for cell in row.split("  ") if cell.strip()][:3] == [
        "Duration, as declared",
        "1 h 30 min",
        "–",
    ]
    assert row.endswith("agrees, from start to resolution: 1 h 30 min")


def test_without_logs_the_table_says_that_there_are_none(reported: Callable[..., PostMortem]) -> None:
    """Not that user ids are missing in lines that nobody wrote."""
    report = reported("id: INC-7\nstarted_at: 2024-03-01T10:00:00Z\nresolved_at: 2024-03-01T11:00:00Z\n")
    assert "there are no logs" in impact(report)[0].markdown()


def test_the_receipt_of_the_users_tells_the_window(sample: PostMortem) -> None:
    """The fold of the tile and the whole receipt do."""
    users = sample.measurements["users_affected"]
    window = "Mon 15 Jan 2024, 14:15 to 15:45"
    assert f"; 13,561 counted in the logs, {window}." in sentence(users, sample.zone)
    assert ("Measured", f"13,561 users in the logs, {window}") in receipt(users, sample).facts
