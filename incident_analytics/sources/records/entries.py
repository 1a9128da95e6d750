"""The dated lists of a record: timeline entries and status updates, in the order written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incident_analytics.model.incident import StatusUpdate, TimelineEntry

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.records.field_reader import FieldReader, Pointer
    from incident_analytics.sources.records.record_times import RecordTimes

_TIMELINE_KEYS = frozenset({"time", "at", "event", "text", "kind", "kinds", "actor", "source", "ref"})
_UPDATE_KEYS = frozenset({"time", "at", "status", "impact", "actions", "next_update", "actor"})


def read_timeline(reader: FieldReader, times: RecordTimes, runbook: Runbook) -> tuple[TimelineEntry, ...]:
    """The entries of the timeline; a bare clock time goes forward from the entry before it."""
    entries = []
    after = times.span.start if times.span else None
    for pointer, item in reader.items(reader.raw.fields.get("timeline"), ("timeline",)):
        fields = reader.mapping(item, pointer)
        at = times.entry(_time_of(fields), (*pointer, "time"), after=after)
        event = reader.text(fields.get("event", fields.get("text")), (*pointer, "event"))
        if fields and event is None:
            reader.problem((*pointer, "event"), "what happened", item)
        if fields and _time_of(fields) is None:
            reader.problem((*pointer, "time"), "when it happened, such as 14:15", item)
        if at is None or event is None:
            continue
        after = max(after, at.earliest) if after else at.earliest
        entries.append(
            TimelineEntry(
                at=at,
                event=event,
                kinds=kinds_of(reader.text(fields.get("kind"), (*pointer, "kind")), event, runbook),
                actor=reader.text(fields.get("actor"), (*pointer, "actor")),
                source=reader.text(fields.get("source"), (*pointer, "source")) or "record",
                ref=reader.text(fields.get("ref"), (*pointer, "ref")) or "",
                read_from=reader.place((*pointer, "time") if "time" in fields else pointer),
                **{key: value for key, value in fields.items() if key not in _TIMELINE_KEYS},
            )
        )
    return tuple(entries)


def kinds_of(kind: str | None, event: str, runbook: Runbook) -> tuple[str, ...]:
    """The kinds of an event: the one it names, or those that its words tell."""
    return (kind.lower().replace(" ", "_").replace("-", "_"),) if kind else runbook.kinds_told(event)


def read_updates(reader: FieldReader, times: RecordTimes) -> tuple[StatusUpdate, ...]:
    """The status updates, each with the next one it promised."""
    updates = []
    after = times.span.start if times.span else None
    for pointer, item in reader.items(reader.raw.fields.get("updates"), ("updates",)):
        fields = reader.mapping(item, pointer)
        at = times.entry(_time_of(fields), (*pointer, "time"), after=after)
        if fields and _time_of(fields) is None:
            reader.problem((*pointer, "time"), "when it was sent, such as 14:30", item)
        if at is None:
            continue
        after = max(after, at.earliest) if after else at.earliest
        updates.append(
            StatusUpdate(
                at=at,
                next_update_at=times.entry(fields.get("next_update"), (*pointer, "next_update"), after=at.earliest),
                read_from=reader.place(pointer),
                **_words(reader, fields, pointer),
                **{key: value for key, value in fields.items() if key not in _UPDATE_KEYS},
            )
        )
    return tuple(updates)


def _words(reader: FieldReader, fields: dict[str, Any], pointer: Pointer) -> dict[str, Any]:
    texts = {name: reader.text(fields.get(name), (*pointer, name)) or "" for name in ("status", "impact", "actions")}
    return {**texts, "actor": reader.text(fields.get("actor"), (*pointer, "actor"))}


def _time_of(fields: dict[str, Any]) -> object:
    return fields.get("time", fields.get("at"))
