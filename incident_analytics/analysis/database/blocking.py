"""Who waits behind whom: the chain of blocked sessions of a capture, down to the one that blocks them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.database.captures import captures_of
from incident_analytics.analysis.database.lock_conflicts import holders
from incident_analytics.analysis.database.sessions import seconds_between, sessions_of
from incident_analytics.analysis.database.waits_for import WaitsFor
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from incident_analytics.analysis.database.captures import Capture, Row
    from incident_analytics.analysis.database.sessions import Session
    from incident_analytics.sources.database import DatabaseReading


@dataclass(frozen=True, slots=True)
class RootBlocker:
    """A session that waits for nobody and that others wait for.

    Args:
        pid: Its process.
        state: What it was doing, such as ``idle in transaction``; None where the capture does not list it.
        application: Its application_name.
        user: Its role.
        since: When it came into this state.
        transaction_since: When its transaction began.
        seconds: From ``since`` to the capture.
        query: The last query it ran.
        waiting: How many sessions wait behind it, directly or behind others.
        deepest: The depth of the last of them.
        file: Where it stands; empty where the capture does not list it.
        line: Its line there.
    """

    pid: int
    state: str | None
    application: str | None
    user: str | None
    since: datetime | None
    transaction_since: datetime | None
    seconds: float | None
    query: str | None
    waiting: int
    deepest: int
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class BlockedSession:
    """A session that waits for others.

    Args:
        pid: Its process.
        behind: The session it stands directly behind, which is where a drawing joins it.
        blocked_by: Every session that blocks it, those ahead in the queue included.
        roots: The root blockers it waits for in the end; several where it waits behind several.
        depth: How many sessions stand between it and the root, plus one.
        since: Since when it waits, where the locks tell.
        seconds: For how long: from ``since`` to the capture, else the age of its query.
        application: Its application_name.
        user: Its role.
        wait: What it waits for, such as ``Lock transactionid``.
        query: The query that waits.
        file: Where it stands.
        line: Its line there.
    """

    pid: int
    behind: int
    blocked_by: tuple[int, ...]
    roots: tuple[int, ...]
    depth: int
    since: datetime | None
    seconds: float | None
    application: str | None
    user: str | None
    wait: str | None
    query: str | None
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class BlockingChain:
    """The waits of one capture.

    Args:
        captured_at: When it was taken.
        told_by: ``pg_blocking_pids``, ``pg_locks``, or empty where nothing tells who blocks.
        roots: Root blockers, the one with the most sessions behind it first.
        blocked: Waiting sessions by root, depth and process.
        unexplained: Sessions that wait for a lock whose holder the capture does not tell.
        in_circle: Sessions that wait for each other, a deadlock not yet broken; those behind them included.
        captures: How many captures there were; this one has the most waiting sessions.
        places: Where the waits stand, a line each: that of the lock, else that of the session.
    """

    captured_at: datetime | None
    told_by: str
    roots: tuple[RootBlocker, ...]
    blocked: tuple[BlockedSession, ...]
    unexplained: tuple[int, ...]
    in_circle: tuple[int, ...]
    captures: int
    places: tuple[Place, ...] = ()

    @property
    def waiting(self) -> int:
        """How many sessions wait for a lock, whether or not the capture tells for whose."""
        return len(self.blocked) + len(self.unexplained) + len(self.in_circle)


def blocking_chain(reading: DatabaseReading) -> BlockingChain | None:
    """The chain of the capture with the most waiting sessions, the first of equals; None without captures."""
    captures = captures_of(reading)
    chains = [chain_of(capture, captures=len(captures)) for capture in captures]
    return max(chains, key=lambda each: each.waiting, default=None)


def chain_of(capture: Capture, *, captures: int = 1) -> BlockingChain:
    """The chain of one capture; one without waits has neither roots nor waiting sessions.

    Args:
        capture: The capture.
        captures: How many there were.
    """
    sessions = {each.pid: each for each in sessions_of(capture)}
    told = {pid: each.blocked_by for pid, each in sessions.items() if each.blocked_by}
    by_locks = holders(capture.locks)
    waits = WaitsFor.of({**{pid: found for pid, found in by_locks.items() if found}, **told})
    told_by = "pg_blocking_pids" if told else "pg_locks" if waits.blockers else ""
    roots = [_root(pid, waits, sessions.get(pid), capture) for pid in waits.roots]
    locks: dict[object, list[Row]] = {}
    for row in capture.locks:
        if row["granted"] is False:
            locks.setdefault(row["pid"], []).append(row)
    blocked = [_blocked(pid, waits, sessions.get(pid), capture.at, locks.get(pid, [])) for pid in waits.depths]
    waiting = {*by_locks, *(pid for pid, each in sessions.items() if each.is_waiting_for_lock)}
    return BlockingChain(
        capture.at,
        told_by,
        tuple(sorted(roots, key=lambda each: (-each.waiting, each.pid))),
        tuple(sorted(blocked, key=lambda each: (each.roots, each.depth, each.pid))),
        tuple(sorted(waiting - waits.blockers.keys())),
        waits.in_circle,
        captures,
        _places(sorted(waiting | waits.blockers.keys()), sessions, capture),
    )


def _places(waiting: Iterable[int], sessions: Mapping[int, Session], capture: Capture) -> tuple[Place, ...]:
    lines = {each.pid: Place(each.file, each.line) for each in sessions.values()}
    for row in reversed(capture.locks):
        pid, line = row["pid"], row["line"]
        if row["granted"] is False and isinstance(pid, int):
            lines[pid] = Place(str(row["file"]), line if isinstance(line, int) else None)
    return tuple(lines[pid] for pid in waiting if pid in lines)


def _root(pid: int, waits: WaitsFor, session: Session | None, capture: Capture) -> RootBlocker:
    behind = [depth for each, depth in waits.depths.items() if pid in waits.roots_of[each]]
    since = session.in_state_since if session else None
    return RootBlocker(
        pid,
        session.state if session else None,
        session.application if session else None,
        session.user if session else None,
        since,
        session.transaction_since if session else None,
        seconds_between(since, capture.at),
        session.query if session else None,
        len(behind),
        max(behind, default=0),
        session.file if session else "",
        session.line if session else None,
    )


def _blocked(
    pid: int, waits: WaitsFor, session: Session | None, captured_at: datetime | None, rows: Sequence[Row]
) -> BlockedSession:
    starts = [at for row in rows if isinstance(at := row["waitstart"], datetime)]
    since = min(starts, default=None)
    seconds = seconds_between(since, captured_at)
    line = rows[0]["line"] if rows else None
    return BlockedSession(
        pid,
        waits.behind(pid),
        waits.blockers[pid],
        waits.roots_of[pid],
        waits.depths[pid],
        since,
        seconds if seconds is not None or session is None else session.seconds,
        session.application if session else None,
        session.user if session else None,
        session.wait if session else None,
        session.query if session else None,
        session.file if session else str(rows[0]["file"]) if rows else "",
        session.line if session else line if isinstance(line, int) else None,
    )
