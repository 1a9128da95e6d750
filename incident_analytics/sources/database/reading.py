"""Files of database state in, frames of sessions, locks, counts and settings out, with an account of each file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.errors import ParameterError, SourceError, shortened
from incident_analytics.model.instants import ZoneRules
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.model.zones import zone_named
from incident_analytics.sources.database.findings import about_capture, about_cells, about_rows, about_times
from incident_analytics.sources.database.frames import SCHEMAS
from incident_analytics.sources.database.redaction import redacted_query
from incident_analytics.sources.database.rows import ROWS
from incident_analytics.sources.database.shapes import FrameName, shape_of
from incident_analytics.sources.database.snapshot import Snapshot, take_snapshot
from incident_analytics.sources.database.tables import table_of
from incident_analytics.sources.database.timestamps import TimestampReader
from incident_analytics.sources.evidence_text import about_text, read_evidence, relative_name
from incident_analytics.sources.ledger import FileReading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from incident_analytics.sources.database.rows import Row


@dataclass(frozen=True, slots=True)
class DatabaseReading:
    """What the files of database state gave.

    A session stands once for every file that lists it, so one that runs long is in the rows of
    pg_stat_activity and again in those of the long-running query. An empty cell is null: PostgreSQL's
    CSV tells nothing and the empty text apart by quotes alone.

    Args:
        activity: One row a session and file, in the columns of ``ACTIVITY_SCHEMA``. ``blocked_by`` is null
            where the file does not tell it and empty where nobody blocks.
        locks: One row a lock, in the columns of ``LOCK_SCHEMA``.
        counts: One row a count, in the columns of ``COUNT_SCHEMA``; state and application are null in a total.
        settings: One row a setting of the server, such as max_connections, in the columns of ``SETTING_SCHEMA``.
        files: One line of the ledger a file; its first and last instant are those of the capture.
        findings: What is doubtful.
    """

    activity: pl.DataFrame
    locks: pl.DataFrame
    counts: pl.DataFrame
    settings: pl.DataFrame
    files: tuple[FileReading, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _FileRows:
    """What one file gave."""

    reading: FileReading
    findings: tuple[Finding, ...] = ()
    frame: FrameName | None = None
    rows: tuple[Row, ...] = ()


def read_database(
    paths: Iterable[Path],
    *,
    root: Path,
    zone: str | None = None,
    zones: Mapping[str, str] | None = None,
    redact: bool = False,
) -> DatabaseReading:
    """The sessions, locks and counts of PostgreSQL's answers, saved as CSV, as psql prints them, or as lines of JSON.

    A file that cannot be read gives a finding and a line of the ledger, never an error.

    Args:
        paths: The files.
        root: The bundle's folder; files are named relative to it, and a folder below it may name the capture time.
        zone: The zone of timestamps that carry none. None means that none is known: UTC, said so.
        zones: What zone abbreviations such as EST mean, as an IANA name or an offset.
        redact: Whether literals in the text of queries become ``?``; the ledger says in how many.

    Raises:
        ParameterError: There is no such zone.
    """
    if zone is not None and zone_named(zone) is None:
        raise ParameterError("there is no such zone", expected="an IANA name such as Europe/Berlin", found=zone)
    ordered = sorted(set(paths), key=lambda path: relative_name(path, root))
    read = [_file_rows(path, root, ZoneRules(zone, zones)) for path in ordered]
    if redact:
        read = [_redacted(each) for each in read]
    frames = {
        frame: pl.DataFrame([row for each in read if each.frame == frame for row in each.rows], schema=schema)
        for frame, schema in SCHEMAS.items()
    }
    return DatabaseReading(
        frames["activity"],
        frames["locks"],
        frames["counts"],
        frames["settings"],
        tuple(each.reading for each in read),
        tuple(finding for each in read for finding in each.findings),
    )


def _file_rows(path: Path, root: Path, rules: ZoneRules) -> _FileRows:
    name = relative_name(path, root)
    try:
        evidence = read_evidence(path, name)
    except SourceError as error:
        finding = Finding("unreadable-file", "error", f"{error.message[:1].upper()}{error.message[1:]}.", Place(name))
        return _FileRows(FileReading(name, "database", "", 1, 1, notes=(error.message,)), (finding,))
    table = table_of(evidence.text)
    shape = shape_of(table.header)
    if shape is None:
        rows = len(table.rows) + table.lost
        message = "The table is not read as database state: its header is not one of the answers we know."
        expected = "pg_stat_activity, pg_locks, long_running, blocking, connection_count or pg_settings"
        finding = Finding(
            "not-database", "warning", message, Place(name, 1), shortened(", ".join(table.header)), expected
        )
        return _FileRows(FileReading(name, "database", "", rows, rows, notes=(message,)), (finding,))
    reader = TimestampReader(rules)
    snapshot = take_snapshot(name, table, reader)
    rows_read = tuple(ROWS[shape.frame](snapshot, row) for row in range(len(table.rows)))
    findings = (
        *about_rows(table.broken, name),
        *about_text(evidence, name),
        *about_times(reader, name),
        *about_cells(snapshot),
        *about_capture(snapshot),
    )
    reading = _reading(snapshot, shape.name, reader)
    return _FileRows(reading, findings, shape.frame, rows_read)


def _redacted(each: _FileRows) -> _FileRows:
    # A row that is out of its columns may have a query in any of them.
    findings = tuple(replace(finding, seen=redacted_query(finding.seen)) for finding in each.findings)
    if each.frame != "activity":
        return replace(each, findings=findings, reading=replace(each.reading, redacted=0))
    rows = tuple(
        {**row, "query": redacted_query(query)} if isinstance(query := row["query"], str) else row for row in each.rows
    )
    changed = sum(before["query"] != after["query"] for before, after in zip(each.rows, rows, strict=True))
    note = f"literals were replaced by ? in {changed} of {len(rows)} queries"
    reading = replace(each.reading, notes=(*each.reading.notes, note), redacted=changed)
    return replace(each, rows=rows, findings=findings, reading=reading)


def _reading(snapshot: Snapshot, shape: str, reader: TimestampReader) -> FileReading:
    table = snapshot.table
    bad = {each.line for each in snapshot.problems} | {each.line for each in reader.refused}
    bad |= {each.line for each in table.broken}
    captures = [at for row in range(len(table.rows)) if (at := snapshot.captured_at(row))]
    return FileReading(
        snapshot.name,
        "database",
        shape,
        rows=len(table.rows) + table.lost,
        unreadable=len(bad & set(table.lines)) + table.lost,
        first_at=min(captures, default=None),
        last_at=max(captures, default=None),
        notes=(snapshot.capture.note, *_about_duration(snapshot)),
    )


def _about_duration(snapshot: Snapshot) -> tuple[str, ...]:
    if {"duration", "query_age"} & snapshot.columns.keys():
        return ()
    if "xact_age" in snapshot.columns:
        return ("durations are the age of the transaction (xact_age)",)
    if "query_start" in snapshot.columns:
        return ("durations are the capture time less query_start",)
    return ()
