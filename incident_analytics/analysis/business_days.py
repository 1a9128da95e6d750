"""Business days: until when something due on the next one may be done."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from incident_analytics.errors import RunbookError
from incident_analytics.model.zones import localized, zone_named

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

    from incident_analytics.model.runbook import Calendar

_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FURTHEST_DAYS = 366


def end_of_next_business_day(at: datetime, calendar: Calendar) -> datetime:
    """The midnight (UTC) that ends the first business day after an instant's own day.

    The day of the instant is taken in the calendar's zone, whatever its hour; weekends, public holidays and
    the organisation's days off are stepped over.

    >>> from incident_analytics.model.runbook import Calendar
    >>> end_of_next_business_day(datetime(2024, 1, 19, 17, tzinfo=UTC), Calendar()).isoformat()  # a Friday
    '2024-01-23T00:00:00+00:00'

    Args:
        at: When the count begins.
        calendar: Zone, workdays and holidays.

    Raises:
        RunbookError: The calendar names a country or subdivision that nobody knows, or has no business day
            within a year.
    """
    zone = zone_named(calendar.zone) or UTC
    own_day = at.astimezone(zone).date()
    for count in range(1, _FURTHEST_DAYS):
        day = own_day + timedelta(days=count)
        if is_business_day(day, calendar):
            return localized(datetime.combine(day + timedelta(days=1), time()), zone)[0]
    raise RunbookError("calendar: there is no business day within a year")


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Whether people work on that day.

    Raises:
        RunbookError: The calendar names a country or subdivision that nobody knows.
    """
    if _WEEK[day.weekday()] not in calendar.workdays or day in calendar.days_off:
        return False
    return calendar.country is None or day not in _public_holidays(calendar.country, calendar.subdivision)


@lru_cache(maxsize=8)
def _public_holidays(country: str, subdivision: str | None) -> Container[date]:
    import holidays  # noqa: PLC0415 -- only for a runbook that names a country

    try:
        found: Container[date] = holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError as error:
        named = country if subdivision is None else f"{country}, {subdivision}"
        raise RunbookError(
            "calendar.country", expected="an ISO 3166 code such as US, and a subdivision of it", found=named
        ) from error
    return found
