"""One duration in each period, and which periods stand out from the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.control_chart import control_chart
from incident_analytics.analysis.statistics.survival import times_until_done

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import Cohort, Watched

_TAIL = 0.9


@dataclass(frozen=True, slots=True)
class PeriodPoint:
    """One period.

    Args:
        label: The period, such as ``2023-Q1``.
        start: Its first instant.
        end: The first instant after it.
        is_complete: Whether nothing of it is cut off.
        n: How many incidents that began in it have the duration, open ones included.
        n_open: How many of them are open.
        median: The time by which half of them were done.
        p90: The time by which nine of ten were.
    """

    label: str
    start: datetime
    end: datetime
    is_complete: bool
    n: int
    n_open: int
    median: Estimate
    p90: Estimate


@dataclass(frozen=True, slots=True)
class PeriodChart:
    """The XmR chart of the periods' medians, on logarithms. It says "signal", never "changed".

    Args:
        centre_seconds: Their geometric mean; None where there are no limits.
        low_seconds: The lower natural limit.
        high_seconds: The upper one.
        signals: The labels of the periods outside.
        n: How many periods have a median.
        reason: Why there are no limits.
    """

    centre_seconds: float | None
    low_seconds: float | None
    high_seconds: float | None
    signals: tuple[str, ...]
    n: int
    reason: str = ""


def period_points(watched: Watched, cohort: Cohort) -> tuple[PeriodPoint, ...]:
    """Every period, those without an incident included."""
    points = []
    for period in cohort.periods:
        own = watched.of(watched.rows["period"] == period.label)
        median, tail = times_until_done(own, (0.5, _TAIL))
        points.append(
            PeriodPoint(period.label, period.start, period.end, period.is_complete, own.n, own.n_open, median, tail)
        )
    return tuple(points)


def period_chart(points: tuple[PeriodPoint, ...]) -> PeriodChart:
    """Natural limits of the periods' medians: mean of the logarithms and 2.66 times their mean moving range."""
    known = [(each.label, each.median.estimate) for each in points if each.median.estimate is not None]
    found = control_chart([seconds for _, seconds in known])
    return PeriodChart(
        found.centre_seconds,
        found.low_seconds,
        found.high_seconds,
        tuple(known[place][0] for place in found.signals),
        found.n,
        found.reason and found.reason.replace("incidents that ended", "periods with a median"),
    )
