"""A CSV of log records: a header that names a time and a message, and a record in each message cell."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.joining import LineReader, add_attributes
from incident_analytics.sources.logs.record import UNREADABLE, LogRecord
from incident_analytics.sources.logs.severity import severity_of_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from incident_analytics.sources.logs.times import TimeReader

# Names of columns without case, spaces, dots and underscores; the first that a header has is taken.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "time": ("@timestamp", "timestamp", "time", "datetime", "date", "ts", "timeunixnano"),
    "message": ("@message", "message", "msg", "log", "line", "body"),
    "level": ("level", "severity", "loglevel", "severitytext", "levelname"),
    "service": ("service", "servicename", "podname", "pod", "app", "container", "logger"),
    "trace": ("traceid",),
    "span": ("spanid",),
    "user": ("userid", "customerid", "uid"),
}
_PODS: Final = frozenset({"podname", "pod"})
_POD_SUFFIX: Final = re.compile(r"-[0-9a-z]{5,10}-[0-9a-z]{5}$")  # the hashes of a replica set and of its pod
_NAIVE: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?")
_DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True, slots=True)
class TableHeader:
    """A header whose columns are known.

    Args:
        delimiter: What separates the cells.
        names: The columns as written.
        roles: The position of each known column: time, message and perhaps level, service, trace, span, user.
        fewest: How many cells a row may have at least, where older versions write fewer; all by default.
        is_written: Whether the file's first line is the header.
        written_by: The format of the rows, where their messages are not lines of a log themselves.
        severity: The severity number of a cell of the level.
    """

    delimiter: str
    names: tuple[str, ...]
    roles: dict[str, int] = field(default_factory=dict)
    fewest: int = 0
    is_written: bool = True
    written_by: str = ""
    severity: Callable[[str], int | None] = severity_of_word

    def fits(self, cells: int) -> bool:
        """Whether a row may have so many cells."""
        return (self.fewest or len(self.names)) <= cells <= len(self.names)


def _plain_name(name: str) -> str:
    return re.sub(r"[\s._]", "", name).lower()


def log_header(line: str) -> TableHeader | None:
    """The header of a log table, or None where the line does not name both a time and a message.

    >>> log_header("Date,Host,Service,Message").roles
    {'time': 0, 'message': 3, 'service': 2}
    """
    delimiter = max(_DELIMITERS, key=line.count)
    if line.count(delimiter) == 0:
        return None
    try:
        names = tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter)))
    except csv.Error:
        return None
    plain = [_plain_name(name) for name in names]
    roles = {
        role: plain.index(known)
        for role, candidates in COLUMNS.items()
        for known in [next((name for name in candidates if name in plain), None)]
        if known is not None
    }
    return TableHeader(delimiter, names, roles) if {"time", "message"} <= roles.keys() else None


def table_records(
    lines: Iterable[tuple[int, str]], header: TableHeader, reader: LineReader, times: TimeReader
) -> Iterator[LogRecord]:
    """The records of the rows below the header, in the order of the file.

    The table's own time, trace, span and service go before those of the record inside a cell; the columns
    without a role become attributes. A row with more or fewer cells than the header is kept as unreadable.

    Args:
        lines: The lines below the header with their numbers.
        header: What the columns mean.
        reader: Detects the format inside the message cells.
        times: Reads the times.
    """
    taken: list[tuple[int, str]] = []

    def feed() -> Iterator[str]:
        for number, line in lines:
            taken.append((number, line))
            yield f"{line}\n"

    rows = csv.reader(feed(), delimiter=header.delimiter)
    while True:
        taken.clear()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:  # a cell over csv's 128 KiB, mostly a quote that never ends
            cells = []
        if not cells and not any(line.strip() for _, line in taken):
            continue
        record = _record(cells, header, reader, times) if header.fits(len(cells)) else LogRecord(UNREADABLE)
        record.raw = "\n".join(line for _, line in taken)
        record.line = taken[0][0]
        yield record


def _time(written: str, header: TableHeader) -> str:
    """The time; CloudWatch's is UTC and does not say so."""
    is_utc = header.names[header.roles["message"]] == "@message" and _NAIVE.fullmatch(written)
    return f"{written}Z" if is_utc else written


def _record(cells: list[str], header: TableHeader, reader: LineReader, times: TimeReader) -> LogRecord:
    cell = {role: cells[index] for role, index in header.roles.items()}
    used = set(header.roles.values())
    text = cell["message"]
    record = LogRecord(header.written_by, message=text) if header.written_by else reader.whole(text)
    time = times.read(_time(cell["time"], header))
    if time is None:
        used.discard(header.roles["time"])
    else:
        record.timestamp, record.zone_assumed = time
    if level := cell.get("level"):
        record.severity_text, record.severity_number = level, header.severity(level)
    if service := cell.get("service"):
        record.service = service
        if _plain_name(header.names[header.roles["service"]]) in _PODS:
            record.service = _POD_SUFFIX.sub("", service)
            used.discard(header.roles["service"])
    record.trace_id = cell.get("trace") or record.trace_id
    record.span_id = cell.get("span") or record.span_id
    record.user_id = cell.get("user") or record.user_id
    others: dict[str, object] = {
        header.names[index]: text for index, text in enumerate(cells) if index not in used and text
    }
    add_attributes(record, others, "table")
    return record
