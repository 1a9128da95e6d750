"""The state of the database, capture by capture: connections, sessions that take long, who waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.database.blocking import chain_of
from incident_analytics.analysis.database.captures import captures_of
from incident_analytics.analysis.database.connections import connections
from incident_analytics.analysis.database.sessions import idle_in_transaction, long_running

if TYPE_CHECKING:
    from incident_analytics.analysis.database.blocking import BlockingChain
    from incident_analytics.analysis.database.captures import Capture
    from incident_analytics.analysis.database.connections import Connections
    from incident_analytics.analysis.database.sessions import Session
    from incident_analytics.sources.database import DatabaseReading

_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What one capture tells.

    Args:
        captured_at: When; None where nothing tells.
        folder: The folder of its files.
        connections: By state and application; None where neither the count nor pg_stat_activity was kept.
        long_running: Active sessions over five minutes, the longest first; None where none is known and no file lists
            every session.
        idle_in_transaction: Sessions that hold a transaction open and run nothing; None as above.
        chain: Who waits behind whom.
        waiting: How many sessions wait for a lock; None where no file tells of waits.
    """

    captured_at: datetime | None
    folder: str
    connections: Connections | None
    long_running: tuple[Session, ...] | None
    idle_in_transaction: tuple[Session, ...] | None
    chain: BlockingChain
    waiting: int | None


def database_states(reading: DatabaseReading) -> tuple[DatabaseState, ...]:
    """The state at each capture, in order of time; those whose time nothing tells come last."""
    captures = captures_of(reading)
    states = [_state(capture, len(captures)) for capture in captures]
    return tuple(sorted(states, key=lambda each: (each.captured_at or _END, each.folder)))


def most_waiting(states: tuple[DatabaseState, ...]) -> DatabaseState | None:
    """The state in which most sessions wait for a lock, the first of equals; None without captures.

    Where nobody waits it is the one with the most connections.
    """
    return max(states, key=_weight, default=None)


def _weight(state: DatabaseState) -> tuple[int, int]:
    return state.chain.waiting, state.connections.total if state.connections else 0


def _state(capture: Capture, captures: int) -> DatabaseState:
    chain = chain_of(capture, captures=captures)
    # Only pg_stat_activity lists every session; elsewhere "none" would be a guess.
    lists_all = any(row["state_changed_at"] is not None for row in capture.activity)
    tells_waits = bool(capture.locks) or any(
        row["blocked_by"] is not None or row["wait_event_type"] is not None for row in capture.activity
    )
    return DatabaseState(
        capture.at,
        capture.folder,
        connections(capture),
        long_running(capture) or (() if lists_all else None),
        idle_in_transaction(capture) or (() if lists_all else None),
        chain,
        chain.waiting if tells_waits else None,
    )
