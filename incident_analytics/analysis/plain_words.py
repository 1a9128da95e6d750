"""Times and durations in the words of checks and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook

_DAYS_FROM = 3 * 86_400


def duration_words(seconds: float) -> str:
    """A duration without rounding away what decides at a limit; days only from three days on.

    >>> duration_words(299), duration_words(300), duration_words(48 * 3600 + 30)
    ('4 min 59 s', '5 min', '48 h 30 s')
    """
    rest = round(abs(seconds))
    if rest >= _DAYS_FROM:
        days, rest = divmod(rest, 86_400)
        hours = rest // 3600
        return f"{days} d {hours} h" if hours else f"{days} d"
    parts = ((rest // 3600, "h"), (rest // 60 % 60, "min"), (rest % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def clock_words(at: datetime, zone: tzinfo) -> str:
    """A time of day in a zone; seconds only where there are any.

    >>> from datetime import UTC, datetime
    >>> clock_words(datetime(2024, 1, 15, 14, 12, 40, tzinfo=UTC), UTC)
    '14:12:40'
    """
    local = at.astimezone(zone)
    return local.strftime("%H:%M:%S" if local.second else "%H:%M")


def span_words(start: datetime, end: datetime, zone: tzinfo) -> tuple[str, str]:
    """Both ends of a stretch; with their days where it is over more than one.

    >>> from datetime import UTC, datetime
    >>> span_words(datetime(2024, 1, 15, 23, 50, tzinfo=UTC), datetime(2024, 1, 16, 0, 30, tzinfo=UTC), UTC)
    ('23:50 on 15 Jan', '00:30 on 16 Jan')
    """
    ends = (start.astimezone(zone), end.astimezone(zone))
    if ends[0].date() == ends[1].date():
        return clock_words(start, zone), clock_words(end, zone)
    first, last = (f"{clock_words(at, zone)} on {at.day} {at:%b}" for at in ends)
    return first, last


def zone_of(incident: Incident, runbook: Runbook) -> tzinfo:
    """The zone an incident's times are told in: its own, else that of its start, else the runbook's, else UTC."""
    written = incident.timezone or (incident.started_at.zone if incident.started_at else None)
    zone, _, _ = runbook.zone_rules(written).default()
    return zone
