"""From a raw record to an `Incident`: every field with its type, its line and its doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from incident_analytics.errors import RecordError
from incident_analytics.model.incident import (
    SCHEMA_VERSION,
    ActionItem,
    Impact,
    Incident,
    Interval,
    Mitigation,
    MitigationKind,
    Role,
    SeverityChange,
)
from incident_analytics.model.runbook import MilestoneName
from incident_analytics.sources.records.entries import read_timeline, read_updates
from incident_analytics.sources.records.field_reader import FieldReader
from incident_analytics.sources.records.record_times import RecordTimes

if TYPE_CHECKING:
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.records.field_reader import Pointer
    from incident_analytics.sources.records.files import RawRecord

MILESTONES: tuple[str, ...] = get_args(MilestoneName)


def read_record(raw: RawRecord, runbook: Runbook) -> Incident:
    """The incident of a raw record.

    Raises:
        RecordError: A field is written but cannot be read. The first one is told, with the count of
            the others; all of them are its ``problems``.
    """
    reader = FieldReader(raw)
    times = RecordTimes.of(reader, runbook)
    known = _plain_fields(reader) | _severity(reader, runbook) | _detection(reader, runbook)
    known |= {name: times.milestone(raw.fields.get(name), (name,)) for name in MILESTONES}
    known |= {
        "impact": _impact(reader, runbook),
        "mitigation": _mitigation(reader, times),
        "severity_changes": _severity_changes(reader, times, runbook),
        "impact_intervals": _intervals(reader, times),
        "roles": _roles(reader, times, runbook),
        "updates": read_updates(reader, times),
        "timeline": read_timeline(reader, times, runbook),
        "action_items": _action_items(reader, times),
    }
    _raise(reader)
    places = {name: reader.place((name,)) for name in raw.fields}
    places |= {
        f"impact.{name}": reader.place(("impact", name)) for name in reader.mapping(raw.fields.get("impact"), ())
    }
    extra = {key: value for key, value in (raw.beside | raw.fields).items() if key not in known}
    return Incident(
        **known,
        **extra,
        read_from=reader.place(()),
        fields_read_from=places,
        reading_findings=tuple(reader.findings),
    )


def _raise(reader: FieldReader) -> None:
    if not reader.problems:
        return
    first, *others = reader.problems
    more = f" (and {len(others)} more: run 'incident check')" if others else ""
    error = RecordError(
        first.message, where=first.where, expected=first.expected, found=first.found, nearest=first.nearest + more
    )
    error.problems = tuple(reader.problems)
    raise error


def _plain_fields(reader: FieldReader) -> dict[str, Any]:
    fields = reader.raw.fields
    identity = reader.text(fields.get("id"), ("id",))
    if identity is None:
        reader.problem(("id",), "an id such as INC-2024-001", fields.get("id", "nothing"))
    version = reader.text(fields.get("schema_version"), ("schema_version",)) or SCHEMA_VERSION
    if version != SCHEMA_VERSION:
        reader.problem(("schema_version",), SCHEMA_VERSION, version, "a newer incident_analytics may read it")
    services = fields.get("services", fields.get("service"))
    return {
        "id": identity or "",
        "title": reader.text(fields.get("title"), ("title",)) or "",
        "status": reader.text(fields.get("status"), ("status",)),
        "timezone": reader.text(fields.get("timezone"), ("timezone",)),
        "schema_version": version,
        "services": reader.texts(services, ("services",)) if services is not None else (),
        "channel": reader.text(fields.get("channel"), ("channel",)),
        "status_page": reader.text(fields.get("status_page"), ("status_page",)),
    }


def _severity(reader: FieldReader, runbook: Runbook) -> dict[str, Any]:
    written = reader.text(reader.raw.fields.get("severity"), ("severity",))
    if written is None:
        if not reader.problems:
            reader.doubt("severity-missing", "the record names no severity", ())
        return {"severity": None, "severity_written": ""}
    return {"severity": _severity_named(written, ("severity",), reader, runbook), "severity_written": written}


def _severity_named(written: str, pointer: Pointer, reader: FieldReader, runbook: Runbook) -> str | None:
    severity = runbook.severity_named(written)
    if severity is None:
        allowed = ", ".join(runbook.severities)
        reader.problem(pointer, allowed, written, "an alias can be added to the runbook's severity_aliases")
    return severity


def _detection(reader: FieldReader, runbook: Runbook) -> dict[str, Any]:
    value = reader.raw.fields.get("detected_by")
    if isinstance(value, dict):
        value = value.get("method")
    written = reader.text(value, ("detected_by",))
    if written is None:
        return {"detected_by": None, "detected_by_written": ""}
    word = written.lower().replace(" ", "_").replace("-", "_")
    for method, words in runbook.detected_by.items():
        if word == method or word in words:
            return {"detected_by": method, "detected_by_written": written}
    known = ", ".join(runbook.detected_by)
    reader.doubt(
        "detection-unknown", f"'{written}' is none of {known}; kept as unknown", ("detected_by",), seen=written
    )
    return {"detected_by": "unknown", "detected_by_written": written}


def _impact(reader: FieldReader, runbook: Runbook) -> Impact:
    fields = reader.mapping(reader.raw.fields.get("impact"), ("impact",))
    percent = "a percentage such as 50"
    known = {
        "users_affected": reader.count(fields.get("users_affected"), ("impact", "users_affected")),
        "revenue_lost": reader.money(fields.get("revenue_lost"), ("impact", "revenue_lost"), runbook.currency_rules),
        "duration_minutes": reader.number(
            fields.get("duration_minutes"), ("impact", "duration_minutes"), expected="minutes such as 90"
        ),
        "degradation_percent": reader.number(
            fields.get("degradation_percent"), ("impact", "degradation_percent"), expected=percent
        ),
        "users_percent": reader.number(fields.get("users_percent"), ("impact", "users_percent"), expected=percent),
    }
    return Impact(**known, **_unknown(fields, known), read_from=reader.place(("impact",)))


def _mitigation(reader: FieldReader, times: RecordTimes) -> Mitigation | None:
    if reader.raw.fields.get("mitigation") is None:
        return None
    pointer: Pointer = ("mitigation",)
    value = reader.raw.fields["mitigation"]
    fields = {"description": value} if isinstance(value, str) else reader.mapping(value, pointer)
    known = {
        "kind": reader.choice(fields.get("kind"), (*pointer, "kind"), get_args(MitigationKind)),
        "at": times.milestone(fields.get("at"), (*pointer, "at")),
        "description": reader.text(fields.get("description"), (*pointer, "description")) or "",
    }
    return Mitigation(**known, **_unknown(fields, known), read_from=reader.place(pointer))


def _severity_changes(reader: FieldReader, times: RecordTimes, runbook: Runbook) -> tuple[SeverityChange, ...]:
    changes = []
    for pointer, item in reader.items(reader.raw.fields.get("severity_changes"), ("severity_changes",)):
        fields = reader.mapping(item, pointer)
        written = reader.text(fields.get("severity"), (*pointer, "severity")) or ""
        severity = _severity_named(written, (*pointer, "severity"), reader, runbook)
        at = times.milestone(fields.get("at"), (*pointer, "at"))
        if severity and at:
            changes.append(SeverityChange(severity=severity, at=at, read_from=reader.place(pointer)))
    return tuple(changes)


def _intervals(reader: FieldReader, times: RecordTimes) -> tuple[Interval, ...]:
    intervals = []
    for pointer, item in reader.items(reader.raw.fields.get("impact_intervals"), ("impact_intervals",)):
        fields = reader.mapping(item, pointer)
        start = times.milestone(fields.get("from", fields.get("started_at")), (*pointer, "from"))
        end = times.milestone(fields.get("to", fields.get("ended_at")), (*pointer, "to"))
        if start is None:
            reader.problem((*pointer, "from"), "when this stretch of impact began", item)
        elif end is not None and end.latest < start.earliest:
            reader.problem((*pointer, "to"), f"an end after {start.text}", end.text)
        else:
            intervals.append(Interval(started_at=start, ended_at=end, read_from=reader.place(pointer)))
    return tuple(intervals)


def _roles(reader: FieldReader, times: RecordTimes, runbook: Runbook) -> tuple[Role, ...]:
    value = reader.raw.fields.get("roles")
    pointer: Pointer = ("roles",)
    if isinstance(value, dict):
        items = [((*pointer, name), _named_role(name, person)) for name, person in value.items()]
    else:
        items = reader.items(value, pointer)
    roles = []
    for here, item in items:
        fields = reader.mapping(item, here)
        name = reader.text(fields.get("role"), (*here, "role"))
        if name is None:
            reader.problem((*here, "role"), "a role such as Incident Commander", item)
            continue
        known = {
            "role": runbook.role_named(name),
            "person": reader.text(fields.get("person", fields.get("name")), (*here, "person")),
            "assigned_at": times.milestone(fields.get("assigned_at", fields.get("at")), (*here, "assigned_at")),
        }
        roles.append(Role(**known, **_unknown(fields, {*known, "name", "at"}), read_from=reader.place(here)))
    return tuple(roles)


def _named_role(name: str, person: object) -> dict[str, Any]:
    words = name.replace("_", " ")
    return {**person, "role": words} if isinstance(person, dict) else {"role": words, "person": person}


def _action_items(reader: FieldReader, times: RecordTimes) -> tuple[ActionItem, ...]:
    actions = []
    for pointer, item in reader.items(reader.raw.fields.get("action_items"), ("action_items",)):
        fields = reader.mapping(item, pointer) if isinstance(item, dict) else {"text": item}
        text = reader.text(fields.get("text", fields.get("title")), (*pointer, "text"))
        if text is None:
            reader.problem(pointer, "what is to be done", item)
            continue
        known = {
            "text": text,
            "owner": reader.text(fields.get("owner"), (*pointer, "owner")),
            "due": reader.day(fields.get("due"), (*pointer, "due")),
            "ticket": reader.text(fields.get("ticket"), (*pointer, "ticket")),
            "kind": reader.text(fields.get("kind"), (*pointer, "kind")),
            "status": reader.text(fields.get("status"), (*pointer, "status")),
            "closed_at": times.milestone(fields.get("closed_at"), (*pointer, "closed_at")),
        }
        actions.append(ActionItem(**known, **_unknown(fields, {*known, "title"}), read_from=reader.place(pointer)))
    return tuple(actions)


def _unknown(fields: dict[str, Any], known: Any) -> dict[str, Any]:  # noqa: ANN401 -- any container of names
    return {key: value for key, value in fields.items() if key not in known}
