"""How many users met an error during the measured impact, each counted once, with what the count leaves open."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.engine_door import microseconds
from incident_analytics.analysis.logs.levels import ERROR
from incident_analytics.analysis.quiet_impact import shows_no_impact
from incident_analytics.analysis.snapshots.bad_direction import words_of
from incident_analytics.analysis.snapshots.impact_metrics import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.analysis.measured_impact import MeasuredImpact
    from incident_analytics.analysis.measured_losses import Loss
    from incident_analytics.analysis.snapshots.impact_window import ImpactWindow
    from incident_analytics.model.measurement import Measurement

NO_IDS: Final = "the logs carry no user ids"
# two counts are no farther apart than chance puts them: so many times the spread of their difference
_CHANCE: Final = 2.0


@dataclass(frozen=True, slots=True)
class MeasuredUsers:
    """Distinct users with an error between two instants.

    Args:
        since_at: By when the impact had not begun.
        until_at: By when it was over.
        users: Distinct users with an error line between; None where it cannot be told.
        low: Those between the latest start and the earliest end, less as many as met an error in the quiet time of the
            same length before: they may have met theirs without the incident.
        high: `users` and one more for each error line without a user id, of services that do name users in other lines.
        before: Users with an error in the time of the same length before; None where the logs do not reach as far.
        errors_without_user: Those lines.
        reason: Why there is no number; empty where there is one.
        share_of: Where ids are missing, the metric of users that the failing share was taken of; else empty.
        same_requests: Services of which no line carries a user id, while those of others do: their errors are another
            log of the same requests, and count no further users.
        errors_of_same_requests: Their error lines of the window.
    """

    since_at: dt.datetime
    until_at: dt.datetime
    users: int | None
    low: int | None
    high: int | None
    before: int | None
    errors_without_user: int
    reason: str
    share_of: str = ""
    same_requests: tuple[str, ...] = ()
    errors_of_same_requests: int = 0

    @property
    def is_usual(self) -> bool:
        """Whether about as many met an error in the quiet time before, so that the incident may have hit nobody.

        Two counts of equal times differ by chance within twice the root of their sum (Przyborowski and Wilenski, 1940,
        doi:10.1093/biomet/31.3-4.313, in its normal form).
        """
        if not self.users or not self.before:
            return False
        return self.users - self.before <= _CHANCE * math.sqrt(self.users + self.before)


def measured_users(logs: pl.DataFrame, *, outer: tuple[dt.datetime, dt.datetime], step: dt.timedelta) -> MeasuredUsers:
    """The users with an error in a window whose two ends are known to a step.

    Args:
        logs: Columns timestamp, severity_number, user_id, service where there is one; an empty user id is none.
        outer: From when to when the impact lasted at the longest.
        step: By how much later it may have begun, and by how much earlier ended.
    """
    since, until = (microseconds(at) for at in outer)
    wide = step // dt.timedelta(microseconds=1)
    before = (2 * since - until, since - 1)
    at, user = pl.col("timestamp").to_physical(), pl.col("user_id")
    if "service" not in logs.columns:
        logs = logs.with_columns(service=pl.lit(None, dtype=pl.String))
    errors = logs.filter((pl.col("severity_number") >= ERROR) & at.is_between(before[0], until)).select(
        at, "service", pl.when(user != "").then(user).alias("user_id")
    )

    def distinct(first: int, last: int) -> pl.Expr:
        return user.filter(pl.col("timestamp").is_between(first, last)).drop_nulls().n_unique()

    in_outer = pl.col("timestamp").is_between(since, until)
    row = errors.select(
        outer=distinct(since, until),
        inner=distinct(since + wide, max(until - wide, since + wide)),
        before=distinct(*before),
        errors=in_outer.sum(),
        without=(in_outer & user.is_null()).sum(),
    ).row(0, named=True)
    first = logs["timestamp"].min()
    reaches = isinstance(first, dt.datetime) and microseconds(first) <= before[0]
    met_before = int(row["before"]) if reaches else None
    found = int(row["outer"])
    if not found:
        reason = (
            "there are no logs" if logs.is_empty() else "no error line of the window" if not row["errors"] else NO_IDS
        )
        return MeasuredUsers(*outer, None, None, None, met_before, int(row["without"]), reason)
    low = max(int(row["inner"]) - (met_before or 0), 0)
    same, lines = _same_requests(logs, errors.filter(in_outer & user.is_null()))
    without = int(row["without"]) - lines
    return MeasuredUsers(
        *outer, found, low, found + without, met_before, without, "", same_requests=same, errors_of_same_requests=lines
    )


def _same_requests(logs: pl.DataFrame, without: pl.DataFrame) -> tuple[tuple[str, ...], int]:
    """Of these error lines those of services that never name a user, and how many they are."""
    naming = logs.filter(pl.col("user_id") != "")["service"].unique()
    nameless = without.filter(pl.col("service").is_not_null() & ~pl.col("service").is_in(naming.implode()))
    return tuple(nameless["service"].unique().sort()), nameless.height


def users_by_share(without_ids: MeasuredUsers, losses: Iterable[Loss], success: ImpactWindow | None) -> MeasuredUsers:
    """Where no line tells who failed: the usual users of the window times the share of what failed.

    The share is 1 - success during / success otherwise, and the usual users those of a metric of users, customers or
    visitors (`lost_amount`), with its interval. A user who came back within the window counts again, so it is no count
    of distinct people.

    Args:
        without_ids: What the logs told.
        losses: Those of the metrics of demand.
        success: The window of the success rate, where one told it.
    """
    if success is None or not success.median_out or success.median_in is None:
        return without_ids
    share = max(1 - success.median_in / success.median_out, 0.0)
    for loss in losses:
        taken = loss.amount.not_taken if loss.amount else None
        if not words_of(loss.metric) & PEOPLE or taken is None or taken.low is None or taken.high is None:
            continue
        actual, usual = taken.actual or 0.0, taken.usual or 0.0
        low, high = (max(round(share * (actual + missing)), 0) for missing in (taken.low, taken.high))
        users = round(share * usual)
        return replace(without_ids, users=users, low=low, high=high, reason="", share_of=loss.metric)
    return without_ids


def beside_measured(recorded: Measurement, impact: MeasuredImpact) -> Measurement:
    """The recorded number of users with the measured one beside it, where that tells who was hit.

    Users of the recorded window stay where no impact is measured for want of evidence. Where as many as usual met an
    error, or the evidence shows no impact, no number stands beside.

    Args:
        recorded: With the users of the recorded window.
        impact: The measured one.
    """
    users = impact.users
    if shows_no_impact(impact) or (users and users.is_usual):
        return replace(recorded, measured=None)
    return recorded if users is None or users.users is None else replace(recorded, measured=float(users.users))
