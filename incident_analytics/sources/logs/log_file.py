"""One log file: its records a bounded piece at a time, and what was noticed on the way."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.sources.logs.csvlog import csvlog_header
from incident_analytics.sources.logs.documents import MOST_CHARACTERS, document_records, opens_document
from incident_analytics.sources.logs.joining import Joiner, LineReader
from incident_analytics.sources.logs.lines import LineSource
from incident_analytics.sources.logs.prefilter import Wanted, wanted_records
from incident_analytics.sources.logs.record import frame_of
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


class LogFile:
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
        """The file's line of the ledger, once its frames have passed."""
        return self.tally.reading(self.source, is_table=self.is_table)

    def findings(self, zone: str | None) -> list[Finding]:
        """What is doubtful about it."""
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


def _service_of(name: str) -> str | None:
    """The folder under ``logs/`` that a file lies in.

    >>> _service_of("evidence/logs/payment-api/app.log")
    'payment-api'
    """
    folders = name.split("/")[:-1]
    after = folders[folders.index("logs") + 1 :] if "logs" in folders else []
    return after[0] if after else None
