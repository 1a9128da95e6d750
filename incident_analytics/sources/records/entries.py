"""The dated lists of a record: timeline entries and status updates, in the order written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.incident import StatusUpdate, TimelineEntry

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.records.field_reader import FieldReader, RecordPart
    from incident_analytics.sources.records.record_times import RecordTimes


def read_timeline(
    reader: FieldReader, record: RecordPart, times: RecordTimes, runbook: Runbook
) -> tuple[TimelineEntry, ...]:
    """The entries of the timeline; a bare clock time goes forward from the entry before it."""
    entries = []
    after = times.start
    for pointer, item in reader.items(*record.take("timeline")):
        part = reader.part(item, pointer)
        written, time_pointer = part.take("time", "at")
        at = times.entry(written, time_pointer, after=after)
        event = reader.text(*part.take("event", "text"))
        if part.fields and event is None:
            reader.problem((*pointer, "event"), "what happened", item)
        if part.fields and written is None:
            reader.problem((*pointer, "time"), "when it happened, such as 14:15", item)
        if at is None or event is None:
            continue
        after = max(after, at.earliest) if after else at.earliest
        known = {
            "at": at,
            "event": event,
            "kinds": kinds_of(reader.texts(*part.take("kind", "kinds")), event, runbook),
            "actor": reader.text(*part.take("actor")),
            "source": reader.text(*part.take("source")) or "record",
            "ref": reader.text(*part.take("ref")) or "",
            "read_from": reader.place(time_pointer),
        }
        entries.append(TimelineEntry.recorded(known, part.unknown))
    return tuple(entries)


def kinds_of(named: tuple[str, ...], event: str, runbook: Runbook) -> tuple[str, ...]:
    """The kinds of an event: those it names, or those that its words tell."""
    words = (kind.strip().lower().replace(" ", "_").replace("-", "_") for kind in named)
    return tuple(dict.fromkeys(words)) if named else runbook.kinds_told(event)


def read_updates(reader: FieldReader, record: RecordPart, times: RecordTimes) -> tuple[StatusUpdate, ...]:
    """The status updates, each with the next one it promised."""
    updates = []
    after = times.start
    for pointer, item in reader.items(*record.take("updates")):
        part = reader.part(item, pointer)
        written, time_pointer = part.take("time", "at")
        at = times.entry(written, time_pointer, after=after)
        if part.fields and written is None:
            reader.problem((*pointer, "time"), "when it was sent, such as 14:30", item)
        if at is None:
            continue
        after = max(after, at.earliest) if after else at.earliest
        promised, promise_pointer = part.take("next_update")
        known: dict[str, object] = {
            "at": at,
            "next_update_at": times.promise(promised, promise_pointer, after=at.earliest),
            "actor": reader.text(*part.take("actor")),
            "read_from": reader.place(pointer),
        }
        known |= {name: reader.text(*part.take(name)) or "" for name in ("status", "impact", "actions")}
        updates.append(StatusUpdate.recorded(known, part.unknown))
    return tuple(updates)
