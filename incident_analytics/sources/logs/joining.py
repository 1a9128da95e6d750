"""Lines into records: each line's format is detected on its own, and stack traces join their record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from incident_analytics.sources.logs.flavours import DOCKER
from incident_analytics.sources.logs.json_line import JsonReader, decoded_object
from incident_analytics.sources.logs.record import PLAIN, UNREADABLE, LogRecord
from incident_analytics.sources.logs.severity import ANSI_COLOUR
from incident_analytics.sources.logs.text_line import TextReader, is_start_of_another_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incident_analytics.sources.logs.times import TimeReader

# What may follow a record as its continuation.
_Follows: TypeAlias = Literal["nothing", "indented", "anything"]

MOST_JOINED_LINES: Final = 5_000
MOST_NOISE: Final = 0.2
DEEPEST_WRAPPING: Final = 3

_NOISE: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_NOISE_SAMPLE: Final = 4_096
_CONTINUATION: Final = re.compile(r"[ \t]|Caused by: |\.\.\. \d+ more|[})\]]")


def is_noise(line: str) -> bool:
    r"""Whether more than a fifth of a line is neither text nor white space.

    >>> is_noise("\x00\x01\x02 a"), is_noise("charge ok")
    (True, False)
    """
    if line.isprintable() and "\ufffd" not in line:
        return False
    sample = line[:_NOISE_SAMPLE]
    return len(_NOISE.findall(sample)) > MOST_NOISE * len(sample)


class LineReader:
    """Detects the format of a line and reads it.

    Args:
        times: Reads the times.
    """

    def __init__(self, times: TimeReader) -> None:
        self.json = JsonReader(times)
        self.text = TextReader(times, self.json)

    def start(self, line: str, depth: int = 0) -> tuple[LogRecord, _Follows] | None:
        """The record that begins on this line and what may continue it, or None where none begins."""
        if line.startswith("{"):
            fields = decoded_object(line)
            if fields is not None:
                return self._of_fields(fields, line, depth), "nothing"
            if line.startswith('{"'):
                return LogRecord(UNREADABLE), "nothing"
        record = self.text.start(line)
        if record is not None:
            return record, "anything"
        if is_noise(line):
            return LogRecord(UNREADABLE), "nothing"
        if is_start_of_another_format(line):
            return self._plain(line), "indented"
        return None

    def whole(self, text: str, depth: int = 0) -> LogRecord:
        """The record a text holds that came in a wrapper, such as a cell of a table."""
        found = self.start(text.strip("\r\n"), depth)
        return self._plain(text) if found is None else found[0]

    def plain(self, line: str) -> tuple[LogRecord, _Follows]:
        """A record of text that shows neither time nor level."""
        return self._plain(line), "indented"

    def _plain(self, line: str) -> LogRecord:
        return LogRecord(PLAIN, message=ANSI_COLOUR.sub("", line).strip())

    def _of_fields(self, fields: dict[str, object], line: str, depth: int) -> LogRecord:
        record = self.json.record(fields)
        if record.format == DOCKER and depth < DEEPEST_WRAPPING:
            inner = self.whole(record.message or "", depth + 1)
            if inner.timestamp is None or inner.zone_assumed:
                inner.timestamp, inner.zone_assumed = record.timestamp, record.zone_assumed
            add_attributes(inner, record.attributes, "docker")
            return inner
        if record.message is None and record.format == "json":
            record.message = line  # a line of an unknown make is its own message
        return record


def add_attributes(record: LogRecord, attributes: dict[str, object], owner: str) -> None:
    """Adds what a wrapper says; where the record has the same key, the wrapper's gets its owner's name in front."""
    for key, value in attributes.items():
        record.attributes[f"{owner}.{key}" if key in record.attributes else key] = value


class Joiner:
    """Collects lines into records.

    A record of text goes on until the next line that begins one. After a plain line only indented lines and
    closing brackets join. Nothing joins a JSON line: text between JSON lines is kept as records of its own.
    Blank lines belong to the record around them, or to none.

    Args:
        reader: Detects formats.
    """

    def __init__(self, reader: LineReader) -> None:
        self.reader = reader
        self._record: LogRecord | None = None
        self._follows: _Follows = "nothing"
        self._more: list[str] = []

    def push(self, number: int, line: str) -> LogRecord | None:
        """Takes the next line; gives the record before it where that is complete now."""
        bare = line if line[:1] == "{" and line[-1] == "}" else line.strip("\0").strip()
        if not bare:
            if "\0" not in line:
                if self._follows != "nothing":
                    self._more.append(line)
                return None
            bare = line
        # An indented line continues the text before it, whatever it looks like.
        is_inside = self._follows != "nothing" and line[:1] in {" ", "\t"}
        found = None if is_inside else self.reader.start(bare)
        if found is None:
            if self._may_join(line):
                self._more.append(line)
                return None
            found = self.reader.start(bare) or self.reader.plain(line)
        complete = self.close()
        self._record, self._follows = found
        self._record.raw, self._record.line = line, number
        return complete

    def close(self) -> LogRecord | None:
        """Ends the record at hand and gives it; nothing that comes later joins it."""
        record, more = self._record, self._more
        self._record, self._follows, self._more = None, "nothing", []
        if record is None:
            return None
        while more and not more[-1].strip():
            more.pop()
        if more:
            tail = "\n".join(more)
            record.raw = f"{record.raw}\n{tail}"
            record.message = f"{record.message or ''}\n{ANSI_COLOUR.sub('', tail)}".strip()
        return record

    def _may_join(self, line: str) -> bool:
        if self._follows == "nothing" or len(self._more) >= MOST_JOINED_LINES or is_noise(line):
            return False
        return self._follows == "anything" or _CONTINUATION.match(line) is not None


def joined(lines: Iterable[tuple[int, str]], reader: LineReader) -> Iterator[LogRecord]:
    """The records of numbered lines."""
    joiner = Joiner(reader)
    for number, line in lines:
        record = joiner.push(number, line)
        if record is not None:
            yield record
    last = joiner.close()
    if last is not None:
        yield last
