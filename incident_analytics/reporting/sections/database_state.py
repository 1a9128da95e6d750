"""The captured state of the database: connections, sessions at work, lock waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Paragraph, Table
from incident_analytics.reporting.post_mortem.database import busy_sessions

if TYPE_CHECKING:
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.post_mortem import PostMortem

_MOST_QUERIES = 8


def database_state(report: PostMortem) -> tuple[Block, ...]:
    """A sentence of counts and, folded, the connections, the longest sessions and the lock waits."""
    database = report.evidence.database
    tables = (_connections(database.counts), _sessions(database.activity), _waits(database.locks))
    shown = tuple(table for table in tables if table is not None)
    if not shown:
        return ()
    return (Paragraph(_sentence(report)), Folded("Connections, longest sessions and lock waits", shown))


def _sentence(report: PostMortem) -> str:
    """The captured state of the database in one sentence: how many connections, who waits, who holds on longest."""
    numbers = report.evidence.database_numbers
    captured = f"{words.moment(numbers.captured_at)} UTC" if numbers.captured_at else "an unknown time"
    parts = []
    if numbers.connections is not None:
        parts.append(words.counted(numbers.connections, "connection"))
    if numbers.sessions_waiting is not None:
        parts.append(f"{words.counted(numbers.sessions_waiting, 'session')} waiting for a lock")
    if numbers.longest is not None:
        parts.append(f"one session {numbers.longest.state or 'at work'} for {words.duration(numbers.longest.seconds)}")
    return f"The database, captured at {captured}, had {', '.join(parts)}."


def _connections(counts: pl.DataFrame) -> Table | None:
    if counts.is_empty():
        return None
    rows = tuple(
        (row["application"] or "no application named", row["state"], words.count(row["count"]))
        for row in counts.sort("count", descending=True).iter_rows(named=True)
    )
    columns = (Column("Application"), Column("State"), Column("Connections", "right"))
    return Table(f"Database connections at {_captured(counts)}", columns, rows)


def _sessions(activity: pl.DataFrame) -> Table | None:
    rows = tuple(
        (
            str(row["pid"]),
            row["state"],
            words.duration(row["duration_seconds"]),
            row["wait_event_type"],
            ", ".join(str(pid) for pid in row["blocked_by"] or ()) or None,
            Code(words.shortened(row["query"] or "")),
        )
        for row in busy_sessions(activity).head(_MOST_QUERIES).iter_rows(named=True)
    )
    if not rows:
        return None
    columns = (
        Column("Session"),
        Column("State"),
        Column("For", "right"),
        Column("Waits for"),
        Column("Blocked by"),
        Column("Query"),
    )
    return Table(f"Longest database sessions at {_captured(activity)}", columns, rows)


def _waits(locks: pl.DataFrame) -> Table | None:
    waiting = locks.filter(~pl.col("granted"))
    if waiting.is_empty():
        return None
    counted = (
        waiting.group_by("locktype", "mode").len().sort("len", "locktype", "mode", descending=[True, False, False])
    )
    rows = tuple((row["locktype"], row["mode"], words.count(row["len"])) for row in counted.iter_rows(named=True))
    columns = (Column("Lock on"), Column("Mode"), Column("Sessions waiting", "right"))
    return Table(f"Lock waits at {_captured(locks)}", columns, rows)


def _captured(frame: pl.DataFrame) -> str:
    at = frame["captured_at"].drop_nulls()
    return words.moment(at[0]) + " UTC" if len(at) else "an unknown time"
