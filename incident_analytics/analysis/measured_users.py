"""How many users met an error during the measured impact, each counted once, with what the count leaves open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import polars as pl

from incident_analytics.analysis.logs.levels import ERROR

NO_IDS: Final = "the logs carry no user ids"


@dataclass(frozen=True, slots=True)
class MeasuredUsers:
    """Distinct users with an error between two instants.

    Args:
        since_at: By when the impact had not begun.
        until_at: By when it was over.
        users: Distinct users with an error line between; None where it cannot be told.
        low: Those between the latest start and the earliest end, less as many as met an error in the quiet time of the
            same length before: they may have met theirs without the incident.
        high: `users` and one more for each error line without a user id.
        before: Users with an error in the time of the same length before; None where the logs do not reach as far.
        errors_without_user: Error lines of the window that carry no user id.
        reason: Why there is no number; empty where there is one.
    """

    since_at: dt.datetime
    until_at: dt.datetime
    users: int | None
    low: int | None
    high: int | None
    before: int | None
    errors_without_user: int
    reason: str


def measured_users(logs: pl.DataFrame, *, outer: tuple[dt.datetime, dt.datetime], step: dt.timedelta) -> MeasuredUsers:
    """The users with an error in a window whose two ends are known to a step.

    Args:
        logs: Columns timestamp, severity_number, user_id; an empty user id is none.
        outer: From when to when the impact lasted at the longest.
        step: By how much later it may have begun, and by how much earlier ended.
    """
    since, until = outer
    inner = (since + step, max(until - step, since + step))
    quiet = (since - (until - since), since)
    at, user = pl.col("timestamp"), pl.col("user_id")
    errors = logs.filter((pl.col("severity_number") >= ERROR) & at.is_between(quiet[0], until)).select(
        at, pl.when(user != "").then(user).alias("user_id")
    )

    def distinct(window: tuple[dt.datetime, dt.datetime]) -> pl.Expr:
        return user.filter(at.is_between(*window)).drop_nulls().n_unique()

    row = errors.select(
        outer=distinct(outer),
        inner=distinct(inner),
        before=distinct((quiet[0], since)),
        errors=at.is_between(*outer).sum(),
        without=(at.is_between(*outer) & user.is_null()).sum(),
    ).row(0, named=True)
    first = logs["timestamp"].min()
    before = int(row["before"]) if isinstance(first, dt.datetime) and first <= quiet[0] else None
    without, found = int(row["without"]), int(row["outer"])
    if not found:
        reason = (
            "there are no logs" if logs.is_empty() else "no error line of the window" if not row["errors"] else NO_IDS
        )
        return MeasuredUsers(since, until, None, None, None, before, without, reason)
    low = max(int(row["inner"]) - (before or 0), 0)
    return MeasuredUsers(since, until, found, low, found + without, before, without, "")
