"""What the captures of the database say of a pattern: connections, waiting sessions, idle transactions, lock waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.database import (
    BlockingChain,
    Capture,
    blocking_chain,
    captures_of,
    connections,
    idle_in_transaction,
)
from incident_analytics.analysis.patterns.evidence import Evidence
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from incident_analytics.model.known_pattern import DatabaseSignal
    from incident_analytics.sources.database import DatabaseReading

_LEAD: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class CapturedState:
    """The captures taken during the incident.

    Args:
        captures: Those between ten minutes before the onset and the end; those without a time are believed.
        chain: The waits of the one with the most waiting sessions.
        reason: Why there is none; empty where there is.
    """

    captures: tuple[Capture, ...]
    chain: BlockingChain | None
    reason: str = ""


def captured_state(reading: DatabaseReading, begins: datetime, ends: datetime) -> CapturedState:
    """The captures of a reading that were taken during the incident."""
    own = _during(reading, begins - _LEAD, ends)
    captures = captures_of(own)
    if captures:
        return CapturedState(captures, blocking_chain(own))
    is_any = any(frame.height for frame in (reading.activity, reading.locks, reading.counts))
    reason = "no capture was taken during the incident" if is_any else "there are no database captures"
    return CapturedState((), None, reason)


def database_evidence(signal: DatabaseSignal, state: CapturedState) -> Evidence:
    """What the captures say of one signal."""
    none = Evidence("not looked at", "database", signal.says, signal.shows, reason=state.reason)
    if state.reason:
        return none
    found = _LOOKS[signal.shows](signal, state)
    if isinstance(found, str):
        return replace(none, reason=found)
    absent = found.stance == "against" and signal.if_absent == "says_nothing"
    return replace(found, stance="neither") if absent else found


def _during(reading: DatabaseReading, since: datetime, until: datetime) -> DatabaseReading:
    kept = pl.col("captured_at").is_null() | pl.col("captured_at").is_between(since, until)
    return replace(
        reading,
        activity=reading.activity.filter(kept),
        locks=reading.locks.filter(kept),
        counts=reading.counts.filter(kept),
        settings=reading.settings.filter(kept),
    )


def _connections(signal: DatabaseSignal, state: CapturedState) -> Evidence | str:
    known = [(each, one) for one in state.captures if (each := connections(one)) and each.share is not None]
    if not known:
        return "no capture tells the server's limit"
    told, capture = max(known, key=lambda pair: pair[0].share or 0.0)
    is_so = (told.share or 0.0) >= signal.share
    row = next(iter((*capture.counts, *capture.activity)), None)
    return _evidence(
        signal, is_so=is_so, number=told.total, limit=told.limit, at=told.captured_at, place=_place_of(row)
    )


def _idle(signal: DatabaseSignal, state: CapturedState) -> Evidence | str:
    sessions = [
        (session, capture, (capture.at - session.in_state_since).total_seconds())
        for capture in state.captures
        for session in idle_in_transaction(capture)
        if capture.at is not None and session.in_state_since is not None
    ]
    if not sessions:
        if not any(capture.activity for capture in state.captures):
            return "no capture lists sessions"
        return _evidence(signal, is_so=False, number=0, limit=signal.over_seconds, at=state.captures[0].at, place=None)
    session, capture, seconds = max(sessions, key=lambda each: each[2])
    told = _evidence(
        signal,
        is_so=seconds > signal.over_seconds,
        number=seconds,
        limit=signal.over_seconds,
        at=capture.at,
        place=Place(session.file, session.line),
    )
    return replace(told, subject=f"session {session.pid}", example=session.query or "")


def _waiting(signal: DatabaseSignal, state: CapturedState) -> Evidence | str:
    chain = state.chain
    if chain is None or not any(capture.activity or capture.locks for capture in state.captures):
        return "no capture lists sessions or locks"
    waiting = len(chain.blocked) + len(chain.unexplained) + len(chain.in_circle)
    first = next(iter(chain.blocked), None)
    place = Place(first.file, first.line) if first and first.file else None
    is_so = waiting >= signal.at_least
    told = _evidence(signal, is_so=is_so, number=waiting, limit=signal.at_least, at=chain.captured_at, place=place)
    is_behind_one = len(chain.roots) == 1 and chain.roots[0].waiting == waiting
    return replace(told, subject=f"session {chain.roots[0].pid}") if is_behind_one else told


def _chained(signal: DatabaseSignal, state: CapturedState) -> Evidence | str:
    chain = state.chain
    if chain is None or not any(capture.activity or capture.locks for capture in state.captures):
        return "no capture lists sessions or locks"
    if chain.unexplained and not chain.roots:
        return "sessions wait for locks, but no capture tells who holds them"
    root = next(iter(chain.roots), None)
    waiting = root.waiting if root else 0
    place = Place(root.file, root.line) if root and root.file else None
    is_so = waiting >= signal.at_least
    told = _evidence(signal, is_so=is_so, number=waiting, limit=signal.at_least, at=chain.captured_at, place=place)
    return replace(told, subject=f"session {root.pid}", example=root.query or "") if root else told


_LOOKS: Final[dict[str, Callable[[DatabaseSignal, CapturedState], Evidence | str]]] = {
    "connections_near_limit": _connections,
    "idle_in_transaction": _idle,
    "waiting_sessions": _waiting,
    "lock_waits": _chained,
}


def _evidence(
    signal: DatabaseSignal,
    *,
    is_so: bool,
    number: float,
    limit: float | None,
    at: datetime | None,
    place: Place | None,
) -> Evidence:
    return Evidence(
        "for" if is_so else "against",
        "database",
        signal.says,
        signal.shows,
        number=number,
        limit=limit,
        at=at,
        places=(place,) if place else (),
    )


def _place_of(row: object) -> Place | None:
    if not isinstance(row, dict) or not row.get("file"):
        return None
    line = row.get("line")
    return Place(str(row["file"]), line if isinstance(line, int) else None)
