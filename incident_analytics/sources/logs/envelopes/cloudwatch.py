"""CloudWatch: events of get-log-events and filter-log-events, rows of Insights, and what a subscription delivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.envelopes.parts import objects, stored_line

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader
    from incident_analytics.sources.logs.record import LogRecord

KEYS: Final = frozenset({"events", "logEvents", "results"})
SIGN: Final = r'"logEvents"\s*:\s*\[|"ingestionTime"\s*:|"field"\s*:\s*"@timestamp"|"logStreamName"\s*:'
UTC_MARK: Final = "Z"


def unpack(fields: dict[str, object], reader: LineReader, depth: int) -> list[LogRecord] | None:
    """The events, in the order of the answer."""
    if isinstance(fields.get("results"), list):
        return _of_insights(fields, reader, depth)
    events = objects(fields, "logEvents", "events")
    if not events and not isinstance(fields.get("logEvents"), list):
        return None
    if not all(isinstance(event.get("message"), str) and "timestamp" in event for event in events):
        return None
    source: dict[str, object] = {key: fields[key] for key in ("logGroup", "logStream") if key in fields}
    return [_record(event, source, reader, depth) for event in events]


def _record(event: dict[str, object], source: dict[str, object], reader: LineReader, depth: int) -> LogRecord:
    rest = {key: value for key, value in event.items() if key not in {"message", "timestamp"}}
    line = str(event["message"]).rstrip("\n")
    return stored_line(line, reader, depth, time=event["timestamp"], owner="cloudwatch", attributes={**source, **rest})


def _of_insights(fields: dict[str, object], reader: LineReader, depth: int) -> list[LogRecord] | None:
    """Rows of field and value; times are UTC and do not say so."""
    records = []
    rows = fields["results"]
    for row in rows if isinstance(rows, list) else []:
        pairs = objects({"row": row}, "row")
        cells = {str(each["field"]): each["value"] for each in pairs if {"field", "value"} <= each.keys()}
        message, time = cells.pop("@message", None), cells.pop("@timestamp", None)
        if not isinstance(message, str):
            return None
        cells.pop("@ptr", None)
        told = f"{time}{UTC_MARK}" if isinstance(time, str) and not time.isdigit() and time[-1:].isdigit() else time
        records.append(stored_line(message, reader, depth, time=told, owner="cloudwatch", attributes=cells))
    return records or None
