"""How many incidents: each period's rate with its interval, and whether they come in clusters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np
import polars as pl

from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.rates import Dispersion, dispersion, rate
from incident_analytics.analysis.trends.impact_stretches import ImpactTrend, impact_trend
from incident_analytics.analysis.trends.scope import periods_between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.analysis.trends.scope import Period

Unit: TypeAlias = Literal["week", "month"]
# A month is a twelfth of 365.25 days.
DAYS: Final[Mapping[Unit, float]] = {"week": 7.0, "month": 30.4375}
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class PeriodRate:
    """The incidents of one period.

    Args:
        label: The period.
        n: How many began in it.
        days: How much of it was watched.
        rate: How many a unit of time, with the exact Poisson interval.
        is_complete: Whether nothing of it is cut off.
    """

    label: str
    n: int
    days: float
    rate: Estimate
    is_complete: bool


@dataclass(frozen=True, slots=True)
class SeverityRate:
    """The incidents of one severity, over all periods.

    Args:
        severity: Its name, or ``unknown``.
        n: How many.
        rate: How many a unit of time.
    """

    severity: str
    n: int
    rate: Estimate


@dataclass(frozen=True, slots=True)
class RateTrend:
    """How many incidents began, over time.

    Args:
        unit: What all rates are counted in.
        unit_days: Its length.
        n: How many in all.
        days: How long was watched.
        overall: The rate over all of it.
        periods: Each period's.
        severities: Each severity's, over all periods.
        weekly_counts: How many began in each whole calendar week, weeks without any included.
        dispersion: Whether these weeks vary more than by chance.
        impact: How much of the time something was impacted.
    """

    unit: Unit
    unit_days: float
    n: int
    days: float
    overall: Estimate
    periods: tuple[PeriodRate, ...]
    severities: tuple[SeverityRate, ...]
    weekly_counts: tuple[int, ...]
    dispersion: Dispersion
    impact: ImpactTrend


def rate_trend(cohort: Cohort) -> RateTrend:
    """How many incidents began in each period, and in a week or month of all of them.

    Rates are counted in weeks where the periods are weeks, else in months. A rate of less time than one unit would
    be a guess at what the rest of it brings, so over all there is none; a period that is cut off keeps its own, with
    the wide interval that it has, once a day of it was watched.
    """
    unit: Unit = "week" if cohort.period == "week" else "month"
    unit_days = DAYS[unit]
    counts = counts_between(cohort.frame["began_at"], cohort.periods)
    days = sum(period.days for period in cohort.periods)
    weeks = _counts_of_weeks(cohort)
    by_severity = cohort.frame["severity"].fill_null(UNKNOWN).value_counts().sort("severity")
    return RateTrend(
        unit=unit,
        unit_days=unit_days,
        n=cohort.n,
        days=days,
        overall=_rate(cohort.n, days, unit_days, least=unit_days),
        periods=tuple(
            PeriodRate(period.label, n, period.days, _rate(n, period.days, unit_days, least=1.0), period.is_complete)
            for period, n in zip(cohort.periods, counts, strict=True)
        ),
        severities=tuple(
            SeverityRate(name, n, _rate(n, days, unit_days, least=unit_days)) for name, n in by_severity.iter_rows()
        ),
        weekly_counts=weeks,
        dispersion=dispersion(np.asarray(weeks, dtype=np.float64)),
        impact=impact_trend(cohort),
    )


def counts_between(began: pl.Series, periods: tuple[Period, ...]) -> tuple[int, ...]:
    """How many began in each of some periods that follow each other."""
    edges = pl.Series(
        [*(period.start for period in periods), *(period.end for period in periods[-1:])], dtype=began.dtype
    )
    places = began.sort().search_sorted(edges, side="left")
    # the last instant of a report belongs to it
    inside = [*places[:-1].to_list(), began.len() if len(periods) else 0]
    return tuple(int(end - start) for start, end in pairwise(inside))


def _counts_of_weeks(cohort: Cohort) -> tuple[int, ...]:
    if not cohort.periods:
        return ()
    start, end = cohort.periods[0].start, cohort.periods[-1].end
    weeks = [week for week in periods_between(start, end, "week", cohort.scope.zone) if week.is_complete]
    began = cohort.frame["began_at"]
    return tuple(counts_between(began.filter(began < weeks[-1].end), tuple(weeks))) if weeks else ()


def _rate(n: int, days: float, unit_days: float, *, least: float) -> Estimate:
    if days < least:
        reason = f"{days:.1f} days were watched, too few for a rate" if n else "there are no incidents"
        return Estimate(None, None, None, n, method="exact Poisson", reason=reason)
    return rate(n, days / unit_days)
