"""Business, off and sleep hours: what an incident takes from people depends on the hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, time
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import polars as pl

from incident_analytics.analysis.business_days import is_business_day
from incident_analytics.analysis.statistics.business_hours import CLOSES, OPENS, business_seconds
from incident_analytics.analysis.wall_clock import wall_clock
from incident_analytics.errors import ParameterError
from incident_analytics.model.severity import Calendar
from incident_analytics.model.zones import zone_named

if TYPE_CHECKING:
    from datetime import datetime

HourKind: TypeAlias = Literal["business", "off", "sleep"]
HOUR_KINDS: Final[tuple[HourKind, ...]] = ("business", "off", "sleep")
SLEEPS: Final = time(22)
WAKES: Final = time(7)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """When people work and when they sleep, by the clock on the wall in the calendar's zone.

    Sleep hours are those of every night; business hours those of a business day; off hours are all others: evenings,
    weekends and holidays by day.

    Args:
        opens: When work begins.
        closes: When it ends.
        sleeps: When the night begins.
        wakes: When it ends, on the next day.

    Raises:
        ParameterError: Work does not lie within the day.
    """

    opens: time = OPENS
    closes: time = CLOSES
    sleeps: time = SLEEPS
    wakes: time = WAKES

    def __post_init__(self) -> None:
        """Refuse a plan in which an hour would be of two kinds."""
        if not self.wakes <= self.opens < self.closes <= self.sleeps:
            found = f"wakes {self.wakes:%H:%M}, opens {self.opens:%H:%M}, closes {self.closes:%H:%M}"
            raise ParameterError(
                "day plan",
                expected="business hours between waking and sleeping",
                found=f"{found}, sleeps {self.sleeps:%H:%M}",
            )

    def rule(self, zone: str) -> str:
        """The plan in words."""
        return (
            f"business hours are {self.opens:%H:%M} to {self.closes:%H:%M} on business days, sleep hours "
            f"{self.sleeps:%H:%M} to {self.wakes:%H:%M} every night, off hours all others ({zone})"
        )


USUAL_DAY: Final = DayPlan()


def hour_kinds(at: pl.Series, calendar: Calendar, plan: DayPlan = USUAL_DAY) -> pl.Series:
    """The kind of hour that each instant lies in: ``business``, ``off`` or ``sleep``; null where it is null.

    >>> from datetime import datetime
    >>> friday = [datetime(2024, 1, 19, hour, tzinfo=UTC) for hour in (8, 9, 17, 22)]
    >>> hour_kinds(pl.Series(friday, dtype=pl.Datetime("us", "UTC")), Calendar()).to_list()
    ['off', 'business', 'off', 'sleep']

    Args:
        at: Instants in UTC.
        calendar: Zone, workdays and holidays.
        plan: When people work and sleep.

    Raises:
        RunbookError: The calendar names a country or subdivision that nobody knows.
    """
    local = at.alias("at").to_frame().select(wall_clock(pl.col("at"), zone_named(calendar.zone) or UTC)).to_series()
    days = local.dt.date()
    open_days = [day for day in days.unique() if day is not None and is_business_day(day, calendar)]
    clock = local.dt.time()
    is_night = (clock >= plan.sleeps) | (clock < plan.wakes)
    is_work = (clock >= plan.opens) & (clock < plan.closes) & days.is_in(pl.Series(open_days, dtype=pl.Date).implode())
    told = pl.DataFrame({"at": at, "night": is_night, "work": is_work})
    kind = pl.when("night").then(pl.lit("sleep")).when("work").then(pl.lit("business")).otherwise(pl.lit("off"))
    return told.select(pl.when(pl.col("at").is_not_null()).then(kind).alias("kind")).to_series()


def seconds_by_kind(
    start: datetime, end: datetime, calendar: Calendar, plan: DayPlan = USUAL_DAY
) -> dict[HourKind, float]:
    """How many of the seconds between two instants lie in hours of each kind.

    >>> from datetime import datetime
    >>> evening, morning = datetime(2024, 1, 18, 16, tzinfo=UTC), datetime(2024, 1, 19, 10, tzinfo=UTC)
    >>> {kind: seconds / 3600 for kind, seconds in seconds_by_kind(evening, morning, Calendar()).items()}
    {'business': 2.0, 'off': 7.0, 'sleep': 9.0}

    Args:
        start: From when (aware).
        end: Until when (aware).
        calendar: Zone, workdays and holidays.
        plan: When people work and sleep.

    Raises:
        ParameterError: The end lies before the start, or one of them has no zone.
        RunbookError: The calendar names a country or subdivision that nobody knows.
    """
    business = business_seconds(start, end, calendar, opens=plan.opens, closes=plan.closes)
    asleep = business_seconds(start, end, _every_night(calendar.zone), opens=plan.sleeps, closes=plan.wakes)
    return {"business": business, "off": (end - start).total_seconds() - business - asleep, "sleep": asleep}


def _every_night(zone: str) -> Calendar:
    return Calendar(zone=zone, workdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
