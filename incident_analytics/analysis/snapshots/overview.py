"""What monitoring showed of one subject, a line a series: how it usually was, its extremes, its last value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

Subject: TypeAlias = Literal["system", "database", "latency"]
# Words of a metric's name or query by which it belongs to what the runbook's commands show; `_` counts as a space.
SUBJECTS: Final[Mapping[Subject, str]] = {
    "system": r"(?i)(?:^|[^a-z])(?:cpu|memory|mem|heap|rss|load\d*|swap|oom)(?:[^a-z]|$)",
    "database": r"(?i)(?:^|[^a-z])(?:db|database|pg|postgres\w*|mysql|sql|hikaricp|pgbouncer|pool)(?:[^a-z]|$)",
    "latency": r"(?i)(?:^|[^a-z])(?:latency|response[ _.]?time|duration|p\d\d+|histogram_quantile|elapsed)(?:[^a-z]|$)",
}
_SERIES: Final = ("metric", "labels", "unit")


def about(samples: pl.DataFrame, subject: Subject) -> pl.DataFrame:
    """The samples of a subject, by the words of their metric, else of their query."""
    words = SUBJECTS[subject]
    return samples.filter(
        pl.col("metric").str.contains(words) | pl.col("query").str.contains(words).fill_null(value=False)
    )


def series_overview(samples: pl.DataFrame) -> pl.DataFrame:
    """One row a series, in order of metric and labels.

    Values that are not finite numbers, and samples without a time, are left out and counted.

    Args:
        samples: Columns timestamp (UTC), metric, labels (a JSON object), unit, value.

    Returns:
        metric, labels, unit; samples (how many have a time and a finite value), not_numbers (how many have not);
        first_at and last_at; median, lowest, highest; latest, the value at last_at. Null where no sample has both.
    """
    is_told = pl.col("timestamp").is_not_null() & pl.col("value").is_finite().fill_null(value=False)
    told = pl.col("value").filter(is_told)
    return (
        samples.sort("timestamp", nulls_last=True, maintain_order=True)
        .group_by(*_SERIES, maintain_order=True)
        .agg(
            is_told.sum().cast(pl.Int64).alias("samples"),
            (~is_told).sum().cast(pl.Int64).alias("not_numbers"),
            pl.col("timestamp").filter(is_told).first().alias("first_at"),
            pl.col("timestamp").filter(is_told).last().alias("last_at"),
            told.median().alias("median"),
            told.min().alias("lowest"),
            told.max().alias("highest"),
            told.last().alias("latest"),
        )
        .sort(*_SERIES, nulls_last=True)
    )
