"""OTLP JSON: resource, scope and records, with ids in hex and values by their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.envelopes.parts import objects, text_of
from incident_analytics.sources.logs.flavours import USER_KEYS
from incident_analytics.sources.logs.record import LogRecord, as_json
from incident_analytics.sources.logs.severity import severity_of_word

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader

KEYS: Final = frozenset({"resourceLogs", "resource_logs"})
SIGN: Final = r'"(?:resourceLogs|resource_logs)"\s*:'
MOST_SEVERITY: Final = 24
DEEPEST: Final = 20


def unpack(fields: dict[str, object], reader: LineReader, _depth: int) -> list[LogRecord] | None:
    """The records of every scope of every resource."""
    records = []
    for resource in objects(fields, "resourceLogs", "resource_logs"):
        described = _attributes(resource.get("resource"))
        for scope in objects(resource, "scopeLogs", "scope_logs", "instrumentationLibraryLogs"):
            about = scope.get("scope")
            for entry in objects(scope, "logRecords", "log_records", "logs"):
                records.append(_record(entry, reader))
                records[-1].service = text_of(described.get("service.name"))
                rest = {key: value for key, value in described.items() if key != "service.name"}
                named = {"name": about.get("name"), **_attributes(about)} if isinstance(about, dict) else {}
                told = {key: value for key, value in named.items() if value is not None}
                _add(records[-1], resource=rest, scope=told)
    return records


def _record(entry: dict[str, object], reader: LineReader) -> LogRecord:
    record = LogRecord("otlp", raw=as_json(entry), attributes=_attributes(entry))
    for key in ("timeUnixNano", "time_unix_nano", "observedTimeUnixNano", "observed_time_unix_nano"):
        read = reader.times.read(entry.get(key))
        if read is not None:
            record.timestamp, record.zone_assumed = read
            break
    record.severity_text = text_of(entry.get("severityText") or entry.get("severity_text"))
    number = entry.get("severityNumber", entry.get("severity_number"))
    if isinstance(number, int) and 1 <= number <= MOST_SEVERITY:
        record.severity_number = number
    elif record.severity_text:
        record.severity_number = severity_of_word(record.severity_text)
    body = _value(entry.get("body"), 0)
    record.message = body if isinstance(body, str) or body is None else as_json(body)
    record.trace_id = text_of(entry.get("traceId") or entry.get("trace_id"))
    record.span_id = text_of(entry.get("spanId") or entry.get("span_id"))
    user = next((key for key in USER_KEYS if key in record.attributes), None)
    record.user_id = text_of(record.attributes.pop(user)) if user else None
    return record


def _add(record: LogRecord, **described: dict[str, object]) -> None:
    for name, values in described.items():
        if values:
            record.attributes[name] = values


def _attributes(owner: object) -> dict[str, object]:
    if not isinstance(owner, dict):
        return {}
    return {str(pair.get("key")): _value(pair.get("value"), 0) for pair in objects(owner, "attributes")}


def _value(value: object, depth: int) -> object:
    """What an AnyValue holds; integers are written as text."""
    if not isinstance(value, dict) or depth > DEEPEST:
        return value
    for kind, inner in value.items():
        if kind in {"intValue", "int_value"}:
            return int(inner) if isinstance(inner, str) and inner.lstrip("-").isdigit() else inner
        if kind in {"arrayValue", "array_value"}:
            return [_value(each, depth + 1) for each in objects(inner, "values")]
        if kind in {"kvlistValue", "kvlist_value"}:
            return {str(pair.get("key")): _value(pair.get("value"), depth + 1) for pair in objects(inner, "values")}
        return inner
    return None
