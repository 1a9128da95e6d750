"""What a trend report looks at: from when to when, cut into which periods, which incidents, seen from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from incident_analytics.model.zones import localized, zone_named

if TYPE_CHECKING:
    from datetime import tzinfo

    from incident_analytics.model.runbook import Runbook

PeriodName: TypeAlias = Literal["week", "month", "quarter"]
GroupedBy: TypeAlias = Literal["severity", "service", "team", "cause", "detected_by"]
PERIOD_NAMES: tuple[PeriodName, ...] = get_args(PeriodName)
GROUPED_BY: tuple[GroupedBy, ...] = get_args(GroupedBy)
# The longest history that is still cut into so short periods.
_MOST_DAYS_OF_WEEKS, _MOST_DAYS_OF_MONTHS = 100, 400
_WEEK = timedelta(days=7)
# A day that a person names ends with its last microsecond.
_ALMOST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of ``--where``: the column holds one of the values.

    Args:
        column: A column of the incidents' frame, such as ``service``.
        values: What it may hold.
        is_excluded: Whether those that hold one of them are left out instead.
    """

    column: str
    values: tuple[str, ...]
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar week, month or quarter, cut at the ends of what is looked at.

    Args:
        label: Such as ``2023-Q1``, ``2023-01`` or ``2023-W05`` (ISO week).
        start: Its first instant.
        end: The first instant after it.
        is_complete: Whether nothing of it is cut off.
    """

    label: str
    start: datetime
    end: datetime
    is_complete: bool

    @property
    def days(self) -> float:
        """Its length."""
        return (self.end - self.start).total_seconds() / 86_400


@dataclass(frozen=True)
class Scope:
    """What a trend report looks at.

    Args:
        as_of: The instant it is seen from; open incidents are that old.
        since: Incidents that began before are left out; None begins with the first period that has an incident.
        until: Incidents that began then or later are left out; None ends at `as_of`.
        period: Into what time is cut; None lets the length of the history choose.
        by: What incidents are compared by; None compares nothing.
        where: Which incidents; all conditions hold.
        zone: The zone of the periods and of the weekday-by-hour map.
        zone_name: Its name.
        with_mean: Whether the mean is wanted too.
        seed: Of every shuffle and draw.
    """

    as_of: datetime
    since: datetime | None = None
    until: datetime | None = None
    period: PeriodName | None = None
    by: GroupedBy | None = None
    where: tuple[Condition, ...] = ()
    zone: tzinfo = UTC
    zone_name: str = "UTC"
    with_mean: bool = False
    seed: int = 1


def zone_of(runbook: Runbook) -> tuple[tzinfo, str]:
    """The zone of periods and maps: that of the runbook's calendar."""
    name = runbook.calendar.zone
    return zone_named(name) or UTC, name


def chosen_period(start: datetime, end: datetime) -> PeriodName:
    """Weeks for a history of some three months, months for one of a year, quarters for a longer one."""
    days = (end - start).days
    if days <= _MOST_DAYS_OF_WEEKS:
        return "week"
    return "month" if days <= _MOST_DAYS_OF_MONTHS else "quarter"


def periods_between(start: datetime, end: datetime, name: PeriodName, zone: tzinfo) -> tuple[Period, ...]:
    """The periods that touch a stretch of time, in order, the first and last cut at its ends.

    >>> found = periods_between(datetime(2023, 2, 1, tzinfo=UTC), datetime(2023, 7, 1, tzinfo=UTC), "quarter", UTC)
    >>> [(period.label, period.is_complete) for period in found]
    [('2023-Q1', False), ('2023-Q2', True)]
    """
    found: list[Period] = []
    day = first_day(start.astimezone(zone).date(), name)
    while (begins := _midnight(day, zone)) < end:
        following = _next(day, name)
        ends = _midnight(following, zone)
        found.append(
            Period(label(day, name), max(begins, start), min(ends, end), start <= begins and ends <= end + _ALMOST)
        )
        day = following
    return tuple(found)


def start_of_period(at: datetime, name: PeriodName, zone: tzinfo) -> datetime:
    """The first instant of the period that an instant lies in."""
    return _midnight(first_day(at.astimezone(zone).date(), name), zone)


def first_day(day: date, name: PeriodName) -> date:
    """The first day of the period that a day lies in."""
    if name == "week":
        return day - timedelta(days=day.weekday())
    month = day.month if name == "month" else (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1)


def label(day: date, name: PeriodName) -> str:
    """The label of the period that begins on a day.

    >>> label(date(2021, 1, 4), "week"), label(date(2021, 4, 1), "quarter")
    ('2021-W01', '2021-Q2')
    """
    if name == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day.year}-{day.month:02}" if name == "month" else f"{day.year}-Q{(day.month + 2) // 3}"


def _next(day: date, name: PeriodName) -> date:
    if name == "week":
        return day + _WEEK
    return first_day(day + timedelta(days=32 if name == "month" else 93), name)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return localized(datetime.combine(day, time()), zone)[0].astimezone(UTC)
