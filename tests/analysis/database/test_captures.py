"""Rows of one look at the database belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.database import captures_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.database import DatabaseReading


def test_answers_of_one_folder_seconds_apart_are_one_capture(recorded: Callable[..., DatabaseReading]) -> None:
    """Each is dated by its newest timestamp, the count by nothing."""
    found = captures_of(recorded("db_pg_locks.csv", "db_pg_stat_activity.csv", "db_connection_count.csv"))
    assert [(len(each.activity), len(each.locks), len(each.counts)) for each in found] == [(23, 21, 1)]


def test_a_column_of_capture_times_tells_captures_apart(written: Callable[..., DatabaseReading]) -> None:
    """One file, polled each half minute."""
    text = "captured_at,state,count\n2024-01-15 14:20:00+00,idle,3\n2024-01-15 14:20:30+00,idle,9\n"
    found = captures_of(written(connection_count=text))
    assert [[row["count"] for row in each.counts] for each in found] == [[3], [9]]
