"""Log files of every kind as one frame in the columns of the OpenTelemetry log data model."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polars as pl
from polars.io.plugins import register_io_source

from incident_analytics.errors import ParameterError
from incident_analytics.model.zones import zone_named
from incident_analytics.sources.evidence_text import relative_name
from incident_analytics.sources.logs.csvlog import csvlog_header
from incident_analytics.sources.logs.documents import MOST_CHARACTERS, document_records, opens_document
from incident_analytics.sources.logs.joining import Joiner, LineReader
from incident_analytics.sources.logs.lines import LineSource
from incident_analytics.sources.logs.prefilter import Wanted, wanted_records
from incident_analytics.sources.logs.record import SCHEMA, frame_of
from incident_analytics.sources.logs.sieve import Block, Sieve, gathered, sifted
from incident_analytics.sources.logs.table import log_header, table_records
from incident_analytics.sources.logs.tally import Tally
from incident_analytics.sources.logs.times import TimeReader
from incident_analytics.sources.logs.uniform import UniformReader
from incident_analytics.sources.logs.uniform_text import UniformTextReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo
    from pathlib import Path

    from incident_analytics.model.measurement import Finding
    from incident_analytics.sources.ledger import FileReading
    from incident_analytics.sources.logs.record import LogRecord

RECORDS_A_FRAME: Final = 5_000
BYTES_KEPT: Final = 512 << 20


@dataclass(frozen=True, slots=True)
class LogReading:
    """What log files say.

    Args:
        frame: One row a record, in the columns of ``SCHEMA``: files in the order given, lines in theirs.
        files: One line of the ledger for each file.
        findings: What is doubtful, file by file.
        left_out: How many lines were not read, since one look told that they are not wanted.
    """

    frame: pl.LazyFrame
    files: tuple[FileReading, ...]
    findings: tuple[Finding, ...]
    left_out: int = 0


def read_logs(
    paths: Sequence[Path],
    *,
    root: Path,
    zone: str | None = None,
    around: datetime | None = None,
    wanted: Sequence[Wanted] = (),
) -> LogReading:
    """The records of log files; every line is in a record, readable or not.

    Each line's format is detected on its own, so one file may mix several. Files are read in pieces: up to
    512 MiB of records stay in memory, past that the frame reads the files again each time it is collected.

    Args:
        paths: The files: JSON lines, text or CSV log tables; plain or compressed with gzip, bzip2, xz or zstd.
        root: The bundle's folder; the column ``file`` is relative to it.
        zone: The zone of times written without one, such as ``Europe/Berlin``. UTC where it is None, and a
            finding says so.
        around: When the records were written, roughly, such as the incident's start: it tells the year of times
            without one. Where it is None, the file's own date does, and a finding says so.
        wanted: Only records that any of these wants; none wants all. Lines of JSON that one look tells to be of
            no such record are not read, so that a large file takes a fraction of the time. The frame holds the same
            rows as that of all records filtered; ledger and findings are of these rows alone.

    Raises:
        SourceError: A file cannot be opened.
        ParameterError: There is no such zone.
    """
    local = _zone(zone)
    files = [_LogFile(path, _printable(relative_name(path, root)), local, around, wanted) for path in paths]
    kept: list[pl.DataFrame] = []
    size = 0
    for file in files:
        for frame in file.frames():
            file.tally.add(frame)
            size += int(frame.estimated_size())
            if size <= BYTES_KEPT:
                kept.append(frame)
            else:
                kept.clear()
    findings = [finding for file in files for finding in file.findings(zone)]
    lazy = _rereading(files) if size > BYTES_KEPT else pl.concat([SCHEMA.to_frame(), *kept]).lazy()
    left_out = sum(file.left_out for file in files)
    return LogReading(lazy, tuple(file.reading() for file in files), tuple(findings), left_out)


def _zone(name: str | None) -> tzinfo:
    zone = UTC if name is None else zone_named(name)
    if zone is None:
        raise ParameterError(
            "no such time zone", expected="a name such as Europe/Berlin or an offset such as +01:00", found=name
        )
    return zone


class _LogFile:
    """One file, its reading and what was noticed on the way."""

    def __init__(
        self, path: Path, name: str, zone: tzinfo, around: datetime | None, wanted: Sequence[Wanted] = ()
    ) -> None:
        self.path = path
        self.wanted = wanted
        self.name = name
        self.zone = zone
        self.around = around or _date_of(path)
        self.is_dated_by_file = around is None
        self.service = _service_of(name)
        self.tally = Tally(name)
        self.is_table = False
        self.left_out = 0
        self.source = LineSource(path)
        self.times = TimeReader(zone, self.around)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The file's records, a bounded piece at a time, in the order of their lines."""
        if not self.wanted:
            yield from self._all_frames()
            return
        is_wanted = wanted_records(self.wanted)
        for frame in self._all_frames():
            yield frame.filter(is_wanted)

    def _all_frames(self) -> Iterator[pl.DataFrame]:
        self.source = LineSource(self.path)
        self.times = TimeReader(self.zone, self.around)
        reader = LineReader(self.times)
        bodies = self.source.bodies()
        first = next(bodies, None)
        if first is None:
            return
        opening = first[0].partition(b"\n")[0].decode(errors="replace").removesuffix("\r")
        if opens_document(opening):
            text = _whole_text(self.source.decoded(body) for body, _ in itertools.chain([first], bodies))
            records = None if text is None else document_records(text, reader)
            if records is not None:
                yield from self._frames_of_rows(iter(records))
                return
            self.source = LineSource(self.path)
            bodies = self.source.bodies()
            first = next(bodies)
        header = log_header(opening) or csvlog_header(opening)
        self.is_table = header is not None
        whole = itertools.chain([first], bodies)
        if header is None:
            yield from self._frames_of_lines(self._blocks(whole), reader)
        else:
            below = itertools.islice(self._numbered(whole), int(header.is_written), None)
            yield from self._frames_of_rows(table_records(below, header, reader, self.times))

    def _numbered(self, bodies: Iterable[tuple[bytes, bool]]) -> Iterator[tuple[int, str]]:
        number = 1
        for body, is_whole in bodies:
            lines = self.source.decoded(body)
            yield from enumerate(lines, number)
            number += len(lines) if is_whole else 0

    def _blocks(self, bodies: Iterable[tuple[bytes, bool]]) -> Iterator[Block]:
        if self.wanted:
            self.left_out = 0
            for block in gathered(sifted(Sieve(self.wanted, self.service, self.source.decoded), bodies)):
                self.left_out += max(0, block.count - block.lines.height)
                yield block
            return
        for body, is_whole in bodies:
            lines = pl.DataFrame({"raw": self.source.decoded(body)}).with_row_index("line").cast({"line": pl.Int64})
            yield Block(lines.height if is_whole else 0, lines)

    def _frames_of_lines(self, blocks: Iterable[Block], reader: LineReader) -> Iterator[pl.DataFrame]:
        uniform = UniformReader(self.name, self.service, self.times)
        uniform_text = UniformTextReader(self.name, self.service, self.times)
        joiner = Joiner(reader)
        number = 1
        for block in blocks:
            lines = block.lines.with_columns(pl.col("line") + number)
            read = uniform.read(lines)
            rest = _without(lines, read)
            text = uniform_text.read(rest)
            rest = _without(rest, text)
            read += text
            records: list[LogRecord] = []
            expected = number
            for line, text in rest.sort("line").iter_rows():
                if line > expected:  # a line that is not here ends the record before it
                    records += joiner.interrupt()
                records += joiner.push(line, text)
                expected = line + 1
            number += block.count
            if expected < number:
                records += joiner.interrupt()
            read.append(self._frame(records))
            yield pl.concat(read).sort("line", maintain_order=True)
        last = joiner.close()
        if last:
            yield self._frame(last)

    def _frames_of_rows(self, records: Iterator[LogRecord]) -> Iterator[pl.DataFrame]:
        while piece := list(itertools.islice(records, RECORDS_A_FRAME)):
            yield self._frame(piece)

    def _frame(self, records: Sequence[LogRecord]) -> pl.DataFrame:
        return frame_of(records, file=self.name, service=self.service)

    def reading(self) -> FileReading:
        return self.tally.reading(self.source, is_table=self.is_table)

    def findings(self, zone: str | None) -> list[Finding]:
        return self.tally.findings(self.source, self.times, zone=zone, is_dated_by_file=self.is_dated_by_file)


