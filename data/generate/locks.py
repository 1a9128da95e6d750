"""The rows of `pg_locks`: what each session holds, and the one row that eleven want."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sessions import Session

DATABASE, BATCHES, BATCHES_KEY, CHARGES = 16384, 16622, 16627, 16590
PAGE, TUPLE = 4, 17


def lock_rows(sessions: Sequence[Session], instant: Callable[[float], str]) -> list[list[object]]:
    """What every session in a transaction holds and waits for.

    Args:
        sessions: Every session, waiters in the order they came.
        instant: How the server prints an instant.

    Returns:
        Rows of 16 columns; those not granted carry `waitstart`.
    """
    rows: list[list[object]] = []
    writing = [one for one in sessions if one.xid]
    holder = next(one for one in writing if one.state == "idle in transaction")
    for number, one in enumerate(writing):
        rows += held(one, f"{number + 3}/{one.xid % 7919}")
    for number, one in enumerate(writing):
        if one.wait[0] != "Lock":
            continue
        virtual = f"{number + 3}/{one.xid % 7919}"
        since = instant((one.query_at or 0.0) + 0.0007)
        if one.wait[1] == "transactionid":
            rows.append(_row("tuple", virtual, one.pid, "ExclusiveLock", "t", "f", ""))
            rows.append(_row("transactionid", virtual, one.pid, "ShareLock", "f", "f", since, xid=holder.xid))
        else:
            rows.append(_row("tuple", virtual, one.pid, "ExclusiveLock", "f", "f", since))
    return rows


def held(one: Session, virtual: str) -> list[list[object]]:
    """The locks any writing session holds: two relations, its virtual and its real transaction.

    Args:
        one: The session.
        virtual: Its virtual transaction.

    Returns:
        Four rows, all granted.
    """
    relations = (BATCHES, BATCHES_KEY) if one.query.startswith("update") else (CHARGES, CHARGES + 5)
    return [
        *(_row("relation", virtual, one.pid, "RowExclusiveLock", "t", "t", "", relation=name) for name in relations),
        _row("virtualxid", virtual, one.pid, "ExclusiveLock", "t", "t", ""),
        _row("transactionid", virtual, one.pid, "ExclusiveLock", "t", "f", "", xid=one.xid),
    ]


def _row(  # noqa: PLR0913 - the columns of the view that differ
    kind: str,
    virtual: str,
    pid: int,
    mode: str,
    granted: str,
    fastpath: str,
    since: str,
    *,
    relation: int = 0,
    xid: int = 0,
) -> list[object]:
    """One row of the view, its columns in the server's order."""
    is_tuple, in_database = kind == "tuple", kind in {"tuple", "relation"}
    return [
        kind,
        DATABASE if in_database else "",
        BATCHES if is_tuple else relation or "",
        PAGE if is_tuple else "",
        TUPLE if is_tuple else "",
        virtual if kind == "virtualxid" else "",
        xid or "",
        "",
        "",
        "",
        virtual,
        pid,
        mode,
        granted,
        fastpath,
        since,
    ]
