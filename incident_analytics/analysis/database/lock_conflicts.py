"""Who blocks whom by the locks alone, for captures that kept pg_locks but not pg_blocking_pids()."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.database.captures import Row

# PostgreSQL's documentation, table 13.2: the modes that each requested mode cannot stand beside.
_SHARE, _EXCLUSIVE = "ShareLock", "ExclusiveLock"
_ROW_SHARE, _ROW_EXCLUSIVE = "RowShareLock", "RowExclusiveLock"
_UPDATE, _SHARE_ROW = "ShareUpdateExclusiveLock", "ShareRowExclusiveLock"
_ACCESS_SHARE, _ACCESS = "AccessShareLock", "AccessExclusiveLock"
CONFLICTS: Final = {
    _ACCESS_SHARE: frozenset({_ACCESS}),
    _ROW_SHARE: frozenset({_EXCLUSIVE, _ACCESS}),
    _ROW_EXCLUSIVE: frozenset({_SHARE, _SHARE_ROW, _EXCLUSIVE, _ACCESS}),
    _UPDATE: frozenset({_UPDATE, _SHARE, _SHARE_ROW, _EXCLUSIVE, _ACCESS}),
    _SHARE: frozenset({_ROW_EXCLUSIVE, _UPDATE, _SHARE_ROW, _EXCLUSIVE, _ACCESS}),
    _SHARE_ROW: frozenset({_ROW_EXCLUSIVE, _UPDATE, _SHARE, _SHARE_ROW, _EXCLUSIVE, _ACCESS}),
    _EXCLUSIVE: frozenset({_ROW_SHARE, _ROW_EXCLUSIVE, _UPDATE, _SHARE, _SHARE_ROW, _EXCLUSIVE, _ACCESS}),
    _ACCESS: frozenset(
        {_ACCESS_SHARE, _ROW_SHARE, _ROW_EXCLUSIVE, _UPDATE, _SHARE, _SHARE_ROW, _EXCLUSIVE, _ACCESS},
    ),
}


def holders(locks: Sequence[Row]) -> dict[int, tuple[int, ...]]:
    """For each session with a lock it was not granted, the sessions that hold a conflicting one on the same thing.

    Empty where no row tells the holder, as in the runbook's query, which lists waiting locks only. Who stands ahead
    in the queue without holding anything is not told by locks.
    """
    granted: dict[str, list[tuple[int, str]]] = {}
    for row in locks:
        target, pid = row["target"], row["pid"]
        if row["granted"] is True and isinstance(target, str) and isinstance(pid, int):
            granted.setdefault(target, []).append((pid, str(row["mode"])))
    waiting: dict[int, set[int]] = {}
    for row in locks:
        pid = row["pid"]
        if row["granted"] is False and isinstance(pid, int):
            conflicting = CONFLICTS.get(str(row["mode"]), frozenset())
            held = granted.get(str(row["target"]), [])
            found = {holder for holder, mode in held if mode in conflicting and holder != pid}
            waiting.setdefault(pid, set()).update(found)
    return {pid: tuple(sorted(found)) for pid, found in sorted(waiting.items())}
