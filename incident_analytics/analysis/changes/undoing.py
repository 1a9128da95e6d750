"""What took a change back: a rollback that names it, or the switch of the same flag or setting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.analysis.changes.change import Change

_SWITCHED_BACK: Final = re.compile(
    r"\b(reverted|revert|restored?|undone|undid|(turned|switched) (off|back)|disabled|(set )?back to|removed)\b",
    re.IGNORECASE,
)
_BY_SWITCHING: Final = frozenset({"configuration", "feature flag", "scaling", "infrastructure", "migration", "fix"})


@dataclass(frozen=True, slots=True)
class Undoing:
    """The entry that took a change back.

    Args:
        change: The rollback or the switch.
        is_named: Whether it names what it takes back; else it was taken as the last deploy before the start.
    """

    change: Change
    is_named: bool


def undoing_of(change: Change, changes: Sequence[Change], start: datetime) -> Undoing | None:
    """The first entry after the start of the impact that takes the change back; None where none does.

    It names the change by its ref, by a version, ticket or name in both texts, or by the service where that had no
    other change of the sort before the start. A rollback that names nothing takes back the last deploy before the
    start, and says so.
    """
    later = [each for each in changes if each.moment >= start and each is not change]
    for each in later:
        if _takes_back(each) and _names(each, change, changes, start):
            return Undoing(each, is_named=True)
    earlier = [each for each in changes if each.moment < start]
    deploys = [each for each in earlier if each.sort == "deploy"]
    if not deploys or deploys[-1] is not change:
        return None
    bare = next((each for each in later if each.sort == "rollback" and _names_none(each, earlier)), None)
    return Undoing(bare, is_named=False) if bare else None


def _takes_back(change: Change) -> bool:
    if change.sort == "rollback":
        return True
    return change.sort in _BY_SWITCHING and _SWITCHED_BACK.search(change.text) is not None


def _names_none(rollback: Change, earlier: Sequence[Change]) -> bool:
    """Whether it speaks of no earlier change: "rolled back", or "rolled back to 2.30" which names only the target."""
    if rollback.services and any(each.services for each in earlier):
        return False
    told = {rollback.ref, *rollback.marks} - {""}
    return not any(told & {each.ref, *each.marks} for each in earlier)


def _names(later: Change, change: Change, changes: Sequence[Change], start: datetime) -> bool:
    if later.ref and later.ref == change.ref:
        return True
    if set(later.marks) & set(change.marks):
        return True
    common = set(later.services) & set(change.services)
    if not common or change.sort != "deploy" or later.sort != "rollback":
        return False
    # "search rolled back to 4.0": of several deploys of search, the last one before the start was taken back.
    of_service = [
        each for each in changes if each.sort == "deploy" and each.moment < start and common & set(each.services)
    ]
    return bool(of_service) and of_service[-1] is change
