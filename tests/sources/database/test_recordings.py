"""Every recording of PostgreSQL's state is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.sources.database import read_database, sniff

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "database"
READ = [
    ("db_blocking.csv", "blocking", 2),
    ("db_connection_count.csv", "connection_count", 1),
    ("db_datestyle_sql.csv", "long_running", 1),
    ("db_lock_waits.csv", "pg_locks", 2),
    ("db_long_iso8601.csv", "long_running", 1),
    ("db_long_running.csv", "long_running", 11),
    ("db_long_running_aligned.txt", "long_running", 11),
    ("db_long_verbose_german.csv", "long_running", 1),
    ("db_pg_locks.csv", "pg_locks", 21),
    ("db_pg_stat_activity.csv", "pg_stat_activity", 23),
    ("db_pg_stat_activity.ndjson", "pg_stat_activity", 23),
]
# One value of each of PostgreSQL's types, no answer about its state.
NO_STATE = "db_types.csv"


@pytest.mark.parametrize(("name", "reader", "rows"), READ)
def test_a_recording_is_read(name: str, reader: str, rows: int) -> None:
    """Recognised by its content; EST is five hours behind UTC, as the runbook would say."""
    file = read_database([RECORDED / name], root=RECORDED, zones={"EST": "-05:00"}).files[0]
    assert sniff((RECORDED / name).read_bytes(), name) >= 0.7
    assert (file.reader, file.rows, file.unreadable) == (reader, rows, 0)


def test_every_recording_is_one_of_these_tests() -> None:
    """A new one is told here."""
    assert {path.name for path in RECORDED.iterdir()} == {*(row[0] for row in READ), NO_STATE}
