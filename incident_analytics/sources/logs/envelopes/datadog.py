"""Datadog: the list of the log search API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.envelopes.parts import objects, stored_line

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader
    from incident_analytics.sources.logs.record import LogRecord

KEYS: Final = frozenset({"data"})
SIGN: Final = r'"type"\s*:\s*"log"'


def unpack(fields: dict[str, object], reader: LineReader, depth: int) -> list[LogRecord] | None:
    """The events, in the order of the answer."""
    events = objects(fields, "data")
    if not events or not all(event.get("type") == "log" for event in events):
        return None
    return [_record(event, reader, depth) for event in events]


def _record(event: dict[str, object], reader: LineReader, depth: int) -> LogRecord:
    told = event.get("attributes")
    told = dict(told) if isinstance(told, dict) else {}
    inner = told.pop("attributes", None)
    message, time, level, service = (told.pop(key, None) for key in ("message", "timestamp", "status", "service"))
    attributes = {**told, **(inner if isinstance(inner, dict) else {}), "id": event.get("id")}
    return stored_line(
        message if isinstance(message, str) else "", reader, depth, time=time, owner="datadog",
        attributes={key: value for key, value in attributes.items() if value is not None}, level=level, service=service,
    )  # fmt: skip
