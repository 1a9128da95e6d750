"""How long one thing took, over the whole history, period by period and half beside half."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.comparison import compare
from incident_analytics.analysis.statistics.durations import spread_of_logs
from incident_analytics.analysis.statistics.mean import mean
from incident_analytics.analysis.statistics.survival import time_until_done, times_until_done
from incident_analytics.analysis.trends.business_median import business_median
from incident_analytics.analysis.trends.duration_periods import period_chart, period_points
from incident_analytics.analysis.trends.halves import halves
from incident_analytics.analysis.trends.level_signal import level_signal
from incident_analytics.analysis.trends.thinned_curve import curve_of

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.comparison import Comparison
    from incident_analytics.analysis.statistics.durations import Durations
    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.statistics.mean import Mean
    from incident_analytics.analysis.statistics.survival import Survival
    from incident_analytics.analysis.trends.cohort import Cohort, LeftOut, Watched
    from incident_analytics.analysis.trends.duration_periods import PeriodChart, PeriodPoint
    from incident_analytics.analysis.trends.level_signal import LevelSignal
    from incident_analytics.model.runbook import Calendar

_TAIL = 0.9


@dataclass(frozen=True, slots=True)
class DurationHalf:
    """The earlier or the later half of the periods.

    Args:
        label: Such as ``2022``.
        n: How many incidents, open ones included.
        n_open: How many of them are open.
        median: The time by which half of them were done.
        curve: The share still open after each time, thinned.
        mean: The mean, where it was asked for.
    """

    label: str
    n: int
    n_open: int
    median: Estimate
    curve: Survival
    mean: Mean | None


@dataclass(frozen=True, slots=True)
class HalvesCompared:
    """The later half beside the earlier.

    Args:
        before: The earlier.
        after: The later.
        comparison: The ratio of the typical duration with its interval, and the test.
    """

    before: DurationHalf
    after: DurationHalf
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class DurationTrend:
    """One duration metric over time.

    Args:
        metric: Its name, such as ``time_to_resolution``.
        start: The milestone that it runs from, such as ``started_at``.
        end: The milestone that it runs to.
        n: How many incidents have it, open ones included.
        n_open: How many of them are still open.
        left_out: Those that do not have it, by reason.
        ranges: How many of the values are the middle of a range.
        median: The time by which half were done.
        p90: The time by which nine of ten were.
        spread_of_logs: The standard deviation of the logarithms of those that ended; None of fewer than two.
        periods: Each period.
        chart: Which periods' medians stand out.
        level: Where it may have moved to another level.
        halves: The later half of the periods beside the earlier; None of a single period.
        curve: The share still open after each time, thinned.
        mean: The mean, where it was asked for.
        business: The median on the clock of business hours.
    """

    metric: str
    start: str
    end: str
    n: int
    n_open: int
    left_out: tuple[LeftOut, ...]
    ranges: int
    median: Estimate
    p90: Estimate
    spread_of_logs: float | None
    periods: tuple[PeriodPoint, ...]
    chart: PeriodChart
    level: LevelSignal
    halves: HalvesCompared | None
    curve: Survival
    mean: Mean | None
    business: Estimate


def duration_trend(cohort: Cohort, metric: str, calendar: Calendar) -> DurationTrend:
    """Everything the report says of one duration metric of the default clock.

    Args:
        cohort: The incidents.
        metric: One of `Cohort.clock`.
        calendar: Of the business hours.
    """
    watched = cohort.watched(metric)
    given = watched.durations
    start, end = cohort.clock[metric]
    points = period_points(watched, cohort)
    median, p90 = times_until_done(given, (0.5, _TAIL))
    return DurationTrend(
        metric=metric,
        start=start,
        end=end,
        n=given.n,
        n_open=given.n_open,
        left_out=watched.left_out,
        ranges=watched.ranges,
        median=median,
        p90=p90,
        spread_of_logs=spread_of_logs(given.done),
        periods=points,
        chart=period_chart(points),
        level=level_signal(watched, seed=cohort.scope.seed),
        halves=_halves(watched, cohort),
        curve=curve_of(given),
        mean=mean(given.seconds, given.is_open) if cohort.scope.with_mean else None,
        business=business_median(watched, cohort, calendar),
    )


def _halves(watched: Watched, cohort: Cohort) -> HalvesCompared | None:
    sides = halves(cohort.periods)
    if not sides:
        return None
    before, after = (watched.of(watched.rows["period"].is_in(side.periods)) for side in sides)
    return HalvesCompared(
        _half(sides[0].label, before, cohort),
        _half(sides[1].label, after, cohort),
        compare(before.seconds, after.seconds, before_open=before.is_open, after_open=after.is_open),
    )


def _half(label: str, given: Durations, cohort: Cohort) -> DurationHalf:
    median = time_until_done(given.seconds, given.is_open)
    average = mean(given.seconds, given.is_open) if cohort.scope.with_mean else None
    return DurationHalf(label, given.n, given.n_open, median, curve_of(given), average)
