"""What a service began to say after its change: warnings and errors that it had never logged before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import polars as pl

from incident_analytics.model.measurement import Place

# A rare warning is new in any hour; one that comes again and again right after a change is not that rare.
LOOKED_AT: Final = timedelta(minutes=30)
HISTORY: Final = timedelta(minutes=30)
FEWEST_LINES: Final = 5
_WARNING: Final = 13


@dataclass(frozen=True, slots=True)
class NewWarning:
    """A warning or error that a service began to log after its change.

    Args:
        service: The service.
        message: The first of them.
        lines: How many there were up to the start of the impact, or in the first half hour.
        first_at: When it first came.
        place: Its line.
    """

    service: str
    message: str
    lines: int
    first_at: datetime
    place: Place


def new_warnings(
    logs: pl.DataFrame, services: tuple[str, ...], changed_at: datetime, until: datetime
) -> NewWarning | None:
    """The most frequent message, of level warning or worse, that the services never logged before the change.

    It is told where they logged for half an hour before, and where at least five such lines came between the change and
    the start of the impact, in half an hour at most. Messages are one where they differ only in their numbers.

    Args:
        logs: The frame of logs.
        services: The changed services.
        changed_at: When they were changed.
        until: The start of the impact: what comes later may be the impact itself.
    """
    end = min(until, changed_at + LOOKED_AT)
    own = logs.filter(pl.col("service").is_in(services) & (pl.col("timestamp") < end))
    first = own["timestamp"].min()
    if not isinstance(first, datetime) or first > changed_at - HISTORY:
        return None
    loud = own.filter((pl.col("severity_number") >= _WARNING) & pl.col("message").is_not_null())
    is_after = pl.col("timestamp") >= changed_at
    counted = (
        loud.sort("timestamp")
        .group_by(pl.col("message").str.replace_all(r"\d+", "#").alias("form"), maintain_order=True)
        .agg(
            before=(~is_after).sum(),
            lines=is_after.sum(),
            **{name: pl.col(name).first() for name in ("service", "message", "timestamp", "file", "line")},
        )
        .filter((pl.col("before") == 0) & (pl.col("lines") >= FEWEST_LINES))
        .sort("lines", "timestamp", descending=[True, False])
    )
    if counted.is_empty():
        return None
    row = counted.row(0, named=True)
    place = Place(str(row["file"]), row["line"])
    return NewWarning(row["service"], row["message"], int(row["lines"]), row["timestamp"], place)
