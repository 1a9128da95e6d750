"""Where a record tells of a temporary fix, of its end, and of the lasting fix that is to replace it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.action_items_frame import is_closed
from incident_analytics.analysis.events import events_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.model.incident import ActionItem
    from incident_analytics.model.measurement import Place

_QUICK_FIX: Final = "quick_fix_applied"
# Kinds of action items, in the words that people and trackers have for them.
_TEMPORARY: Final = frozenset({"quick_fix", "temporary_fix", "temporary", "workaround", "stopgap"})
_LASTING: Final = frozenset({"long_term_fix", "lasting_fix", "permanent_fix", "long_term", "permanent"})
# What is over once it is done, unless the same words tell of something that stays.
_PASSING: Final = re.compile(r"\b(re-?start(ed|s|ing)?|re-?boot(ed|s|ing)?|killed|terminated|ended)\b", re.IGNORECASE)
_STAYING: Final = re.compile(
    r"\b(pool|memory|disabled|switched|fallback|circuit breaker|resized|increased|enlarged|added)\b", re.IGNORECASE
)
_THING: Final = re.compile(r"\b(pool|memory|circuit breaker|feature|provider|fallback)\b", re.IGNORECASE)
_PARTS: Final = re.compile(r"[,;.]\s+|\s+and\s+")
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
        place: Where the record tells of it.
    """

    text: str
    at: datetime | None
    stays: bool
    is_reverted: bool = False
    reverted_at: datetime | None = None
    place: Place | None = None


def told_fixes(told: ToldRecord, as_of: datetime) -> Iterator[Told]:
    """The temporary fixes of one incident by an instant, in the order of time, then those that are action items."""
    known = [*_of_events(told, as_of), *_of_mitigation(told, as_of)]
    known += _of_updates(told, as_of, known)
    yield from sorted(known, key=lambda fix: (fix.at is None, fix.at or as_of))
    resolved = told.record.incident.resolved_at
    begun = resolved.earliest if resolved else None
    for item in told.record.incident.action_items:
        if _kind(item) in _TEMPORARY and (begun is None or begun <= as_of):
            is_done, closed = _is_done(item, told, as_of), item.closed_at.earliest if item.closed_at else None
            end = closed if is_done else None
            yield Told(item.text, begun, stays=True, is_reverted=is_done, reverted_at=end, place=item.read_from)


def lasting_items(told: ToldRecord, as_of: datetime) -> tuple[tuple[ActionItem, bool], ...]:
    """The action items that are lasting fixes, each with whether it was closed by an instant."""
    items = told.record.incident.action_items
    return tuple((item, _is_done(item, told, as_of)) for item in items if _kind(item) in _LASTING)


def _of_events(told: ToldRecord, as_of: datetime) -> Iterator[Told]:
    events = told.events()
    for event in events_of_kind(events, [_QUICK_FIX]):
        if event.moment <= as_of:
            yield _with_end(Told(event.text, event.moment, _stays(event.text), place=event.place), events, as_of)


def _with_end(fix: Told, events: Iterable[Event], as_of: datetime) -> Told:
    """The fix, with the later entry that tells of its end."""
    later = [each for each in events if fix.at is not None and fix.at < each.moment <= as_of]
    end = next((each.moment for each in later if _TAKEN_BACK.search(each.text)), None)
    return replace(fix, is_reverted=end is not None, reverted_at=end)


def _of_mitigation(told: ToldRecord, as_of: datetime) -> Iterator[Told]:
    """The mitigation, where its words are those of a quick fix that no timeline entry tells."""
    mitigation = told.record.incident.mitigation
    words = told.runbook.events.get(_QUICK_FIX)
    if mitigation is None or words is None or not words.tell(mitigation.description, told.runbook.denials):
        return
    at = mitigation.at or told.anchors()["mitigated_at"].at
    events = events_of_kind(told.events(), [_QUICK_FIX])
    text, begun = mitigation.description, at.earliest if at else None
    is_told = any(event.moment == begun or _thing(event.text) == _thing(text) for event in events)
    if not is_told and (begun is None or begun <= as_of):
        yield _with_end(Told(text, begun, _stays(text), place=mitigation.read_from), told.events(), as_of)


def _of_updates(told: ToldRecord, as_of: datetime, known: Iterable[Told]) -> Iterator[Told]:
    """The parts of status updates whose words are those of a quick fix, where nothing tells it yet.

    Updates repeat what was done, so one that names the same thing (the pool, the memory) tells nothing new.
    """
    words = told.runbook.events.get(_QUICK_FIX)
    if words is None:
        return
    things = {_thing(fix.text) for fix in known}
    for update in told.record.incident.updates:
        for part in _PARTS.split(update.actions or ""):
            is_new = words.tell(part, told.runbook.denials) and _thing(part) not in things
            if is_new and _stays(part) and update.at.earliest <= as_of:
                things.add(_thing(part))
                fix = Told(part.strip(), update.at.earliest, stays=True, place=update.read_from)
                yield _with_end(fix, told.events(), as_of)


def _thing(text: str) -> str:
    """What a fix changed, in a word."""
    found = _THING.search(text)
    return found[0].casefold() if found else text.strip().casefold()


def _stays(text: str) -> bool:
    return _PASSING.search(text) is None or _STAYING.search(text) is not None


def _kind(item: ActionItem) -> str:
    return re.sub(r"\W+", "_", (item.kind or "").strip().casefold())


def _is_done(item: ActionItem, told: ToldRecord, as_of: datetime) -> bool:
    return is_closed(item, told.runbook) and (item.closed_at is None or item.closed_at.earliest <= as_of)
