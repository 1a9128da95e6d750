"""What took a change back: a rollback that names it, or the switch of the same flag or setting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.changes.naming import names_another_sort, the_one_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.analysis.changes.change import Change

_SWITCHED_BACK: Final = re.compile(
    r"\b(reverted|revert|restored?|undone|undid|(turned|switched) (off|back)|disabled|(set )?back to|removed)\b",
    re.IGNORECASE,
)
_BY_SWITCHING: Final = frozenset({"configuration", "feature flag", "scaling", "infrastructure", "migration", "fix"})
# Two entries of one minute that take something back tell the same.
_SAME_MINUTE: Final = timedelta(minutes=1)


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

    What an entry names is told by `the_one_named`. A rollback that names nothing takes back the last deploy before the
    start, and says so; not where an entry of the same minute names what was taken back.
    """
    earlier = [each for each in changes if each.moment < start and not is_rollback(each)]
    later = [each for each in changes if each.moment >= start and each is not change and takes_back(each)]
    named = [(each, the_one_named(each, earlier)) for each in later]
    for each, taken in named:
        if taken is change:
            return Undoing(each, is_named=True)
    deploys = [each for each in earlier if each.sort == "deploy"]
    if not deploys or deploys[-1] is not change:
        return None
    told = [each for each, taken in named if taken is not None]
    for each, taken in named:
        is_bare = taken is None and is_rollback(each) and _names_none(each, earlier)
        if is_bare and not any(abs(each.moment - other.moment) <= _SAME_MINUTE for other in told):
            return Undoing(each, is_named=False)
    return None


def taken_back_by(later: Change, changes: Sequence[Change]) -> Change | None:
    """The change before it that an entry takes back; None where it takes none back, or names none."""
    if not takes_back(later):
        return None
    return the_one_named(later, [each for each in changes if each.moment < later.moment and not is_rollback(each)])


def is_rollback(change: Change) -> bool:
    """Whether it is told as a rollback, whatever it names."""
    return change.sort == "rollback"


def takes_back(change: Change) -> bool:
    """Whether it is a rollback, or switches something back by its words."""
    return is_rollback(change) or (change.sort in _BY_SWITCHING and _SWITCHED_BACK.search(change.text) is not None)


def _names_none(rollback: Change, earlier: Sequence[Change]) -> bool:
    """Whether it speaks of no change: "rolled back", or "rolled back to 2.30" which names only the target."""
    if rollback.services and any(each.services for each in earlier):
        return False
    return not names_another_sort(rollback)
