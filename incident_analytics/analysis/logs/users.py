"""Users affected, measured from log lines that carry user ids (runbook, "Users affected")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals as nw

from incident_analytics.analysis.engine_door import (
    INSTANT,
    INTEGER,
    MINUTE,
    TEXT,
    closed,
    floored,
    opened,
)
from incident_analytics.analysis.logs.levels import has_level, is_error
from incident_analytics.analysis.logs.window import check_window

if TYPE_CHECKING:
    import datetime as dt

    from narwhals.typing import IntoFrameT

    from incident_analytics.analysis.engine_door import PortableFrame

_USED: Final = {"timestamp": INSTANT, "severity_number": INTEGER, "user_id": TEXT}


def affected_users(logs: IntoFrameT, *, since: dt.datetime, until: dt.datetime) -> IntoFrameT:
    """How many different users met an error in a window, as far as the lines tell.

    users_affected is null, not 0, where it cannot be told: no line of the window has a level, no line of the logs
    carries a user id, or there are errors and none of them carries one. It is a lower bound where
    error_lines_without_user is above 0.

    Args:
        logs: Columns timestamp, severity_number, user_id; an empty user id is none.
        since: Aware start of the window, included.
        until: Aware end of the window, included.

    Returns:
        One row: users_affected, lines (in the window), error_lines, error_lines_without_user; the last two are null
        where no line of the window has a level.

    Raises:
        ParameterError: `until` lies before `since`, or one of them has no zone.
    """
    marked = _marked(logs, since, until)
    found = marked.select(
        nw.col("is_inside").sum().fill_null(0).cast(INTEGER).alias("lines"),
        nw.col("is_known").sum().fill_null(0).cast(INTEGER).alias("known"),
        nw.col("is_hit").sum().fill_null(0).cast(INTEGER).alias("hits"),
        nw.col("has_user").sum().fill_null(0).cast(INTEGER).alias("lines_with_user"),
        nw.col("hit_user").count().cast(INTEGER).alias("hits_with_user"),
        nw.col("hit_user").n_unique().cast(INTEGER).alias("users_and_null"),
        nw.len().cast(INTEGER).alias("all_lines"),
    )
    # n_unique counts null as one more user
    users = nw.col("users_and_null") - (nw.col("hits_with_user") < nw.col("all_lines")).cast(INTEGER)
    no_errors = (nw.col("hits") == 0) & (nw.col("lines_with_user") > 0)
    told = (nw.col("known") > 0) & ((nw.col("hits_with_user") > 0) | no_errors)
    known = nw.col("known") > 0
    answered = found.with_columns(users=users, told=told, known_at_all=known).with_columns(
        users_affected=nw.when(nw.col("told")).then(nw.col("users")),
        error_lines=nw.when(nw.col("known_at_all")).then(nw.col("hits")),
    )
    answered = answered.with_columns(error_lines_without_user=nw.col("error_lines") - nw.col("hits_with_user"))
    names = ("users_affected", "lines", "error_lines", "error_lines_without_user")
    return closed(answered, logs, dict.fromkeys(names, INTEGER))


def users_affected_over_time(logs: IntoFrameT, *, since: dt.datetime, until: dt.datetime) -> IntoFrameT:
    """When each affected user met the first error of the window.

    Args:
        logs: As for `affected_users`.
        since: Aware start of the window, included.
        until: Aware end of the window, included.

    Returns:
        minute_at, new_users, users_affected (so far, each user once), by minute_at: one row a minute that brought a
        new user, so no rows where users cannot be told. The last users_affected is that of `affected_users`.

    Raises:
        ParameterError: As for `affected_users`.
    """
    hits = _marked(logs, since, until).filter(~nw.col("hit_user").is_null())
    firsts = hits.group_by("hit_user").agg(nw.col("timestamp").min())
    minutes = firsts.with_columns(minute_at=floored(nw.col("timestamp"), MINUTE))
    counted = minutes.group_by("minute_at").agg(nw.len().alias("new_users"))
    summed = counted.with_columns(users_affected=nw.col("new_users").cum_sum().over(order_by="minute_at"))
    columns = {"minute_at": INSTANT, "new_users": INTEGER, "users_affected": INTEGER}
    return closed(summed.sort("minute_at"), logs, columns)


def _marked(logs: IntoFrameT, since: dt.datetime, until: dt.datetime) -> PortableFrame:
    """Each line with 1 or 0 for what it counts as, and the user of an error in the window."""
    start, end = check_window(since, until)
    at, severity, user = nw.col("timestamp"), nw.col("severity_number"), nw.col("user_id")
    lines = opened(logs, _USED).with_columns(
        inside=((at >= start) & (at <= end)).fill_null(value=False),
        with_user=(user != "").fill_null(value=False),
    )
    inside, with_user = nw.col("inside"), nw.col("with_user")
    lines = lines.with_columns(known=inside & has_level(severity), hit=inside & is_error(severity))
    return lines.with_columns(
        hit_user=nw.when(nw.col("hit") & with_user).then(user),
        is_inside=inside.cast(INTEGER),
        is_known=nw.col("known").cast(INTEGER),
        is_hit=nw.col("hit").cast(INTEGER),
        has_user=with_user.cast(INTEGER),
    )
