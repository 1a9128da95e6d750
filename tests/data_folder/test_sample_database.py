"""The database's state in the sample agrees with itself and with the story, without the package."""

from __future__ import annotations

import csv
from pathlib import Path

CAPTURE = Path(__file__).resolve().parents[2] / "data/INC-2024-001/evidence/database/2024-01-15T142730Z"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of the database capture."""
    with (CAPTURE / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_eleven_sessions_wait_behind_one_idle_transaction() -> None:
    """Session 4187 holds the row; one waits for its transaction, ten for the row's queue."""
    activity = {row["pid"]: row for row in rows("pg_stat_activity.csv")}
    blocking = rows("blocking.csv")
    assert [row["blocked_by"] for row in blocking][:3] == ["{4187}", "{4190}", "{4190,4192}"]
    assert len(blocking) == 11
    assert activity["4187"]["state"] == "idle in transaction"
    assert activity["4187"]["xact_start"] == "2024-01-15 14:12:19.482113+00"
    assert [row["pid"] for row in rows("pg_locks.csv") if row["granted"] == "f"] == [row["pid"] for row in blocking]


def test_the_capture_agrees_with_itself() -> None:
    """The counts add up to the sessions listed, and the pool's twenty are all there."""
    activity, counts = rows("pg_stat_activity.csv"), rows("connection_count.csv")
    assert sum(int(row["count"]) for row in counts) == len(activity) == 52
    assert sum(row["application_name"] == "payment-processor" for row in activity) == 20
    assert [row["pid"] for row in rows("long_running.csv")][:2] == ["4187", "4190"]
    assert len(rows("long_running.csv")) == 15
