"""The clock that only runs while people work: a second column beside the wall clock, never instead of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.business_days import is_business_day
from incident_analytics.errors import ParameterError
from incident_analytics.model.zones import localized, zone_named

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Calendar

OPENS: Final = time(9)
CLOSES: Final = time(17)
_DAY: Final = timedelta(days=1)


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
