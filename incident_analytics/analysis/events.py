"""One timeline from everything people and systems recorded: who did what, when, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from incident_analytics.model.incident import Incident, TimelineEntry
    from incident_analytics.model.instants import Instant
    from incident_analytics.model.measurement import Place
    from incident_analytics.model.runbook import Runbook

_MILESTONES_SHOWN = ("started_at", "detected_at", "declared_at", "acknowledged_at", "engaged_at", "diagnosed_at")
_ENDS_SHOWN = ("mitigated_at", "resolved_at", "closed_at", "postmortem_at", "deployed_at")
_KIND_OF_FIELD = {
    "detected_at": "detected",
    "acknowledged_at": "acknowledged",
    "engaged_at": "engaged",
    "diagnosed_at": "diagnosed",
    "mitigated_at": "mitigated",
    "resolved_at": "resolved",
    "postmortem_at": "postmortem_held",
    "deployed_at": "deployed",
}
_OF_FIELDS = frozenset({"milestone", "role", "mitigation"})
_KIND_OF_MITIGATION = {"rollback": "rolled_back", "fix_forward": "fix_deployed"}
_SERVICE_COLUMNS: Final = ("service", "services", "component")
# The record's own parts; whatever else names a source is a source of its own.
_OF_THE_RECORD = frozenset({"record", "milestone", "role", "update", "mitigation"})


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the merged timeline.

    Args:
        at: When.
        text: What happened, in the words of the source.
        kinds: What it tells, in the runbook's words for events.
        source: Where it comes from: record, milestone, role, update, timeline.csv, logs ...
        actor: Who did it, where told.
        place: The file and line.
        ref: What the source calls it, such as the number of a deploy; empty where it has no name.
        services: The services that its own column names.
        is_measured: Whether it was found in the evidence; all others were written down by people and their tools.
    """

    at: Instant
    text: str
    kinds: tuple[str, ...] = ()
    source: str = "record"
    actor: str | None = None
    place: Place | None = None
    ref: str = ""
    services: tuple[str, ...] = ()
    is_measured: bool = False

    @property
    def told_by(self) -> str:
        """The source whose clock it follows: ``record`` for every part of the record."""
        return "record" if self.source in _OF_THE_RECORD else self.source

    @property
    def moment(self) -> datetime:
        """The earliest it can have been; rows are ordered by it."""
        return self.at.earliest


def merged_timeline(incident: Incident, runbook: Runbook, *more: Iterable[TimelineEntry]) -> tuple[Event, ...]:
    """Every recorded event in order of time, each with its source.

    Milestone fields, roles, status updates, the mitigation, the record's timeline and any further
    entries (a timeline.csv) are merged. Where two tell the same kind of event at the same instant, the
    one written as a timeline entry stays.

    Returns:
        Events ordered by their earliest instant; at a tie, milestones first, then as written.
    """
    events = [*_milestone_events(incident, runbook), *_entry_events(incident.timeline)]
    events += [event for entries in more for event in _entry_events(entries)]
    events += [*_role_events(incident, runbook), *_update_events(incident), *_mitigation_events(incident)]
    return tuple(sorted(_without_twins(events), key=lambda event: event.moment))


def events_of_kind(events: Iterable[Event], kinds: Iterable[str]) -> tuple[Event, ...]:
    """The events that tell one of the kinds, in the order given."""
    wanted = frozenset(kinds)
    return tuple(event for event in events if wanted.intersection(event.kinds))


def with_measured(recorded: Iterable[Event], measured: Iterable[Event]) -> tuple[Event, ...]:
    """The recorded events and those found in the evidence in order of time; at a tie the recorded ones first."""
    return tuple(sorted([*recorded, *measured], key=lambda event: event.moment))


def _milestone_events(incident: Incident, runbook: Runbook) -> Iterable[Event]:
    for name in (*_MILESTONES_SHOWN, *_ENDS_SHOWN):
        at = incident.at(name)
        if at is not None:
            says = runbook.milestones[name].says if name in runbook.milestones else name
            kinds = (_KIND_OF_FIELD[name],) if name in _KIND_OF_FIELD else ()
            place = incident.fields_read_from.get(name)
            yield Event(at, says[:1].upper() + says[1:], kinds, "milestone", place=place)


def _entry_events(entries: Iterable[TimelineEntry]) -> Iterable[Event]:
    for entry in entries:
        ref, services = entry.ref, _services_of(entry)
        yield Event(
            entry.at, entry.event, entry.kinds, entry.source, entry.actor, entry.read_from, ref=ref, services=services
        )


def _services_of(entry: TimelineEntry) -> tuple[str, ...]:
    """The services that an entry names in a column or key of its own."""
    if not entry.model_extra:
        return ()
    written = [entry.model_extra.get(name) for name in _SERVICE_COLUMNS]
    texts = [text for each in written for text in (each if isinstance(each, (list, tuple)) else [each])]
    named = [part.strip() for text in texts if isinstance(text, str) for part in text.replace(";", ",").split(",")]
    return tuple(dict.fromkeys(part for part in named if part))


def _role_events(incident: Incident, runbook: Runbook) -> Iterable[Event]:
    kinds = {role.name: role.event for role in runbook.roles}
    for role in incident.roles:
        if role.assigned_at is not None:
            kind = (kinds[role.role],) if role.role in kinds else ()
            yield Event(role.assigned_at, f"{role.role} assigned", kind, "role", role.person, role.read_from)


def _update_events(incident: Incident) -> Iterable[Event]:
    for update in incident.updates:
        words = update.status or update.impact or update.actions
        text = f"Status update: {words}" if words else "Status update"
        yield Event(update.at, text, ("update_sent",), "update", update.actor, update.read_from)


def _mitigation_events(incident: Incident) -> Iterable[Event]:
    mitigation = incident.mitigation
    if mitigation is not None and mitigation.at is not None:
        kind = (_KIND_OF_MITIGATION[mitigation.kind],) if mitigation.kind else ()
        text = mitigation.description or "Mitigation applied"
        yield Event(mitigation.at, text, kind, "mitigation", place=mitigation.read_from)


def _without_twins(events: Iterable[Event]) -> list[Event]:
    """A field and an entry that tell one kind at one instant are one event, in the entry's words.

    Two entries stay two, whoever wrote them.
    """
    kept: dict[tuple[datetime, str], int] = {}
    result: list[Event] = []
    for event in events:
        keys = [(event.moment, kind) for kind in event.kinds]
        index = next((kept[key] for key in keys if key in kept), None)
        if index is None or not _are_twins(result[index], event):
            kept |= dict.fromkeys(keys, len(result))
            result.append(event)
        else:
            result[index] = _merged(result[index], event)
    return result


def _are_twins(first: Event, second: Event) -> bool:
    return first.source != second.source and bool({first.source, second.source} & _OF_FIELDS)


def _merged(first: Event, second: Event) -> Event:
    kinds = tuple(dict.fromkeys((*first.kinds, *second.kinds)))
    if first.source == "milestone":
        return replace(second, kinds=kinds)
    services = first.services or second.services
    return replace(
        first, kinds=kinds, actor=first.actor or second.actor, ref=first.ref or second.ref, services=services
    )
