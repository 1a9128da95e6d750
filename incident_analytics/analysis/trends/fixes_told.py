"""Where a record tells of a temporary fix, of its end, and of the lasting fix that is to replace it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.action_items_frame import is_closed
from incident_analytics.analysis.events import events_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.model.incident import ActionItem

_QUICK_FIX: Final = "quick_fix_applied"
# Kinds of action items, in the words that people and trackers have for them.
_TEMPORARY: Final = frozenset({"quick_fix", "temporary_fix", "temporary", "workaround", "stopgap"})
_LASTING: Final = frozenset({"long_term_fix", "lasting_fix", "permanent_fix", "long_term", "permanent"})
# What is over once it is done, unless the same words tell of something that stays.
_PASSING: Final = re.compile(r"\b(re-?start(ed|s|ing)?|re-?boot(ed|s|ing)?|killed|terminated|ended)\b", re.IGNORECASE)
_STAYING: Final = re.compile(
    r"\b(pool|memory|disabled|switched|fallback|circuit breaker|resized|increased|enlarged|added)\b", re.IGNORECASE
)
_TAKEN_BACK: Final = re.compile(
    r"\b((quick|temporary) fix|workaround|stopgap)\b.*\b(reverted|removed|undone|taken (back|out))\b"
    r"|\b(reverted|removed|undid|took out)\b.*\b((quick|temporary) fix|workaround|stopgap)\b"
    r"|\b(pool|memory)\b.*\b(back to|reduced|reverted|restored)\b"
    r"|\bre-?enabled\b|\bswitched back\b|\bcircuit breaker\b.*\b(closed|disabled|removed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A temporary fix as a record tells it.

    Args:
        text: What was done.
        at: When; None where nothing tells.
        stays: Whether it leaves something in place.
        is_reverted: Whether it was taken back.
        reverted_at: When; None where nothing tells.
    """

    text: str
    at: datetime | None
    stays: bool
    is_reverted: bool = False
    reverted_at: datetime | None = None


def told_fixes(told: ToldRecord, as_of: datetime) -> Iterator[Told]:
    """The temporary fixes of one incident by an instant, in the order of time, then those that are action items."""
    events = told.events()
    for event in events_of_kind(events, [_QUICK_FIX]):
        if event.moment <= as_of:
            later = [each for each in events if event.moment < each.moment <= as_of]
            end = next((each.moment for each in later if _TAKEN_BACK.search(each.text)), None)
            yield Told(event.text, event.moment, _stays(event.text), end is not None, end)
    yield from _of_mitigation(told, as_of)
    resolved = told.record.incident.resolved_at
    begun = resolved.earliest if resolved else None
    for item in told.record.incident.action_items:
        if _kind(item) in _TEMPORARY and (begun is None or begun <= as_of):
            is_done, closed = _is_done(item, told, as_of), item.closed_at.earliest if item.closed_at else None
            yield Told(item.text, begun, stays=True, is_reverted=is_done, reverted_at=closed if is_done else None)


def lasting_items(told: ToldRecord, as_of: datetime) -> tuple[tuple[ActionItem, bool], ...]:
    """The action items that are lasting fixes, each with whether it was closed by an instant."""
    items = told.record.incident.action_items
    return tuple((item, _is_done(item, told, as_of)) for item in items if _kind(item) in _LASTING)


def _of_mitigation(told: ToldRecord, as_of: datetime) -> Iterator[Told]:
    """The mitigation, where its words are those of a quick fix and no timeline entry tells one at that instant."""
    mitigation = told.record.incident.mitigation
    words = told.runbook.events.get(_QUICK_FIX)
    if mitigation is None or words is None or not words.tell(mitigation.description, told.runbook.denials):
        return
    at = mitigation.at or told.anchors()["mitigated_at"].at
    moments = {event.moment for event in events_of_kind(told.events(), [_QUICK_FIX])}
    if at is not None and at.earliest in moments:
        return
    if at is None or at.earliest <= as_of:
        yield Told(mitigation.description, at.earliest if at else None, _stays(mitigation.description))


def _stays(text: str) -> bool:
    return _PASSING.search(text) is None or _STAYING.search(text) is not None


def _kind(item: ActionItem) -> str:
    return re.sub(r"\W+", "_", (item.kind or "").strip().casefold())


def _is_done(item: ActionItem, told: ToldRecord, as_of: datetime) -> bool:
    return is_closed(item, told.runbook) and (item.closed_at is None or item.closed_at.earliest <= as_of)
