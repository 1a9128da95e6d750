"""Locks conflict as PostgreSQL's documentation says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.database.lock_conflicts import CONFLICTS, holders

if TYPE_CHECKING:
    from incident_analytics.analysis.database.captures import Row


def test_conflicts_are_mutual() -> None:
    """Eight modes; where one conflicts with another, the other does with it."""
    assert len(CONFLICTS) == 8
    assert all(one in CONFLICTS[other] for one, others in CONFLICTS.items() for other in others)


def test_only_a_conflicting_lock_on_the_same_thing_blocks() -> None:
    """2 waits for an exclusive lock on t: 1 reads it, 3 holds another table, 2's own locks do not block it."""
    locks: list[Row] = [
        {"pid": pid, "target": target, "mode": mode, "granted": granted}
        for pid, target, mode, granted in [
            (1, "relation t", "AccessShareLock", True),
            (3, "relation u", "AccessExclusiveLock", True),
            (2, "relation t", "RowExclusiveLock", True),
            (4, "relation t", "RowShareLock", True),
            (2, "relation t", "AccessExclusiveLock", False),
            (5, "relation t", "AccessShareLock", False),
        ]
    ]
    assert holders(locks) == {2: (1, 4), 5: ()}
