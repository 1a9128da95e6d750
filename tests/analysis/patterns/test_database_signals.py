"""What captures say of a pattern, and when they say nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.patterns.database_signals import captured_state, database_evidence
from incident_analytics.model.known_pattern import DatabaseSignal

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.patterns import Evidence
    from incident_analytics.model.known_pattern import DatabaseShows
    from incident_analytics.sources.database import DatabaseReading

ONSET = dt.datetime(2024, 1, 15, 14, tzinfo=dt.UTC)
HEAD = "captured_at,pid,state,application_name,usename,query,wait_event_type,xact_start,state_change,blocked_by\n"
AT = "2024-01-15T14:30:00Z"
SESSIONS = (
    f"{HEAD}{AT},1,idle in transaction,api,app,update a,Client,2024-01-15T14:20:00Z,2024-01-15T14:25:00Z,{{}}\n"
    f"{AT},2,active,api,app,update a,Lock,2024-01-15T14:26:00Z,2024-01-15T14:26:00Z,{{1}}\n"
    f"{AT},3,active,api,app,update a,Lock,2024-01-15T14:26:00Z,2024-01-15T14:26:00Z,{{2}}\n"
)
QUIET = f"{HEAD}{AT},1,idle,api,app,select 1,Client,,2024-01-15T14:29:00Z,{{}}\n"
COUNT = f"captured_at,state,application_name,count\n{AT},idle,api,15\n{AT},active,api,3\n"
LIMIT = "name,setting\nmax_connections,20\n"


def judged(reading: DatabaseReading, shows: DatabaseShows, *, begins: dt.datetime = ONSET, **more: float) -> Evidence:
    """What the captures say of one signal."""
    signal = DatabaseSignal.model_validate({"says": "It shows", "shows": shows, **more})
    return database_evidence(signal, captured_state(reading, begins, begins + dt.timedelta(hours=1)))


def test_a_session_that_is_idle_in_its_transaction_is_told(captured: Callable[..., DatabaseReading]) -> None:
    """For the five minutes since it came into that state."""
    one = judged(captured(pg_stat_activity=SESSIONS), "idle_in_transaction", over_seconds=60)
    assert (one.stance, one.number, one.limit, one.subject) == ("for", 300, 60, "session 1")
    assert (str(one.places[0]), one.at) == ("pg_stat_activity.csv:2", dt.datetime(2024, 1, 15, 14, 30, tzinfo=dt.UTC))
    assert judged(captured(pg_stat_activity=SESSIONS), "idle_in_transaction", over_seconds=301).stance == "against"


@pytest.mark.parametrize("shows", ["waiting_sessions", "lock_waits"])
def test_sessions_that_wait_are_counted_behind_the_one_that_blocks(
    captured: Callable[..., DatabaseReading], shows: DatabaseShows
) -> None:
    """Directly or behind others."""
    reading = captured(pg_stat_activity=SESSIONS)
    one = judged(reading, shows, at_least=2)
    assert (one.stance, one.number, one.limit, one.subject) == ("for", 2, 2, "session 1")
    assert judged(reading, shows, at_least=3).stance == "against"


def test_connections_are_compared_with_the_servers_limit(captured: Callable[..., DatabaseReading]) -> None:
    """18 of 20."""
    reading = captured(connection_count=COUNT, pg_settings=LIMIT)
    one = judged(reading, "connections_near_limit", share=0.9)
    assert (one.stance, one.number, one.limit) == ("for", 18, 20)
    assert judged(reading, "connections_near_limit", share=0.95).stance == "against"


def test_what_need_not_show_speaks_for_neither(captured: Callable[..., DatabaseReading]) -> None:
    """Where the signal says so."""
    reading = captured(pg_stat_activity=QUIET)
    signal = DatabaseSignal(says="It shows", shows="idle_in_transaction", if_absent="says_nothing")
    state = captured_state(reading, ONSET, ONSET + dt.timedelta(hours=1))
    assert database_evidence(signal, state).stance == "neither"
    assert judged(reading, "idle_in_transaction").stance == "against"


def test_captures_of_another_time_say_nothing(captured: Callable[..., DatabaseReading]) -> None:
    """A day later everything is different."""
    one = judged(captured(pg_stat_activity=SESSIONS), "lock_waits", begins=ONSET + dt.timedelta(days=1))
    assert (one.stance, one.reason) == ("not looked at", "no capture was taken during the incident")


@pytest.mark.parametrize(
    ("files", "shows", "reason"),
    [
        ({}, "lock_waits", "there are no database captures"),
        ({"connection_count": COUNT}, "connections_near_limit", "no capture tells the server's limit"),
        ({"connection_count": COUNT}, "idle_in_transaction", "no capture lists sessions"),
        ({"connection_count": COUNT}, "waiting_sessions", "no capture lists sessions or locks"),
    ],
)
def test_what_no_capture_tells_was_not_looked_at(
    captured: Callable[..., DatabaseReading], files: dict[str, str], shows: DatabaseShows, reason: str
) -> None:
    """With the reason."""
    one = judged(captured(**files), shows)
    assert (one.stance, one.reason) == ("not looked at", reason)
