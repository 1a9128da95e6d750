"""Headers tell which answer of PostgreSQL a table is."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.sources.database.shapes import shape_of, sniff

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "database"


@pytest.mark.parametrize(
    ("name", "shape", "sure"),
    [
        ("db_blocking.csv", "blocking", 0.95),
        ("db_connection_count.csv", "connection_count", 0.9),
        ("db_datestyle_sql.csv", "long_running", 0.7),
        ("db_lock_waits.csv", "pg_locks", 0.95),
        ("db_long_iso8601.csv", "long_running", 0.9),
        ("db_long_running.csv", "long_running", 0.95),
        ("db_long_verbose_german.csv", "long_running", 0.9),
        ("db_pg_locks.csv", "pg_locks", 0.95),
        ("db_pg_stat_activity.csv", "pg_stat_activity", 0.95),
        ("db_types.csv", None, 0.0),
    ],
)
def test_our_recordings_are_known_by_their_headers(name: str, shape: str | None, sure: float) -> None:
    """But for one that is none of the answers."""
    data = (RECORDED / name).read_bytes()
    found = shape_of(tuple(data.decode().splitlines()[0].split(",")))
    assert (found.name if found else None) == shape
    assert sniff(data, name) == sure


def test_a_lone_count_is_unsure_without_a_name_that_helps() -> None:
    """Any query may count."""
    assert sniff(b"count\n23\n", "x.csv") == 0.5
    assert sniff(b"state,count\nidle,23\n", "x.csv") == 0.6
    assert sniff(b"city,count\nBonn,23\n", "connection_count.csv") == 0.0


def test_other_files_are_not_database_state() -> None:
    """Metrics, logs and noise."""
    assert sniff(b"time,cpu\n1705328100,1\n", "a.csv") == 0.0
    assert sniff(b'{"pid":1,"duration":2,"query":3}\n', "a.ndjson") == 0.0
    assert sniff(b"\x00\x01pid,duration,query\n", "a.bin") == 0.0
    assert sniff(b"", "a.csv") == 0.0
