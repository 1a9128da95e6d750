"""Whether errors had already risen before the recorded start: then the start is the alert, not the trouble."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

import polars as pl

from incident_analytics.analysis.logs import affected_users, errors_per_minute, first_error_per_service
from incident_analytics.model.measurement import Finding, Place

LOOKED_AT: Final = timedelta(minutes=15)
USUAL: Final = timedelta(minutes=45)
LEAST_ERRORS, TIMES_USUAL = 5, 5
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class EarlyErrors:
    """Errors that rose before the recorded start.

    Args:
        minute_at: The first minute with far more errors than usual.
        errors: The errors of that minute, as far as it lies before the start.
        usual: The median of errors a minute in the 45 minutes before.
        users: Distinct users with an error from that minute to the start; None where the logs carry no user ids.
        place: The line of the first error of that minute.
    """

    minute_at: datetime
    errors: int
    usual: float
    users: int | None
    place: Place | None


def errors_before_start(logs: pl.DataFrame, start: datetime) -> EarlyErrors | None:
    """The first of the 15 minutes before the start with more than 5 errors and more than 5 times the usual.

    Usual is the median of errors a minute in the 45 minutes before those. A minute without lines is no minute
    without errors, so logs that begin later than that cannot tell: None, as where nothing rose.

    Args:
        logs: The frame of logs.
        start: The recorded start.
    """
    before = logs.filter(pl.col("timestamp").is_between(start - LOOKED_AT - USUAL, start, closed="left"))
    minutes = errors_per_minute(before).filter(pl.col("errors").is_not_null())
    is_near = pl.col("minute_at") >= start - LOOKED_AT
    usual = minutes.filter(~is_near)["errors"].median()
    if not isinstance(usual, (int, float)):
        return None
    loud = minutes.filter(is_near & (pl.col("errors") > max(LEAST_ERRORS, TIMES_USUAL * usual)))
    if loud.is_empty():
        return None
    minute: datetime = loud["minute_at"][0]
    users = affected_users(before, since=minute, until=start - _INSTANT)["users_affected"][0]
    return EarlyErrors(minute, int(loud["errors"][0]), float(usual), users, _first(before, minute))


def _first(logs: pl.DataFrame, minute: datetime) -> Place | None:
    first = first_error_per_service(logs, since=minute).row(0, named=True)
    return Place(first["file"], first["line"]) if first["file"] else None


def early_errors_finding(early: EarlyErrors, start: datetime, zone: tzinfo = UTC, zone_name: str = "UTC") -> Finding:
    """The finding that the trouble began before the recorded start, in the zone of the report.

    Args:
        early: What rose.
        start: The recorded start.
        zone: The zone that times are told in.
        zone_name: How it is named.
    """
    minute = f"{early.minute_at.astimezone(zone):%H:%M} {zone_name}"
    minutes = round((start - early.minute_at) / timedelta(minutes=1))
    users = (
        "" if early.users is None else f"; {early.users:,} {'user' if early.users == 1 else 'users'} met one before it"
    )
    return Finding(
        "errors-before-start",
        "warning",
        f"errors rose from {minute} on, {minutes} min before the recorded start "
        f"({early.errors:,} in that minute, usually {early.usual:g}){users}",
        where=early.place,
        seen=f"{early.errors:,} errors at {minute}",
        expected=f"at most {max(LEAST_ERRORS, TIMES_USUAL * early.usual):g} a minute",
    )
