"""From a raw record to an `Incident`: every field with its type, its line and its doubts."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any, get_args

from incident_analytics.errors import RecordError
from incident_analytics.model.incident import (
    SCHEMA_VERSION,
    Impact,
    Incident,
    Interval,
    Mitigation,
    MitigationKind,
    SeverityChange,
)
from incident_analytics.model.runbook import MilestoneName
from incident_analytics.model.status_words import is_known_status
from incident_analytics.sources.records.entries import read_timeline, read_updates
from incident_analytics.sources.records.field_reader import FieldReader, RecordPart
from incident_analytics.sources.records.people_and_actions import read_action_items, read_roles
from incident_analytics.sources.records.record_times import RecordTimes

if TYPE_CHECKING:
    from incident_analytics.model.measurement import Place
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.records.field_reader import Pointer
    from incident_analytics.sources.records.files import RawRecord

_LOOKS_LIKE = 0.8
_MOST_SLIPS = 500  # a record with more keys of its own is a program's, which makes no slips
MILESTONES: tuple[str, ...] = get_args(MilestoneName)


def read_record(raw: RawRecord, runbook: Runbook) -> Incident:
    """The incident of a raw record.

    Raises:
        RecordError: A field is written but cannot be read. The first one is told, with the count of
            the others; all of them are its ``problems``.
    """
    reader = FieldReader(raw)
    part = RecordPart(raw.fields, ())
    times = RecordTimes.of(reader, runbook)
    known = _plain_fields(reader, part) | _severity(reader, part, runbook) | _detection(reader, part, runbook)
    known |= {name: times.milestone(*part.take(name)) for name in MILESTONES}
    known |= {
        "impact": _impact(reader, part, runbook),
        "mitigation": _mitigation(reader, part, times),
        "severity_changes": _severity_changes(reader, part, times, runbook),
        "impact_intervals": _intervals(reader, part, times),
        "roles": read_roles(reader, part, times, runbook),
        "updates": read_updates(reader, part, times),
        "timeline": read_timeline(reader, part, times, runbook),
        "action_items": read_action_items(reader, part, times),
    }
    _raise(reader)
    _about_wrapper(reader, part)
    _about_keys(reader, part)
    _about_status(reader, known)
    for pointer in raw.not_numbers:
        reader.doubt("value-unknown", "this is no number (NaN or Infinity); it counts as not recorded", pointer)
    known |= {
        "read_from": reader.place(()),
        "fields_read_from": _places(reader),
        "reading_findings": tuple(reader.findings),
    }
    return Incident.recorded(known, part.unknown)


def _raise(reader: FieldReader) -> None:
    if not reader.problems:
        return
    first, *others = reader.problems
    more = f"and {len(others)} more, which 'incident check' lists" if others else ""
    error = RecordError(
        first.message,
        where=first.where,
        expected=first.expected,
        found=first.found,
        nearest="; ".join(part for part in (first.nearest, more) if part),
    )
    error.problems = tuple(reader.problems)
    raise error


def _about_wrapper(reader: FieldReader, part: RecordPart) -> None:
    for key in reader.raw.beside:
        if key in part.taken:
            message = f"'{key}' stands beside 'incident', not in it; it was read as part of the record"
            reader.doubt("beside-the-record", message, (key,), level="info")
    for key in reader.raw.hidden:
        message = f"'{key}' stands in 'incident' and beside it; the one in it was read"
        reader.doubt("beside-the-record", message, (key,), seen=key)


def _about_status(reader: FieldReader, known: dict[str, Any]) -> None:
    """A status that nobody knows, where nothing else tells whether the incident is over."""
    has_ended = known["resolved_at"] is not None or known["closed_at"] is not None
    if not has_ended and not is_known_status(known["status"]):
        message = "this status is not known and no field tells an end; the incident counts as open"
        reader.doubt("status-unknown", message, ("status",), seen=known["status"])


def _about_keys(reader: FieldReader, part: RecordPart) -> None:
    """A key that nobody reads but that looks like one that is read, and that the record lacks, is a slip."""
    lacking = [name for name in part.taken if name not in part.fields]
    for key in islice(part.unknown, _MOST_SLIPS):
        close = get_close_matches(str(key), lacking, n=1, cutoff=_LOOKS_LIKE)
        if close:
            message = f"the key '{key}' is not known and was not read; did you mean '{close[0]}'?"
            reader.doubt("unknown-key", message, (key,), seen=str(key))


def _places(reader: FieldReader) -> dict[str, Place]:
    fields = reader.raw.fields
    impact = fields.get("impact")
    places = {name: reader.place((name,)) for name in fields}
    return places | {f"impact.{name}": reader.place(("impact", name)) for name in impact or {}}


def _plain_fields(reader: FieldReader, part: RecordPart) -> dict[str, Any]:
    written, pointer = part.take("id")
    identity = reader.text(written, pointer)
    if identity is None:
        reader.problem(pointer, "an id such as INC-2024-001", "nothing" if written is None else written)
    version = reader.text(*part.take("schema_version")) or SCHEMA_VERSION
    if version != SCHEMA_VERSION:
        reader.problem(("schema_version",), SCHEMA_VERSION, version, "a newer incident_analytics may read it")
    return {
        "id": identity or "",
        "schema_version": version,
        "title": reader.text(*part.take("title")) or "",
        "services": reader.texts(*part.take("services", "service")),
        **{name: reader.text(*part.take(name)) for name in ("status", "timezone", "channel", "status_page")},
    }


def _severity(reader: FieldReader, part: RecordPart, runbook: Runbook) -> dict[str, Any]:
    written = reader.text(*part.take("severity"))
    if written is None:
        reader.doubt("severity-missing", "the record names no severity", ())
        return {"severity": None, "severity_written": ""}
    return {"severity": _severity_named(written, ("severity",), reader, runbook), "severity_written": written}


def _severity_named(written: str, pointer: Pointer, reader: FieldReader, runbook: Runbook) -> str | None:
    severity = runbook.severity_named(written)
    if severity is None:
        allowed = ", ".join(runbook.severities)
        reader.problem(pointer, allowed, written, "an alias can be added to the runbook's severity_aliases")
    return severity


def _detection(reader: FieldReader, part: RecordPart, runbook: Runbook) -> dict[str, Any]:
    value, pointer = part.take("detected_by")
    if isinstance(value, dict):
        value = value.get("method")
    written = reader.text(value, pointer)
    if written is None:
        return {"detected_by": None, "detected_by_written": ""}
    word = written.lower().replace(" ", "_").replace("-", "_")
    for method, words in runbook.detected_by.items():
        if word == method or word in words:
            return {"detected_by": method, "detected_by_written": written}
    known = ", ".join(runbook.detected_by)
    reader.doubt("detection-unknown", f"'{written}' is none of {known}; kept as unknown", pointer, seen=written)
    return {"detected_by": "unknown", "detected_by_written": written}


def _impact(reader: FieldReader, record: RecordPart, runbook: Runbook) -> Impact:
    part = reader.part(*record.take("impact"))
    percent = "a percentage such as 50"
    known = {
        "users_affected": reader.count(*part.take("users_affected")),
        "revenue_lost": reader.money(*part.take("revenue_lost"), runbook.currency_rules),
        "duration_minutes": reader.number(*part.take("duration_minutes"), expected="minutes such as 90"),
        "degradation_percent": reader.number(*part.take("degradation_percent"), expected=percent),
        "users_percent": reader.number(*part.take("users_percent"), expected=percent),
        "read_from": reader.place(part.pointer),
    }
    return Impact.recorded(known, part.unknown)


def _mitigation(reader: FieldReader, record: RecordPart, times: RecordTimes) -> Mitigation | None:
    value, pointer = record.take("mitigation")
    if value is None:
        return None
    part = reader.part({"description": value} if isinstance(value, str) else value, pointer)
    known = {
        "kind": reader.choice(*part.take("kind"), get_args(MitigationKind)),
        "at": times.milestone(*part.take("at")),
        "description": reader.text(*part.take("description")) or "",
        "read_from": reader.place(pointer),
    }
    return Mitigation.recorded(known, part.unknown)


def _severity_changes(
    reader: FieldReader, record: RecordPart, times: RecordTimes, runbook: Runbook
) -> tuple[SeverityChange, ...]:
    changes = []
    for pointer, item in reader.items(*record.take("severity_changes")):
        part = reader.part(item, pointer)
        written = reader.text(*part.take("severity")) or ""
        severity = _severity_named(written, (*pointer, "severity"), reader, runbook)
        value, at_pointer = part.take("at")
        at = times.milestone(value, at_pointer)
        if value is None:
            reader.problem(at_pointer, "since when, such as 14:30", item)
        if severity and at:
            known = {"severity": severity, "at": at, "read_from": reader.place(pointer)}
            changes.append(SeverityChange.recorded(known, part.unknown))
    return tuple(changes)


def _intervals(reader: FieldReader, record: RecordPart, times: RecordTimes) -> tuple[Interval, ...]:
    intervals = []
    for pointer, item in reader.items(*record.take("impact_intervals")):
        part = reader.part(item, pointer)
        written, from_pointer = part.take("from", "started_at")
        start, end = times.milestone(written, from_pointer), times.milestone(*part.take("to", "ended_at"))
        if written is None:
            reader.problem(from_pointer, "when this stretch of impact began", item)
        if start is None:
            continue
        if end is not None and end.latest < start.earliest:
            message = f"this stretch of impact ends ({end.text}) before it begins ({start.text}); it is left out"
            reader.doubt("interval-invalid", message, pointer, level="error", seen=end.text)
            continue
        known = {"started_at": start, "ended_at": end, "read_from": reader.place(pointer)}
        intervals.append(Interval.recorded(known, part.unknown))
    return tuple(intervals)
