"""Each metric during the incident against the hour before it: what moved, how far, when it was worst."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import narwhals as nw

from incident_analytics.analysis.engine_door import INSTANT, INTEGER, NUMBER, TEXT, closed, microseconds, opened
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from narwhals.typing import IntoFrameT

    from incident_analytics.analysis.engine_door import PortableFrame

# quartiles of fewer samples are the samples themselves: they say nothing about the usual spread
FEWEST_SAMPLES: Final = 4
# engines interpolate quantiles in different orders, so the last digit of a float may differ
_ROUNDING: Final = 1e-9
# of samples as usual one in ten lies outside the 5th to 95th percentile
MOVED_SHARE: Final = 0.25
HOUR_BEFORE: Final = dt.timedelta(hours=1)

_SERIES: Final = ["metric", "labels", "unit"]
_USED: Final = {"timestamp": INSTANT, "metric": TEXT, "labels": TEXT, "unit": TEXT, "value": NUMBER}
_NONE: Final = "\0"  # a null key is dropped by some engines; no exporter writes a zero character
_COLUMNS: Final = {
    "metric": TEXT,
    "labels": TEXT,
    "unit": TEXT,
    "status": TEXT,
    "moved": NUMBER,
    "baseline_median": NUMBER,
    "baseline_low": NUMBER,
    "baseline_high": NUMBER,
    "during_median": NUMBER,
    "during_min": NUMBER,
    "during_max": NUMBER,
    "outside_share": NUMBER,
    "most_extreme": NUMBER,
    "most_extreme_at": INSTANT,
    "baseline_samples": INTEGER,
    "during_samples": INTEGER,
    "set_aside": INTEGER,
}


def against_baseline(
    samples: IntoFrameT,
    *,
    start: dt.datetime,
    end: dt.datetime,
    baseline: dt.timedelta = HOUR_BEFORE,
    calm_until: dt.datetime | None = None,
) -> IntoFrameT:
    """Each series during the incident against the same series right before it.

    The baseline window is [calm_until - baseline, calm_until), the incident's is [start, end]. Quantiles are linear.
    outside_share is the share of samples during the incident that lie outside the baseline's 5th to 95th percentile
    (ends are inside); a tenth is usual. A window often is wider than the trouble, so the median alone would hide it.
    moved = (most_extreme - baseline_median) / (third - first quartile of the baseline), signed. It is null where there
    is no such unit: fewer than FEWEST_SAMPLES baseline samples, no samples during, or a baseline without spread.
    status
        moved        outside_share is MOVED_SHARE (a quarter) or more
        steady       it is less
        no baseline  fewer than FEWEST_SAMPLES finite samples before the incident
        no samples   no finite sample during the incident

    Args:
        samples: Columns timestamp, metric, labels, unit, value. A series is one metric, label set and unit. NaN,
            infinite and null values are left out of every number. A sample without a time is in neither window.
        start: Aware start of the incident.
        end: Aware end of the incident, or of what is known of it.
        baseline: How long the baseline is.
        calm_until: Where it ends: `start`, or earlier where the trouble is known to have begun before that.

    Returns:
        metric, labels, unit, status, moved, baseline_median, baseline_low and baseline_high (5th, 95th percentile),
        during_median, during_min, during_max, outside_share, most_extreme (the value during the incident farthest from
        baseline_median; the earliest of equals; like outside_share null without any baseline sample), most_extreme_at,
        baseline_samples, during_samples (finite ones), set_aside (those left out of both windows). Null: not known.
        Rows: moved first, then steady, no baseline, no samples; within each the largest size of `moved` first, a
        series that left a baseline without spread before all; ties by metric, labels, unit.

    Raises:
        ParameterError: `end` lies before `start` or `start` before `calm_until`, `baseline` is not above zero, or an
            instant has no zone.

    >>> import polars as pl
    >>> from datetime import UTC, datetime, timedelta
    >>> start = datetime(2024, 1, 15, 14, tzinfo=UTC)
    >>> at = [start + timedelta(minutes=minutes) for minutes in (-50, -40, -30, -20, -10, 0, 10)]
    >>> samples = pl.DataFrame({"timestamp": at, "metric": "cpu", "value": [10.0, 11, 12, 13, 14, 30, 34]})
    >>> against_baseline(samples, start=start, end=at[-1]).select("status", "moved", "most_extreme").rows()
    [('moved', 11.0, 34.0)]
    """
    first, last = microseconds(start), microseconds(end)
    if last < first:
        raise ParameterError("end", expected=f"an instant not before {start.isoformat()}", found=end.isoformat())
    if baseline <= dt.timedelta(0):
        raise ParameterError("baseline", expected="a duration above zero", found=str(baseline))
    calm = first if calm_until is None else microseconds(calm_until)
    if first < calm:
        raise ParameterError("calm_until", expected=f"no instant after {start.isoformat()}", found=str(calm_until))
    before = (calm - baseline // dt.timedelta(microseconds=1), calm)
    windows = _in_windows(opened(samples, _USED), before, first, last)
    numbers = windows.group_by(*_SERIES).agg(
        nw.col("before").count().alias("baseline_samples"),
        nw.col("before").quantile(0.05, "linear").alias("baseline_low"),
        nw.col("before").quantile(0.25, "linear").alias("first_quartile"),
        nw.col("before").quantile(0.5, "linear").alias("baseline_median"),
        nw.col("before").quantile(0.75, "linear").alias("third_quartile"),
        nw.col("before").quantile(0.95, "linear").alias("baseline_high"),
        nw.col("during").count().alias("during_samples"),
        nw.col("during").quantile(0.5, "linear").alias("during_median"),
        nw.col("during").min().alias("during_min"),
        nw.col("during").max().alias("during_max"),
        nw.col("is_set_aside").sum().alias("set_aside"),
    )
    during = _beside_baseline(windows, numbers)
    both = numbers.join(_outside(during), on=_SERIES, how="left").join(_most_extreme(during), on=_SERIES, how="left")
    judged = _judged(both)
    ordered = judged.sort("rank", "size", *_SERIES, descending=[False, True, False, False, False], nulls_last=True)
    named = ordered.with_columns(*[nw.when(nw.col(name) != _NONE).then(nw.col(name)).alias(name) for name in _SERIES])
    return closed(named, samples, _COLUMNS)


def _in_windows(samples: PortableFrame, before: tuple[int, int], first: int, last: int) -> PortableFrame:
    """Each sample with its finite value under `before` or `during`, or counted as set aside."""
    at = nw.col("timestamp")
    placed = samples.with_columns(
        *[nw.col(name).fill_null(_NONE).alias(name) for name in _SERIES],
        is_finite=nw.col("value").is_finite().fill_null(value=False),
        is_before=((at >= before[0]) & (at < before[1])).fill_null(value=False),
        is_during=((at >= first) & (at <= last)).fill_null(value=False),
    )
    is_before, during, finite = nw.col("is_before"), nw.col("is_during"), nw.col("is_finite")
    return placed.with_columns(
        before=nw.when(is_before & finite).then(nw.col("value")),
        during=nw.when(during & finite).then(nw.col("value")),
        is_set_aside=((is_before | during) & ~finite).cast(INTEGER),
    )


def _beside_baseline(windows: PortableFrame, numbers: PortableFrame) -> PortableFrame:
    """Each finite sample of the incident beside its series' median and usual band."""
    low, high = nw.col("baseline_low"), nw.col("baseline_high")
    band = numbers.filter(~low.is_null()).select(
        *_SERIES, "baseline_median", lowest=low - _rounding(), highest=high + _rounding()
    )
    inside = windows.filter(~nw.col("during").is_null()).select("timestamp", *_SERIES, "during")
    return inside.join(band, on=_SERIES, how="inner")


