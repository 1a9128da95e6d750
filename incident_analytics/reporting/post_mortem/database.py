"""The captured state of the database in numbers, each with the lines it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.sources.database import DatabaseReading


@dataclass(frozen=True, slots=True)
class LongestSession:
    """The session that had been at it for longest when the database was captured.

    Args:
        pid: Its number.
        state: What it was doing, such as ``active``; None where the capture does not tell.
        seconds: For how long.
        place: Its line.
    """

    pid: int | None
    state: str | None
    seconds: float
    place: Place | None


@dataclass(frozen=True, slots=True)
class DatabaseNumbers:
    """What the captures say in numbers; None where none of them says it.

    Args:
        captured_at: When the first of them was captured.
        connections: Connections over all applications and states.
        connections_in: The lines they were counted in.
        sessions_waiting: Distinct sessions waiting for a lock.
        sessions_waiting_in: The lines of these waits.
        longest: The longest session that was not idle.
    """

    captured_at: datetime | None
    connections: int | None
    connections_in: tuple[Place, ...]
    sessions_waiting: int | None
    sessions_waiting_in: tuple[Place, ...]
    longest: LongestSession | None


def database_numbers(reading: DatabaseReading) -> DatabaseNumbers:
    """The numbers that the report tells of the captured database."""
    counts, locks = reading.counts, reading.locks
    waiting = locks.filter(~pl.col("granted"))
    captures = [frame["captured_at"].drop_nulls() for frame in (counts, reading.activity, locks) if frame.height]
    return DatabaseNumbers(
        captured_at=captures[0][0] if captures and len(captures[0]) else None,
        connections=int(counts["count"].sum()) if counts.height else None,
        connections_in=_places(counts),
        sessions_waiting=waiting["pid"].n_unique() if locks.height else None,
        sessions_waiting_in=_places(waiting),
        longest=_longest(reading.activity),
    )


def busy_sessions(activity: pl.DataFrame) -> pl.DataFrame:
    """Sessions by how long they have been at it, each once; idle ones run no query and are left out."""
    is_busy = pl.col("duration_seconds").is_not_null() & (pl.col("state").is_null() | (pl.col("state") != "idle"))
    return (
        activity.filter(is_busy)
        .sort("duration_seconds", descending=True)
        .unique("pid", keep="first", maintain_order=True)
    )


def _longest(activity: pl.DataFrame) -> LongestSession | None:
    sessions = busy_sessions(activity)
    if sessions.is_empty():
        return None
    row = sessions.row(0, named=True)
    return LongestSession(row["pid"], row["state"], row["duration_seconds"], Place(row["file"], row["line"]))


def _places(frame: pl.DataFrame) -> tuple[Place, ...]:
    return tuple(Place(file, line) for file, line in frame.select("file", "line").unique(maintain_order=True).rows())
