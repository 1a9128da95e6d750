"""A history as it was known at an instant: what came later had not happened yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.sources.histories.schema import CLOSED, LATEST, MILESTONES, OPEN, ORIGIN, RESOLVED

if TYPE_CHECKING:
    from datetime import datetime


def latest_instant(frame: pl.DataFrame) -> datetime | None:
    """The latest instant of any milestone; None where none has one."""
    columns = [frame[name].max() for anchor in MILESTONES for name in (anchor, anchor + LATEST)]
    return max((at for at in columns if at is not None), default=None)  # type: ignore[return-value]


def first_instant(frame: pl.DataFrame) -> datetime | None:
    """The earliest instant of any milestone; None where none has one."""
    columns = [frame[name].min() for name in MILESTONES]
    return min((at for at in columns if at is not None), default=None)  # type: ignore[return-value]


def begun_by(frame: pl.DataFrame, as_of: datetime) -> pl.Series:
    """Whether each incident had begun: its earliest milestone is not after the instant, or it has none at all."""
    first = frame.select(pl.min_horizontal(MILESTONES)).to_series()
    return (first <= as_of).fill_null(value=True)


def as_seen(frame: pl.DataFrame, as_of: datetime) -> pl.DataFrame:
    """The same incidents without the milestones that came later; one that was resolved later is open."""
    steps = []
    for name in MILESTONES:
        is_known = pl.col(name) <= as_of
        steps += [pl.when(is_known).then(pl.col(each)).alias(each) for each in (name, name + LATEST, name + ORIGIN)]
    ended_later = pl.max_horizontal("resolved_at", "closed_at") > as_of
    ended = pl.col("resolved_at").is_not_null() | pl.col("closed_at").is_not_null()
    status = (
        pl.when(pl.col("resolved_at") <= as_of)
        .then(pl.lit(RESOLVED))
        .when(pl.col("closed_at") <= as_of)
        .then(pl.lit(CLOSED))
        .when(ended & ended_later)
        .then(pl.lit(OPEN))
        .otherwise(pl.col("status"))
    )
    return frame.with_columns(*steps, status.alias("status"))
