"""Loki: the answer of query_range with its streams, and logcli's JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.envelopes.parts import objects, stored_line

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader
    from incident_analytics.sources.logs.record import LogRecord

KEYS: Final = frozenset({"data", "streams", "labels"})
SIGN: Final = r'"resultType"\s*:\s*"streams"|"streams"\s*:\s*\[\s*\{\s*"stream"'

_LEVELS: Final = ("level", "detected_level", "severity")
_SERVICES: Final = ("service_name", "service", "app", "container", "job")
_SHORTEST_ENTRY: Final = 2


def unpack(fields: dict[str, object], reader: LineReader, depth: int) -> list[LogRecord] | None:
    """The lines of every stream, in the order of the answer (newest first by default)."""
    if "line" in fields:
        return _of_logcli(fields, reader, depth)
    if fields.keys().isdisjoint({"data", "streams"}):
        return None
    data = fields.get("data") if "data" in fields else fields
    if not isinstance(data, dict) or ("data" in fields and data.get("resultType") != "streams"):
        return None
    streams = objects(data, "result", "streams")
    if "data" not in fields and not all("stream" in each and "values" in each for each in streams):
        return None
    records = []
    for stream in streams:
        labels = stream.get("stream")
        values = stream.get("values")
        for entry in values if isinstance(values, list) else []:
            if isinstance(entry, list) and len(entry) >= _SHORTEST_ENTRY and isinstance(entry[1], str):
                more = entry[2] if len(entry) > _SHORTEST_ENTRY and isinstance(entry[2], dict) else {}
                known = {**(labels if isinstance(labels, dict) else {}), **more}
                records.append(_record(entry[0], entry[1], known, reader, depth))
    return records


def _of_logcli(fields: dict[str, object], reader: LineReader, depth: int) -> list[LogRecord] | None:
    labels, line, time = fields.get("labels"), fields.get("line"), fields.get("timestamp")
    if not isinstance(labels, dict) or not isinstance(line, str) or fields.keys() - {"labels", "line", "timestamp"}:
        return None
    return [_record(time, line, labels, reader, depth)]


def _record(time: object, line: str, known: dict[str, object], reader: LineReader, depth: int) -> LogRecord:
    level = next((known[name] for name in _LEVELS if name in known), None)
    service = next((known[name] for name in _SERVICES if name in known), None)
    return stored_line(line, reader, depth, time=time, owner="loki", attributes=known, level=level, service=service)
