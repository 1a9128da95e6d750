"""Every recording of PostgreSQL's state is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.sources.database import read_database, sniff

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "database"
# file, what it answers, rows, when it was captured on 2026-11-23, session and seconds of its first row
READ = [
    ("db_blocking.csv", "blocking", 2, None, 18764, 4.608186),
    ("db_connection_count.csv", "connection_count", 1, None, None, None),
    ("db_datestyle_sql.csv", "long_running", 1, "02:58:25.274827", 26933, None),
    ("db_lock_waits.csv", "pg_locks", 2, "02:52:46.414533", 18764, None),
    ("db_long_iso8601.csv", "long_running", 1, "02:58:25.274827", 26933, 11.937085),
    ("db_long_running.csv", "long_running", 11, None, 18737, 7.512883),
    ("db_long_running_aligned.txt", "long_running", 11, None, 18737, 7.655348),
    ("db_long_verbose_german.csv", "long_running", 1, "02:58:25.274827", 26933, 12.058622),
    ("db_pg_locks.csv", "pg_locks", 21, "02:52:46.414533", 18824, None),
    ("db_pg_stat_activity.csv", "pg_stat_activity", 23, "02:52:50.965407", 13454, None),
    ("db_pg_stat_activity.ndjson", "pg_stat_activity", 23, "02:52:50.993410", 13454, None),
]
# One value of each of PostgreSQL's types, no answer about its state.
NO_STATE = "db_types.csv"


@pytest.mark.parametrize(("name", "answers", "rows", "captured", "session", "seconds"), READ)
def test_a_recording_is_read(
    name: str, answers: str, rows: int, captured: str | None, session: int | None, seconds: float | None
) -> None:
    """Recognised by its content; EST is five hours behind UTC, as the runbook would say."""
    reading = read_database([RECORDED / name], root=RECORDED, zones={"EST": "-05:00"})
    file = reading.files[0]
    assert sniff((RECORDED / name).read_bytes(), name) >= 0.7
    assert (file.reader, file.rows, file.unreadable) == (answers, rows, 0)
    assert (file.first_at and file.first_at.isoformat()) == (captured and f"2026-11-23T{captured}+00:00")
    first = next((each.row(0, named=True) for each in (reading.activity, reading.locks) if each.height), {})
    assert (first.get("pid"), first.get("duration_seconds")) == (session, seconds)


def test_every_recording_is_one_of_these_tests() -> None:
    """A new one is told here."""
    assert {path.name for path in RECORDED.iterdir()} == {*(row[0] for row in READ), NO_STATE}
