"""How much of a change of durations came from which incidents there were, and not from how they were handled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.statistics.fixed_mix import FixedMix, fixed_mix
from incident_analytics.analysis.statistics.mix_shift import MixShift, mix_shift
from incident_analytics.analysis.trends.halves import halves

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.weighted import Statistic
    from incident_analytics.analysis.trends.cohort import Cohort, LeftOut, Watched
    from incident_analytics.analysis.trends.halves import Half

UNKNOWN: Final = "unknown"
OTHERS: Final = "other services"
# Each group costs a pass over all incidents, and a table of more is not read.
MOST_GROUPS: Final = 20


@dataclass(frozen=True, slots=True)
class SplitBy:
    """The change from the earlier half to the later, split by one column.

    Args:
        column: ``severity`` or ``service``.
        median: The split of the median's change.
        mean: That of the mean; None where means were not asked for.
        n_folded: How many rare groups are counted as one.
    """

    column: str
    median: MixShift
    mean: MixShift | None
    n_folded: int


@dataclass(frozen=True, slots=True)
class MixShiftTrend:
    """How much of a change of durations came from which incidents there were.

    Args:
        metric: Whose durations.
        before: The earlier half; empty where there are no halves.
        after: The later half.
        splits: By severity, then by service; none without halves.
        periods: The median of each period as recorded, and with the mix of severities of all of them.
        means: The same of the mean; none where means were not asked for.
        left_out: Incidents without a duration.
        ranges: How many durations are the middle of a range.
        reason: Why there is no split.
    """

    metric: str
    before: str
    after: str
    splits: tuple[SplitBy, ...]
    periods: tuple[FixedMix, ...]
    means: tuple[FixedMix, ...]
    left_out: tuple[LeftOut, ...]
    ranges: int
    reason: str = ""


def mix_shift_of(cohort: Cohort, metric: str = "time_to_resolution") -> MixShiftTrend:
    """The change of a metric's median from the earlier half to the later, split into handling and mix.

    Args:
        cohort: The incidents.
        metric: One of the default clock's.
    """
    watched = cohort.watched(metric)
    split = halves(cohort.periods)
    severities, _ = _groups(watched.rows, "severity")
    periods = watched.rows["period"].to_list()
    given = watched.durations

    def fixed(statistic: Statistic) -> tuple[FixedMix, ...]:
        return fixed_mix(given.seconds, severities.to_list(), periods, statistic=statistic, is_open=given.is_open)

    return MixShiftTrend(
        metric=metric,
        before=split[0].label if split else "",
        after=split[1].label if split else "",
        splits=tuple(
            _split(watched, column, split, with_mean=cohort.scope.with_mean) for column in ("severity", "service")
        )
        if split
        else (),
        periods=fixed("median"),
        means=fixed("mean") if cohort.scope.with_mean else (),
        left_out=watched.left_out,
        ranges=watched.ranges,
        reason="" if split else "a change takes two periods",
    )


def _split(watched: Watched, column: str, split: tuple[Half, ...], *, with_mean: bool) -> SplitBy:
    groups, n_folded = _groups(watched.rows, column)
    is_before = watched.rows["period"].is_in(list(split[0].periods))
    old, new = watched.of(is_before), watched.of(~is_before)
    labels = groups.filter(is_before).to_list(), groups.filter(~is_before).to_list()

    def shift(statistic: Statistic) -> MixShift:
        return mix_shift(
            old.seconds, labels[0], new.seconds, labels[1],
            statistic=statistic, before_open=old.is_open, after_open=new.is_open,
        )  # fmt: skip

    return SplitBy(column, shift("median"), shift("mean") if with_mean else None, n_folded)


def _groups(rows: pl.DataFrame, column: str) -> tuple[pl.Series, int]:
    """Each incident's group; the rarest as one where there are many."""
    groups = rows[column].fill_null(UNKNOWN)
    counts = groups.value_counts().sort(["count", column], descending=[True, False])[column]
    if counts.len() <= MOST_GROUPS:
        return groups, 0
    kept = counts.head(MOST_GROUPS - 1)
    folded = pl.select(pl.when(groups.is_in(kept.implode())).then(groups).otherwise(pl.lit(OTHERS))).to_series()
    return folded, counts.len() - kept.len()
