"""The clock that only runs while people work: a second column beside the wall clock, never instead of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.business_days import is_business_day
from incident_analytics.errors import ParameterError
from incident_analytics.model.zones import localized, zone_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from incident_analytics.model.runbook import Calendar

OPENS: Final = time(9)
CLOSES: Final = time(17)
_DAY: Final = timedelta(days=1)
_SECOND: Final = 1_000_000
_EPOCH: Final = datetime(1, 1, 1, tzinfo=UTC)


def business_seconds(
    start: datetime, end: datetime, calendar: Calendar, *, opens: time = OPENS, closes: time = CLOSES
) -> float:
    """The seconds between two instants that lie in business hours.

    Hours are those of the wall clock in the calendar's zone, and what is counted are true seconds: a night shift
    over a change of summer time is an hour shorter or longer. Weekends, public holidays and the organisation's days
    off count nothing.

    >>> from incident_analytics.model.runbook import Calendar
    >>> friday, monday = datetime(2024, 1, 19, 16, tzinfo=UTC), datetime(2024, 1, 22, 10, tzinfo=UTC)
    >>> business_seconds(friday, monday, Calendar()) / 3600
    2.0

    Args:
        start: From when (aware).
        end: Until when (aware).
        calendar: Zone, workdays and holidays.
        opens: When work begins.
        closes: When it ends; not after `opens` means on the next day, so midnight to midnight is the whole day.

    Raises:
        ParameterError: The end lies before the start, or one of them has no zone.
        RunbookError: The calendar names a country or subdivision that nobody knows.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ParameterError("start, end", expected="instants with a zone", found=f"{start}, {end}")
    if end < start:
        raise ParameterError("end", expected=f"an instant not before {start.isoformat()}", found=end.isoformat())
    zone = zone_named(calendar.zone) or UTC
    day, last = start.astimezone(zone).date() - _DAY, end.astimezone(zone).date()
    seconds = 0.0
    while day <= last:
        if is_business_day(day, calendar):
            until = day if closes > opens else day + _DAY
            opening, _ = localized(datetime.combine(day, opens), zone)
            _, closing = localized(datetime.combine(until, closes), zone)
            seconds += max((min(end, closing) - max(start, opening)).total_seconds(), 0.0)
        day += _DAY
    return seconds


def business_seconds_of_all(
    starts: Sequence[datetime], ends: Sequence[datetime], calendar: Calendar
) -> npt.NDArray[np.float64]:
    """The seconds between each start and its end that lie between `OPENS` and `CLOSES`, as `business_seconds` counts.

    Each day is looked up once, however many incidents last over it.

    Args:
        starts: From when, each (aware).
        ends: Until when, each; not before its start.
        calendar: Zone, workdays and holidays.
    """
    if not starts:
        return np.zeros(0)
    zone = zone_named(calendar.zone) or UTC
    day, last = min(starts).astimezone(zone).date() - _DAY, max(ends).astimezone(zone).date()
    hours = [(0, 0)]
    while day <= last:
        if is_business_day(day, calendar):
            opening, _ = localized(datetime.combine(day, OPENS), zone)
            _, closing = localized(datetime.combine(day, CLOSES), zone)
            hours.append((_microseconds(opening), _microseconds(closing)))
        day += _DAY
    openings, closings = np.asarray(hours, dtype=np.int64).T
    lengths = closings - openings
    before = np.cumsum(lengths) - lengths

    def worked(instants: Sequence[datetime]) -> npt.NDArray[np.int64]:
        at = np.asarray([_microseconds(each) for each in instants], dtype=np.int64)
        places = np.searchsorted(openings, at, side="right") - 1
        return np.asarray(before[places] + np.minimum(at - openings[places], lengths[places]), dtype=np.int64)

    return np.asarray((worked(ends) - worked(starts)) / _SECOND, dtype=np.float64)


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
