"""Lines into records: each line's format is detected on its own, and stack traces join their record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.containers import Pieces, unwrapped
from incident_analytics.sources.logs.envelopes import MARKS, unpacked
from incident_analytics.sources.logs.flavours import DOCKER
from incident_analytics.sources.logs.formats import read_text
from incident_analytics.sources.logs.formats.logfmt import logfmt_fields
from incident_analytics.sources.logs.json_line import JsonReader, decoded_object
from incident_analytics.sources.logs.record import PLAIN, UNREADABLE, LogRecord
from incident_analytics.sources.logs.severity import ANSI_COLOUR
from incident_analytics.sources.logs.text_line import TextReader, is_start_of_another_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incident_analytics.sources.logs.containers import Wrapped
    from incident_analytics.sources.logs.formats.text_format import Follows
    from incident_analytics.sources.logs.times import TimeReader

MOST_JOINED_LINES: Final = 5_000
MOST_NOISE: Final = 0.2
DEEPEST_WRAPPING: Final = 3
OWN_LEVEL: Final = frozenset({"level", "severity"})

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
        self.times = times
        self.json = JsonReader(times)
        self.text = TextReader(times, self.json)

    def start(self, line: str, depth: int = 0) -> tuple[list[LogRecord], Follows] | None:
        """The records that begin on this line and what may continue the last, or None where none begins."""
        if line.startswith("{"):
            fields = decoded_object(line)
            if fields is not None:
                return self.of_object(fields, line, depth), "nothing"
            if line.startswith('{"'):
                return [LogRecord(UNREADABLE)], "nothing"
        known = self._text(line)
        if known is None:
            return None
        return [known[0]], known[1]

    def _text(self, line: str) -> tuple[LogRecord, Follows] | None:
        known = read_text(line, self.times)
        if known is not None:
            return known[0], known[1].follows
        record = self.text.start(line)
        if record is not None:
            return record, "anything"
        pairs = logfmt_fields(line)
        if pairs is not None:
            return self._of_pairs(pairs, line), "indented"
        if is_noise(line):
            return LogRecord(UNREADABLE), "nothing"
        return (self._plain(line), "indented") if is_start_of_another_format(line) else None

    def whole(self, text: str, depth: int = 0) -> LogRecord:
        """The record a text holds that came in a wrapper, such as a cell of a table."""
        found = self.start(text.strip("\r\n"), depth)
        return self._plain(text) if found is None or not found[0] else found[0][0]

    def plain(self, line: str) -> tuple[list[LogRecord], Follows]:
        """A record of text that shows neither time nor level."""
        return [self._plain(line)], "indented"

    def of_object(self, fields: dict[str, object], line: str, depth: int = 0) -> list[LogRecord]:
        """The record that an object is, or all those that an answer of a log store holds.

        Args:
            fields: The object; it is used up.
            line: The object as it was.
            depth: How many wrappers it came in.
        """
        # An object that has a level is a record itself, whatever else it carries.
        if not MARKS.isdisjoint(fields) and OWN_LEVEL.isdisjoint(fields) and depth < DEEPEST_WRAPPING:
            inner = unpacked(fields, self, depth + 1)
            if inner is not None:
                return inner
        record = self.json.record(fields)
        if record.format == DOCKER and depth < DEEPEST_WRAPPING:
            inner_record = self.whole(record.message or "", depth + 1)
            if inner_record.timestamp is None or inner_record.zone_assumed:
                inner_record.timestamp, inner_record.zone_assumed = record.timestamp, record.zone_assumed
            add_attributes(inner_record, record.attributes, "docker")
            return [inner_record]
        if record.message is None and record.format == "json":
            record.message = line  # a line of an unknown make is its own message
        return [record]

    def _of_pairs(self, fields: dict[str, object], line: str) -> LogRecord:
        if "t" in fields:  # Grafana's time
            fields.setdefault("time", fields.pop("t"))
        record = self.json.record(fields)
        record.format = "logfmt"
        record.message = record.message or line
        return record

    def _plain(self, line: str) -> LogRecord:
        return LogRecord(PLAIN, message=ANSI_COLOUR.sub("", line).strip())


def add_attributes(record: LogRecord, attributes: dict[str, object], owner: str) -> None:
    """Adds what a wrapper says; where the record has the same key, the wrapper's gets its owner's name in front."""
    for key, value in attributes.items():
        record.attributes[f"{owner}.{key}" if key in record.attributes else key] = value


class Joiner:
    """Collects lines into records.

    A record of text goes on until the next line that begins one. After a plain line only indented lines and
    closing brackets join. Nothing joins a JSON line: text between JSON lines is kept as records of its own.
    Blank lines belong to the record around them, or to none. Lines that a container runtime wrapped are
    unwrapped first, and what is inside is joined in the same way.

    Args:
        reader: Detects formats.
    """

    def __init__(self, reader: LineReader) -> None:
        self.reader = reader
        self._records: list[LogRecord] = []
        self._follows: Follows = "nothing"
        self._stream = ""
        self._more: list[str] = []
        self._more_raw: list[str] = []
        self._pieces = Pieces()

    def push(self, number: int, line: str) -> list[LogRecord]:
        """Takes the next line; gives the records before it where they are complete now."""
        wrapped = unwrapped(line)
        if wrapped is None:
            return self._push(number, line, line)
        whole = self._pieces.add(number, line, wrapped)
        return [] if whole is None else self._push(whole.number, whole.text, "\n".join(whole.raws), whole)

    def _push(self, number: int, line: str, raw: str, wrapped: Wrapped | None = None) -> list[LogRecord]:
        bare = line if line[:1] == "{" and line[-1] == "}" else line.strip("\0").strip()
        stream = wrapped.stream if wrapped else ""
        if not bare:
            if "\0" not in line:
                if self._follows != "nothing":
                    self._continue(line, raw)
                return []
            bare = line
        # An indented line continues the text before it, whatever it looks like.
        is_inside = self._follows != "nothing" and line[:1] in {" ", "\t"} and stream == self._stream
        found = None if is_inside else self.reader.start(bare)
        if found is None:
            if stream == self._stream and self._may_join(line):
                self._continue(line, raw)
                return []
            found = self.reader.start(bare) or self.reader.plain(line)
        complete = self._take()
        self._records, self._follows = found
        self._stream = stream
        for record in self._records:
            record.raw, record.line = record.raw or raw, number
            if wrapped is not None:
                wrapped.onto(record, self.reader.times)
        return complete

    def close(self) -> list[LogRecord]:
        """Ends the records at hand and gives them; nothing that comes later joins them."""
        complete = []
        for piece in self._pieces.rest():
            complete += self._push(piece.number, piece.text, "\n".join(piece.raws), piece)
        return complete + self._take()

    def interrupt(self) -> list[LogRecord]:
        """Ends the record at hand and gives it, as a line between that is a record of its own does."""
        return self._take()

    def _take(self) -> list[LogRecord]:
        records, more, more_raw = self._records, self._more, self._more_raw
        self._records, self._follows, self._more, self._more_raw = [], "nothing", [], []
        while more and not more[-1].strip():
            more.pop()
        if more and records:
            record = records[-1]
            record.raw = "\n".join((record.raw, *more_raw[: len(more)]))
            tail = "\n".join(more)
            record.message = f"{record.message or ''}\n{ANSI_COLOUR.sub('', tail)}".strip()
        return records

    def _continue(self, line: str, raw: str) -> None:
        self._more.append(line)
        self._more_raw.append(raw)

    def _may_join(self, line: str) -> bool:
        if self._follows == "nothing" or len(self._more) >= MOST_JOINED_LINES or is_noise(line):
            return False
        return self._follows == "anything" or _CONTINUATION.match(line) is not None


def joined(lines: Iterable[tuple[int, str]], reader: LineReader) -> Iterator[LogRecord]:
    """The records of numbered lines."""
    joiner = Joiner(reader)
    for number, line in lines:
        yield from joiner.push(number, line)
    yield from joiner.close()
