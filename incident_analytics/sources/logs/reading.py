"""Log files of every kind as one frame in the columns of the OpenTelemetry log data model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polars as pl
from polars.io.plugins import register_io_source

from incident_analytics.errors import ParameterError
from incident_analytics.model.zones import zone_named
from incident_analytics.sources.evidence_text import relative_name
from incident_analytics.sources.logs.log_file import LogFile
from incident_analytics.sources.logs.record import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo
    from pathlib import Path

    from incident_analytics.model.measurement import Finding
    from incident_analytics.sources.ledger import FileReading
    from incident_analytics.sources.logs.prefilter import Wanted

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
    files = [LogFile(path, _printable(relative_name(path, root)), local, around, wanted) for path in paths]
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


def _printable(name: str) -> str:
    """The name with U+FFFD for bytes that are not UTF-8, as file systems allow them."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _rereading(files: Sequence[LogFile]) -> pl.LazyFrame:
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
