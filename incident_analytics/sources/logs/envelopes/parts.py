"""Parts that answers of log stores are made of: lists of objects, texts, and a line with what its store says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.sources.logs.record import PLAIN, LogRecord, as_json
from incident_analytics.sources.logs.severity import severity_of_word

if TYPE_CHECKING:
    from incident_analytics.sources.logs.joining import LineReader


def objects(owner: object, *names: str) -> list[dict[str, object]]:
    """The objects in the list under the first of these names that there is."""
    if not isinstance(owner, dict):
        return []
    found: list[object] = next((owner[name] for name in names if isinstance(owner.get(name), list)), [])
    return [each for each in found if isinstance(each, dict)]


def text_of(value: object) -> str | None:
    """A text that says something, or None."""
    return value if isinstance(value, str) and value else None


def stored_line(  # noqa: PLR0913 -- one keyword for each thing that a store knows of a line
    line: str,
    reader: LineReader,
    depth: int,
    *,
    time: object,
    owner: str,
    attributes: dict[str, object],
    level: object = None,
    service: object = None,
) -> LogRecord:
    """The record of a line that a store keeps as text: the line's own format goes first, then what the store says.

    Args:
        line: The line.
        reader: Detects its format.
        depth: How many wrappers it came in.
        time: The store's time of it, which is taken where the line tells none, or none for certain.
        owner: Who stores it; stands before an attribute that the line has too, and is the format of plain lines.
        attributes: What else the store says.
        level: The store's level of it, for lines without one.
        service: The store's name of who wrote it, for lines without one.
    """
    record = reader.whole(line, depth)
    record.raw = line
    if record.format == PLAIN:
        record.format = owner
    if record.timestamp is None or record.zone_assumed:
        read = reader.times.read(time)
        if read is not None:
            record.timestamp, record.zone_assumed = read
    if record.severity_number is None and isinstance(level, str) and level:
        record.severity_text, record.severity_number = level, severity_of_word(level)
    record.service = record.service or text_of(service)
    for key, value in attributes.items():
        record.attributes[f"{owner}.{key}" if key in record.attributes else key] = value
    return record


def stored_object(fields: dict[str, object], reader: LineReader, depth: int) -> LogRecord:
    """The record of an object that a store keeps, as its flavour reads it."""
    raw = as_json(fields)
    record = next(iter(reader.of_object(fields, raw, depth)), None) or LogRecord("json", message=raw)
    record.raw = raw
    return record


def stored_objects(fields: dict[str, object], reader: LineReader) -> list[LogRecord]:
    """The records of one object of a list: its own, or those that it holds."""
    raw = as_json(fields)
    found = reader.of_object(fields, raw) or [LogRecord("json", message=raw)]
    for record in found:
        record.raw = record.raw if len(found) > 1 and record.raw else raw
    return found
