"""Formats of text lines, one entry each: how it is recognised, and which part of the line fills which column.

What comes in: one line. What goes out: the record that begins on it, or None. A new format is a `TextFormat` in the
module of its family and its name in that module's ``FORMATS``; nothing else knows the formats one by one.
Patterns exclude each other, so their order does not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.formats import applications, databases, syslog, web_servers
from incident_analytics.sources.logs.formats.text_format import TextFormat

if TYPE_CHECKING:
    from incident_analytics.sources.logs.record import LogRecord
    from incident_analytics.sources.logs.times import TimeReader

FORMATS: Final = (*web_servers.FORMATS, *syslog.FORMATS, *databases.FORMATS, *applications.FORMATS)

# Patterns see this much of a line; what is behind it belongs to the message.
LONGEST: Final = 4_096

_OF_FIRST: Final[dict[str, tuple[TextFormat, ...]]] = {
    first: tuple(each for each in FORMATS if first in each.first)
    for first in frozenset().union(*(each.first for each in FORMATS))
}


def read_text(line: str, times: TimeReader) -> tuple[LogRecord, TextFormat] | None:
    """The record that begins on this line by the first format that fits, and that format."""
    head, tail = line[:LONGEST], line[LONGEST:]
    for each in _OF_FIRST.get(line[:1], ()):
        record = each.read(head, times)
        if record is not None:
            record.message = f"{record.message}{tail}"
            return record, each
    return None


__all__ = ["FORMATS", "LONGEST", "TextFormat", "read_text"]
