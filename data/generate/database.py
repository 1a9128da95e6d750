"""The database's state as `COPY ... (FORMAT csv, HEADER)` writes it: five questions, five files."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import story
from locks import lock_rows
from sessions import BLOCKER, all_sessions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sessions import Session

LONG_RUNNING_SECONDS = 300  # the runbook's query
FOLDER = "evidence/database/2024-01-15T142730Z"
ACTIVITY = (
    "datid,datname,pid,leader_pid,usesysid,usename,application_name,client_addr,client_hostname,client_port,"
    "backend_start,xact_start,query_start,state_change,wait_event_type,wait_event,state,backend_xid,backend_xmin,"
    "query_id,query,backend_type"
)
LOCKS = (
    "locktype,database,relation,page,tuple,virtualxid,transactionid,classid,objid,objsubid,virtualtransaction,pid,"
    "mode,granted,fastpath,waitstart"
)
USER_IDS = {"payments_app": 16401, "checkout_app": 16402, "orders_app": 16403, "notify_app": 16404}
USER_IDS |= {"monitor": 16410, "dba": 16411}
ADDRESSES = {"payment-processor": "10.12.4.31", "checkout-api": "10.12.4.18", "order-service": "10.12.5.7"}


def instant(seconds: float | None) -> str:
    """The instant as PostgreSQL prints it with the zone set to UTC.

    Args:
        seconds: Epoch seconds; None is NULL.

    Returns:
        Such as ``2024-01-15 14:12:19.482113+00``; empty for NULL.
    """
    if seconds is None:
        return ""
    return datetime.fromtimestamp(round(seconds, 6), tz=UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")


def interval(seconds: float) -> str:
    """The interval as PostgreSQL prints it by default.

    Args:
        seconds: Its length, under a day.

    Returns:
        Such as ``00:15:10.517887``.
    """
    micros = round(seconds * 1_000_000)
    whole, fraction = divmod(micros, 1_000_000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{fraction:06d}"


def table(header: str, rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV with a header.

    Args:
        header: Column names with commas between.
        rows: One sequence a row, as long as the header.

    Returns:
        UTF-8.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return buffer.getvalue().encode()


def activity_row(one: Session) -> list[object]:
    """One row of `pg_stat_activity`.

    Args:
        one: The session.

    Returns:
        Its 22 columns.
    """
    is_client = one.kind == "client backend"
    address = ADDRESSES.get(one.application, "10.12.6.2") if is_client else ""
    times = [instant(when) for when in (one.backend_at, one.xact_at, one.query_at, one.changed_at)]
    xmin = 90_211_407 if one.xid else ""
    return [
        *((16384, "payments") if is_client else ("", "")),
        one.pid,
        "",
        USER_IDS.get(one.user, ""),
        one.user,
        one.application,
        address,
        "",
        one.port or "",
        *times,
        *one.wait,
        one.state,
        one.xid or "",
        xmin,
        "",
        one.query,
        one.kind,
    ]


def blocking_rows(sessions: Sequence[Session]) -> list[list[object]]:
    """Who waits behind whom: the holder of the lock, and those ahead in the line.

    Args:
        sessions: Every session, waiters in the order they came.

    Returns:
        One row a waiter, `blocked_by` as the text of an array.
    """
    waiters = [one for one in sessions if one.wait[0] == "Lock"]
    rows: list[list[object]] = []
    for number, one in enumerate(waiters):
        ahead = [BLOCKER] if number == 0 else [other.pid for other in waiters[:number]]
        age = interval(story.CAPTURED - (one.xact_at or story.CAPTURED))
        blocked_by = "{" + ",".join(map(str, ahead)) + "}"
        rows.append([one.pid, blocked_by, *one.wait, one.state, age, one.application, one.query])
    return rows


def database_files() -> dict[str, bytes]:
    """The five files of the capture.

    Returns:
        Bytes by path, relative to the bundle.
    """
    sessions = all_sessions()
    asked = sorted(
        (one for one in sessions if one.query_at is not None and story.CAPTURED - one.query_at > LONG_RUNNING_SECONDS),
        key=lambda one: one.query_at or 0.0,
    )
    long = [[one.pid, interval(story.CAPTURED - (one.query_at or 0.0)), one.query] for one in asked]
    counted = Counter((one.state, one.application) for one in sessions)
    counts = [[*key, count] for key, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
    blocking = "pid,blocked_by,wait_event_type,wait_event,state,xact_age,application_name,query"
    return {
        f"{FOLDER}/pg_stat_activity.csv": table(ACTIVITY, map(activity_row, sessions)),
        f"{FOLDER}/long_running.csv": table("pid,duration,query", long),
        f"{FOLDER}/connection_count.csv": table("state,application_name,count", counts),
        f"{FOLDER}/pg_locks.csv": table(LOCKS, lock_rows(sessions, instant)),
        f"{FOLDER}/blocking.csv": table(blocking, blocking_rows(sessions)),
    }