def _without(lines: pl.DataFrame, read: list[pl.DataFrame]) -> pl.DataFrame:
    """The lines that are in none of these frames."""
    if not read:
        return lines
    done = pl.concat([each.select("line") for each in read])
    return lines.join(done, on="line", how="anti", maintain_order="left")


def _whole_text(blocks: Iterable[list[str]]) -> str | None:
    """The text of a file, or None where it is too large for one piece."""
    pieces, size = [], 0
    for lines in blocks:
        pieces.append("\n".join(lines))
        size += len(pieces[-1])
        if size > MOST_CHARACTERS:
            return None
    return "\n".join(pieces)


def _date_of(path: Path) -> datetime | None:
    """When a file was last changed."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return None


def _printable(name: str) -> str:
    """The name with U+FFFD for bytes that are not UTF-8, as file systems allow them."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _service_of(name: str) -> str | None:
    """The folder under ``logs/`` that a file lies in.

    >>> _service_of("evidence/logs/payment-api/app.log")
    'payment-api'
    """
    folders = name.split("/")[:-1]
    after = folders[folders.index("logs") + 1 :] if "logs" in folders else []
    return after[0] if after else None


def _rereading(files: Sequence[_LogFile]) -> pl.LazyFrame:
    def frames(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, _batch: int | None
    ) -> Iterator[pl.DataFrame]:
        for file in files:
            for frame in file.frames():
                piece = frame if predicate is None else frame.filter(predicate)
                piece = piece if columns is None else piece.select(columns)
                if rows is not None:
                    piece = piece.head(rows)
                    rows -= piece.height
                yield piece
                if rows == 0:
                    return

    return register_io_source(frames, schema=dict(SCHEMA), is_pure=True)
