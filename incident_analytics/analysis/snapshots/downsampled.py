"""Few enough points of a series to draw, with its extremes among them."""

from __future__ import annotations

from typing import Final

import polars as pl

from incident_analytics.errors import ParameterError

POINTS: Final = 600
_LEAST_POINTS: Final = 2


def downsampled(samples: pl.DataFrame, *, points: int = POINTS) -> pl.DataFrame:
    """At most `points` samples of one series: the lowest and the highest of each stretch of time.

    Time is cut into points / 2 stretches of equal length; each gives its lowest and highest sample at the time they
    were measured (the earliest of equals), so a peak of one sample is still drawn. A stretch without any finite value
    gives its first sample with a null value, so that the line breaks there. Samples without a time are left out.

    Args:
        samples: Columns timestamp and value of one series.
        points: The most that are drawn, at least 2.

    Returns:
        timestamp, value by timestamp; NaN and infinite values are null. A series that is short enough keeps every
        sample.

    Raises:
        ParameterError: `points` is below 2.
    """
    if points < _LEAST_POINTS:
        raise ParameterError("points", expected=f"at least {_LEAST_POINTS}", found=str(points))
    value = pl.col("value")
    series = (
        samples.select("timestamp", value.cast(pl.Float64))
        .filter(pl.col("timestamp").is_not_null())
        .with_columns(value=pl.when(value.is_finite()).then(value))
        .sort("timestamp", "value", nulls_last=True)
    )
    if series.height <= points:
        return series
    return (
        series.with_columns(stretch=_stretch(points // 2), row=pl.int_range(pl.len()))
        .filter((pl.col("row") == _first_row_of(value.min())) | (pl.col("row") == _first_row_of(value.max())))
        .select("timestamp", "value")
    )


def _stretch(stretches: int) -> pl.Expr:
    """Which stretch of time a sample falls in; the last instant belongs to the last one."""
    at = pl.col("timestamp").dt.epoch("us")
    width = (at.max() - at.min()) // stretches + 1
    return (at - at.min()) // width


def _first_row_of(extreme: pl.Expr) -> pl.Expr:
    """The first row of a stretch that has its extreme value, or just the first where it has none."""
    row = pl.col("row")
    is_extreme = pl.col("value").eq_missing(extreme)
    return row.filter(is_extreme).min().over("stretch")