def _outside(during: PortableFrame) -> PortableFrame:
    """The share of a series' samples outside the usual band."""
    value = nw.col("during")
    flagged = during.with_columns(
        outside=((value < nw.col("lowest")) | (value > nw.col("highest"))).cast(NUMBER),
    )
    return flagged.group_by(*_SERIES).agg(nw.col("outside").mean().alias("outside_share"))


def _most_extreme(during: PortableFrame) -> PortableFrame:
    """The series' farthest value from the baseline's median and its time, the earliest of equals."""
    away = during.with_columns(
        nearness=-(nw.col("during") - nw.col("baseline_median")).abs(),
        lowness=-nw.col("during"),
        one=nw.col("timestamp") * 0 + 1,
    )
    order = ["nearness", "timestamp", "lowness"]
    placed = away.with_columns(place=nw.col("one").cum_sum().over(*_SERIES, order_by=order))
    farthest = placed.filter(nw.col("place") == 1)
    return farthest.select(
        *_SERIES, nw.col("during").alias("most_extreme"), nw.col("timestamp").alias("most_extreme_at")
    )


def _judged(numbers: PortableFrame) -> PortableFrame:
    """With status, moved and what the rows are sorted by."""
    spread = nw.col("third_quartile") - nw.col("first_quartile")
    flagged = numbers.with_columns(
        spread=spread,
        has_spread=(spread > _rounding()).fill_null(value=False),
        has_during=nw.col("during_samples") > 0,
        has_baseline=nw.col("baseline_samples") >= FEWEST_SAMPLES,
        is_outside=(nw.col("outside_share") >= MOVED_SHARE).fill_null(value=False),
        shift=nw.col("most_extreme") - nw.col("baseline_median"),
    )
    ranked = flagged.with_columns(
        rank=nw.when(~nw.col("has_during"))
        .then(nw.lit(3))
        .otherwise(
            nw.when(~nw.col("has_baseline"))
            .then(nw.lit(2))
            .otherwise(nw.when(nw.col("is_outside")).then(nw.lit(0)).otherwise(nw.lit(1)))
        ),
        measurable=nw.col("has_during") & nw.col("has_baseline") & nw.col("has_spread"),
    )
    measured = ranked.with_columns(moved=nw.when(nw.col("measurable")).then(nw.col("shift") / nw.col("spread")))
    return measured.with_columns(size=_size(), status=_status())


def _rounding() -> nw.Expr:
    """What two floats of a series may differ by and still be the same."""
    return (nw.col("baseline_low").abs() + nw.col("baseline_high").abs()) * _ROUNDING


def _size() -> nw.Expr:
    """How far it moved, for sorting: beyond all where a baseline without spread was left, last where unknown."""
    left_a_flat_baseline = (nw.col("rank") == 0) & nw.col("moved").is_null()
    return nw.when(left_a_flat_baseline).then(nw.lit(float("inf"))).otherwise(nw.col("moved").abs().fill_null(-1.0))


def _status() -> nw.Expr:
    words = ("moved", "steady", "no baseline")
    status = nw.lit("no samples")
    for rank, word in enumerate(words):
        status = nw.when(nw.col("rank") == rank).then(nw.lit(word)).otherwise(status)
    return status
