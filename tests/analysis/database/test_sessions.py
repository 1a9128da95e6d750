"""Sessions are told once, put together of every file that lists them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.database import captures_of, idle_in_transaction, long_running, sessions_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.database import DatabaseReading


def test_the_long_running_are_active_only(sample: DatabaseReading) -> None:
    """Eleven wait for 15 minutes; the runbook's query lists 4187 and three idle ones too."""
    found = long_running(captures_of(sample)[0])
    assert [each.pid for each in found] == [4190, 4192, 4194, 4196, 4198, 4200, 4202, 4204, 4206, 4208, 4210]
    assert found[0].seconds == 910.206387


def test_the_idle_in_transaction_come_oldest_first(sample: DatabaseReading) -> None:
    """Three others have been so for a second or two."""
    found = idle_in_transaction(captures_of(sample)[0])
    assert [each.pid for each in found] == [4187, 4220, 4218, 4219]
    assert found[0].in_state_since == datetime(2024, 1, 15, 14, 12, 19, 485513, tzinfo=UTC)


def test_a_session_is_told_once(recorded: Callable[..., DatabaseReading]) -> None:
    """18764 stands in three files: its blocker comes from one, its state from another."""
    names = ("db_pg_stat_activity.csv", "db_blocking.csv", "db_long_running.csv")
    found = {each.pid: each for each in sessions_of(captures_of(recorded(*names))[0])}
    assert len(found) == 23
    session = found[18764]
    assert (session.state, session.blocked_by, session.user) == ("active", (18737,), "postgres")
    assert session.file == "db_pg_stat_activity.csv"


def test_sessions_of_unknown_state_are_no_long_running_ones(recorded: Callable[..., DatabaseReading]) -> None:
    """The runbook's query does not tell who is idle."""
    assert long_running(captures_of(recorded("db_long_running.csv"))[0], over=1) == ()
