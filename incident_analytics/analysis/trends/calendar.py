"""When in the week incidents begin: a map of weekdays by hours, what time each cell had, and the test of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

import polars as pl

from incident_analytics.analysis.statistics.calendar_heat import DAYS, HOURS, CalendarHeat, calendar_heat
from incident_analytics.analysis.wall_clock import wall_clock

if TYPE_CHECKING:
    from datetime import tzinfo

    from incident_analytics.analysis.trends.cohort import Cohort, LeftOut

Counts: TypeAlias = tuple[tuple[int, ...], ...]
Exposure: TypeAlias = tuple[tuple[float, ...], ...]

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CONFOUNDS: Final = (
    "Releases, traffic and people who notice keep the same hours, and a season or a holiday moves them all: the map "
    "says when incidents began, not why"
)
_WEEK_OF_HOURS: Final = DAYS * HOURS
# Every zone's offset from UTC is a multiple of it.
_STEP: Final = timedelta(minutes=15)
_STEP_HOURS: Final = 0.25
# The last instant of what is looked at may have an incident of its own.
_LAST: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class PartOfWeek:
    """A weekday over all its hours, or an hour over all weekdays.

    Args:
        name: Such as ``Monday`` or ``09``.
        count: How many incidents began in it.
        expected: How many would if no hour were preferred.
        stands_out: Whether it differs beyond chance; never where the whole map does not.
    """

    name: str
    count: int
    expected: float
    stands_out: bool


@dataclass(frozen=True, slots=True)
class CalendarTrend:
    """When in the week incidents began.

    Args:
        n: How many.
        zone: The zone of weekdays and hours.
        counts: Seven rows, Monday first, of 24 hours.
        exposure_hours: How many hours of the time looked at fell into each cell.
        test: The one test of the whole map.
        weekdays: The seven weekdays.
        hours: The 24 hours of the day.
        left_out: Incidents that are not in it, by reason.
        confounds: What the map cannot tell.
    """

    n: int
    zone: str
    counts: Counts
    exposure_hours: Exposure
    test: CalendarHeat
    weekdays: tuple[PartOfWeek, ...]
    hours: tuple[PartOfWeek, ...]
    left_out: tuple[LeftOut, ...]
    confounds: str = CONFOUNDS


def calendar(cohort: Cohort) -> CalendarTrend:
    """The weekdays and hours at which a cohort's incidents began, in the zone of its scope.

    Each cell is judged by how many hours of it lie in the time looked at, so that a year that ends on a Monday, or an
    hour that summer time skips, is no finding. Weekdays and hours are named only where the test of the whole map says
    that it is uneven.
    """
    scope = cohort.scope
    counts = _counts(cohort.frame, scope.zone)
    exposure = _exposure(cohort, scope.zone)
    n = sum(map(sum, counts))
    if any(map(sum, exposure)):
        test = calendar_heat(counts, seed=scope.seed, exposure=exposure)
    else:
        reason = "no time was looked at" if n else "no incidents"
        test = CalendarHeat(None, (), (), n, n / _WEEK_OF_HOURS, "", reason)
    by_hour = [tuple(row[hour] for row in counts) for hour in range(HOURS)]
    hours_of = [tuple(row[hour] for row in exposure) for hour in range(HOURS)]
    return CalendarTrend(
        n=n,
        zone=scope.zone_name,
        counts=counts,
        exposure_hours=exposure,
        test=test,
        weekdays=_parts(WEEKDAYS, counts, exposure, test.weekdays),
        hours=_parts([f"{hour:02}" for hour in range(HOURS)], by_hour, hours_of, test.hours),
        left_out=cohort.left_out,
    )


def _cell(at: pl.Expr, zone: tzinfo) -> pl.Expr:
    local = wall_clock(at, zone)
    return (local.dt.weekday().cast(pl.Int64) - 1) * HOURS + local.dt.hour().cast(pl.Int64)


def _counts(frame: pl.DataFrame, zone: tzinfo) -> Counts:
    cells = frame.select(cell=_cell(pl.col("began_at"), zone)).drop_nulls().group_by("cell").len()
    found = dict(cells.iter_rows())
    return tuple(tuple(int(found.get(day * HOURS + hour, 0)) for hour in range(HOURS)) for day in range(DAYS))


def _exposure(cohort: Cohort, zone: tzinfo) -> Exposure:
    if not cohort.periods:
        return tuple((0.0,) * HOURS for _ in range(DAYS))
    start, end = cohort.periods[0].start.astimezone(UTC), cohort.periods[-1].end.astimezone(UTC) + _LAST
    # a step that the time looked at begins or ends within counts as far as it lies in it
    steps = pl.datetime_range(_floor(start), end, _STEP, closed="left", time_unit="us", time_zone="UTC", eager=True)
    within = pl.min_horizontal(pl.col("at") + _STEP, pl.lit(end)) - pl.max_horizontal(pl.col("at"), pl.lit(start))
    share = within.dt.total_microseconds() / (_STEP / timedelta(microseconds=1))
    cells = (
        pl.DataFrame({"at": steps})
        .group_by(cell=_cell(pl.col("at"), zone), maintain_order=True)
        .agg(hours=share.sum() * _STEP_HOURS)
    )
    found = dict(cells.iter_rows())
    return tuple(tuple(round(found.get(day * HOURS + hour, 0.0), 4) for hour in range(HOURS)) for day in range(DAYS))


def _floor(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


def _parts(
    names: tuple[str, ...] | list[str],
    counts: Counts | list[tuple[int, ...]],
    exposure: Exposure | list[tuple[float, ...]],
    differing: tuple[int, ...],
) -> tuple[PartOfWeek, ...]:
    n, hours = sum(map(sum, counts)), sum(map(sum, exposure))
    return tuple(
        PartOfWeek(
            name, sum(counts[place]), n * sum(exposure[place]) / hours if hours else 0.0, stands_out=place in differing
        )
        for place, name in enumerate(names)
    )
