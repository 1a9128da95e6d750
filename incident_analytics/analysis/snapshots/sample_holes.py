"""What is missing from the samples: values that are no numbers, and stretches without any sample."""

from __future__ import annotations

from typing import Final

import polars as pl

# so many usual steps without a sample are a hole; a scrape or two that failed are none
GAP_STEPS: Final = 5
_SERIES: Final = ["metric", "labels"]


def sample_holes(samples: pl.DataFrame) -> pl.DataFrame:
    """The series of which something is missing, most missing first.

    Args:
        samples: Columns timestamp, metric, labels, value.

    Returns:
        metric, labels, samples (those with a finite value), nan, infinite, unreadable (null), gaps (stretches of more
        than GAP_STEPS usual steps between two samples with a value), longest_gap_from, longest_gap_seconds. Series
        of which nothing is missing have no row.
    """
    value, at = pl.col("value"), pl.col("timestamp")
    is_told = value.is_finite().fill_null(value=False) & at.is_not_null()
    told = samples.select(*_SERIES, at.cast(pl.Datetime("us", "UTC")), value.cast(pl.Float64)).sort(
        *_SERIES, "timestamp"
    )
    steps = at.filter(is_told).diff()
    is_gap = steps > steps.median() * GAP_STEPS
    counted = told.group_by(_SERIES, maintain_order=True).agg(
        is_told.sum().cast(pl.Int64).alias("samples"),
        value.is_nan().sum().cast(pl.Int64).alias("nan"),
        value.is_infinite().sum().cast(pl.Int64).alias("infinite"),
        value.is_null().sum().cast(pl.Int64).alias("unreadable"),
        is_gap.sum().cast(pl.Int64).alias("gaps"),
        pl.when(is_gap.any()).then(at.filter(is_told).get(steps.arg_max() - 1, null_on_oob=True)).alias(
            "longest_gap_from"
        ),
        pl.when(is_gap.any()).then(steps.max().dt.total_microseconds() / 1e6).alias("longest_gap_seconds"),
    )  # fmt: skip
    missing = pl.col("nan") + pl.col("infinite") + pl.col("unreadable")
    with_holes = counted.filter((missing > 0) | (pl.col("gaps") > 0))
    return with_holes.sort(
        missing, pl.col("longest_gap_seconds").fill_null(0.0), *_SERIES, descending=[True, True, False, False]
    )
