"""What a text format is: a pattern that tells it, whose named groups are the columns it fills."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from incident_analytics.sources.logs.record import LogRecord
from incident_analytics.sources.logs.severity import severity_of_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from incident_analytics.sources.logs.times import TimeReader

# What may follow a record as its continuation.
Follows: TypeAlias = Literal["nothing", "indented", "anything"]

DIGITS: Final = frozenset("0123456789")
NO_VALUE: Final = "-"
NAMELESS_LOGGERS: Final = frozenset({"__main__", "root"})


@dataclass(frozen=True, slots=True, eq=False)
class TextFormat:
    """One format of log lines.

    The groups ``time``, ``level``, ``message``, ``service``, ``trace``, ``span`` and ``user`` fill the columns; every
    other group is an attribute of its name, and ``logger`` names the service where nothing better does. A lone ``-``
    and an empty group tell nothing. Patterns have no look-around and no back-reference, so that polars reads them too.

    Args:
        name: What the column ``format`` says.
        first: The characters a line of it may begin with.
        pattern: Matches the whole first line of a record, and no line of another format.
        severity: The severity number of what stands in the group ``level``.
        numbers: Attributes that are whole numbers.
        constants: Attributes that every record has.
        level_name: The attribute that the group ``level`` is, where it only implies a severity, as an HTTP status
            does: then ``severity_text`` is null and the attribute ``severity_from`` names it.
        follows: What may follow a record as its continuation.
        finish: Reads what a pattern cannot, such as escaped pairs.
    """

    name: str
    first: frozenset[str]
    pattern: re.Pattern[str]
    severity: Callable[[str], int | None] = severity_of_word
    numbers: frozenset[str] = frozenset()
    constants: Mapping[str, object] = field(default_factory=dict)
    level_name: str = ""
    follows: Follows = "anything"
    finish: Callable[[LogRecord], None] | None = None

    def read(self, line: str, times: TimeReader) -> LogRecord | None:
        """The record that begins on this line, or None where it is of another format."""
        found = self.pattern.fullmatch(line)
        if found is None:
            return None
        groups = {name: text for name, text in found.groupdict().items() if text and text != NO_VALUE}
        record = LogRecord(self.name, message=groups.pop("message", "").strip())
        if not self._timed(record, groups.pop("time", None), times):
            return None
        self._leveled(record, groups.pop("level", None))
        record.service = groups.pop("service", None)
        record.trace_id = groups.pop("trace", None)
        record.span_id = groups.pop("span", None)
        record.user_id = groups.pop("user", None)
        logger = groups.get("logger")
        record.logger = None if logger in NAMELESS_LOGGERS else logger
        record.attributes.update(self.constants)
        for name, text in groups.items():
            record.attributes[name] = int(text) if name in self.numbers else text.strip()
        if self.finish is not None:
            self.finish(record)
        return record

    def _timed(self, record: LogRecord, time: str | None, times: TimeReader) -> bool:
        """Whether the time can be read, where the line tells one."""
        if time is None:
            return True
        read = times.read(time)
        if read is not None:
            record.timestamp, record.zone_assumed = read
        return read is not None

    def _leveled(self, record: LogRecord, level: str | None) -> None:
        if level is None:
            return
        record.severity_number = self.severity(level)
        if not self.level_name:
            record.severity_text = level
            return
        record.attributes[self.level_name] = int(level)
        if record.severity_number is not None:
            record.attributes["severity_from"] = self.level_name


def pattern(text: str) -> re.Pattern[str]:
    """A pattern of a format, written over several lines; ``.`` matches every character."""
    return re.compile(re.sub(r"\n\s*", "", text), re.DOTALL)
