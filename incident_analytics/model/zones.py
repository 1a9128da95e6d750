"""Time zones: names and abbreviations to offsets, local times to instants."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)?", re.ASCII)
_UTC_NAMES = frozenset({"Z", "UTC", "GMT", "ZULU"})
# Offsets in use; 14:10-14:20 is a stretch of time, not a quarter past two west of every land.
_WEST_MOST, _EAST_MOST = timedelta(hours=-12), timedelta(hours=14)


@lru_cache(maxsize=512)
def zone_named(name: str) -> tzinfo | None:
    """The zone of an IANA name or an offset such as ``+01:00``, or None for any other word.

    Abbreviations such as EST are not zones: they mean different offsets to different people,
    so only a runbook's ``zones`` map may give them a meaning.

    >>> str(zone_named("Europe/Berlin")), zone_named("EST5000")
    ('Europe/Berlin', None)
    """
    if name.upper() in _UTC_NAMES:
        return UTC
    match = _OFFSET.fullmatch(name.upper())
    if match:
        sign = 1 if match[1] == "+" else -1
        offset = sign * timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        is_used = _WEST_MOST <= offset <= _EAST_MOST and int(match[3] or 0) % 15 == 0
        return timezone(offset) if is_used else None
    if "/" not in name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def localized(local: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The instants (UTC) a local wall-clock time can mean: earliest and latest.

    They are equal but in the hour that occurs twice when summer time ends, and in the
    hour that does not occur when it begins (then the two readings of the clock are given).

    >>> early, late = localized(datetime(2024, 11, 3, 1, 30), ZoneInfo("America/New_York"))
    >>> early.hour, late.hour
    (5, 6)
    """
    readings = sorted(local.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(fold=0) for fold in (0, 1))
    return readings[0], readings[1]


def is_skipped(local: datetime, zone: tzinfo) -> bool:
    """Whether clocks in the zone jump over this local time."""
    instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant.astimezone(zone).replace(tzinfo=None) != local
