"""The rows of a snapshot as the rows of a frame: sessions, locks, counts or settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.sources.database.intervals import interval_seconds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from incident_analytics.sources.database.shapes import FrameName
    from incident_analytics.sources.database.snapshot import Snapshot

Row: TypeAlias = "dict[str, str | int | float | bool | datetime | list[int] | None]"

_ARRAY = re.compile(r"\{\s*(\d{1,18}(?:\s*,\s*\d{1,18})*)?\s*\}")
_TARGET = (
    *("locktype", "database", "relation", "page", "tuple"),
    *("virtualxid", "transactionid", "classid", "objid", "objsubid"),
)
_BOOLEANS = {"t": True, "true": True, "f": False, "false": False}


def session(snapshot: Snapshot, row: int) -> Row:
    """A row of pg_stat_activity, of the long-running query or of the blocking one."""
    return {
        "captured_at": snapshot.captured_at(row),
        "pid": snapshot.integer(row, "pid"),
        "state": snapshot.text(row, "state"),
        "application": snapshot.text(row, "application_name", "application"),
        "user": snapshot.text(row, "usename", "user"),
        "duration_seconds": _duration(snapshot, row),
        "query": snapshot.text(row, "query"),
        "wait_event_type": snapshot.text(row, "wait_event_type"),
        "wait_event": snapshot.text(row, "wait_event"),
        "blocked_by": _blockers(snapshot, row),
        "transaction_started_at": snapshot.instant(row, "xact_start"),
        "state_changed_at": snapshot.instant(row, "state_change"),
        **_place(snapshot, row),
    }


def lock(snapshot: Snapshot, row: int) -> Row:
    """A row of pg_locks."""
    granted = (snapshot.text(row, "granted") or "").strip().lower()
    if granted not in _BOOLEANS:
        snapshot.problem("unreadable-boolean", row, granted)
    return {
        "captured_at": snapshot.captured_at(row),
        "pid": snapshot.integer(row, "pid"),
        "locktype": snapshot.text(row, "locktype"),
        "mode": snapshot.text(row, "mode"),
        "granted": _BOOLEANS.get(granted),
        "relation": snapshot.text(row, "relation"),
        "waitstart": snapshot.instant(row, "waitstart"),
        "target": _target(snapshot, row),
        **_place(snapshot, row),
    }


def count(snapshot: Snapshot, row: int) -> Row:
    """A row of the connection count, with state and application where it is grouped by them."""
    return {
        "captured_at": snapshot.captured_at(row),
        "state": snapshot.text(row, "state"),
        "application": snapshot.text(row, "application_name", "application"),
        "count": snapshot.integer(row, "count"),
        **_place(snapshot, row),
    }


def setting(snapshot: Snapshot, row: int) -> Row:
    """A row of pg_settings, or the answer to SHOW max_connections."""
    shown = "max_connections" in snapshot.columns
    return {
        "captured_at": snapshot.captured_at(row),
        "name": "max_connections" if shown else snapshot.text(row, "name"),
        "value": snapshot.text(row, "max_connections", "setting"),
        **_place(snapshot, row),
    }


ROWS: dict[FrameName, Callable[[Snapshot, int], Row]] = {
    "activity": session,
    "locks": lock,
    "counts": count,
    "settings": setting,
}


def _target(snapshot: Snapshot, row: int) -> str | None:
    """What the lock is on, in one text, so that two rows about the same thing can be told."""
    parts = [f"{name} {cell}" for name in _TARGET if (cell := snapshot.text(row, name))]
    return ", ".join(parts) or None


def _place(snapshot: Snapshot, row: int) -> Row:
    return {"file": snapshot.name, "line": snapshot.table.lines[row]}


def _duration(snapshot: Snapshot, row: int) -> float | None:
    """The written duration, or else how long ago the query began when the snapshot was taken."""
    for name in ("duration", "query_age", "xact_age"):
        written = snapshot.text(row, name)
        if written is not None:
            seconds = interval_seconds(written)
            if seconds is None:
                snapshot.problem("unreadable-interval", row, written)
            return seconds
    began, ran = snapshot.instant(row, "query_start"), snapshot.queried_at(row)
    if began is None or ran is None:
        return None
    seconds = (ran - began).total_seconds()
    if seconds < 0:
        snapshot.problem("query-after-capture", row, began.isoformat())
        return None
    return seconds


def _blockers(snapshot: Snapshot, row: int) -> list[int] | None:
    written = snapshot.text(row, "blocked_by")
    if written is None:
        return None
    match = _ARRAY.fullmatch(written.strip())
    if match is None:
        snapshot.problem("unreadable-array", row, written)
        return None
    return [int(each) for each in match[1].split(",")] if match[1] else []
