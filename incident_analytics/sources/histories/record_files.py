"""Record files and bundles as rows of a history; well-formed lines at once, odd ones one by one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.errors import BundleError, RecordError, SourceError
from incident_analytics.model.measurement import Place
from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.finding import open_bundle
from incident_analytics.sources.histories.plain_records import read_plain_records
from incident_analytics.sources.histories.schema import empty_history, history_frame, recorded_milestones
from incident_analytics.sources.records.files import read_raw_line, read_raw_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.schema import Row
    from incident_analytics.sources.histories.single_record import RecordRows
    from incident_analytics.sources.records import RawRecord

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class RecordFrames:
    """Reads what holds whole records.

    Args:
        rows: Makes rows of records, and counts.
    """

    rows: RecordRows

    @property
    def runbook(self) -> Runbook:
        """What words, zones and currencies mean."""
        return self.rows.runbook

    def of_lines(self, data: bytes, file: str) -> pl.DataFrame:
        """The incidents of NDJSON, in order of line."""
        lines = byte_lines(data)
        frame, odd = self._plain(lines)
        rows = [row for number in odd for row in self._of_line(lines[number - 1], file, number)]
        return _together(frame.with_columns(file=pl.lit(file)), rows, file)

    def of_file(self, path: Path, file: str) -> pl.DataFrame:
        """The incidents of a YAML or JSON file.

        Raises:
            RecordError: The text cannot be read, or holds no record.
            SourceError: It cannot be opened.
        """
        raws = read_raw_records(path, where=file)
        if path.suffix.lower() != ".json":
            return history_frame([row for raw in raws for row in self._of_raw(raw)], file)
        # What stands beside a wrapper is a doubt that only a record's own reader tells.
        is_alone = [not raw.beside and not raw.hidden for raw in raws]
        lines = [json.dumps(raw.fields).encode() if alone else b"{}" for raw, alone in zip(raws, is_alone, strict=True)]
        frame, odd = self._plain(lines)
        places = pl.Series("line", [None, *(raw.line(()) for raw in raws)], dtype=pl.Int64)
        frame = frame.with_columns(file=pl.lit(file), order=pl.col("line"), line=places.gather(frame["line"]))
        found = [(number, row) for number in odd for row in self._of_raw(raws[number - 1])]
        others = history_frame([row for _, row in found], file)
        others = others.with_columns(order=pl.Series([number for number, _ in found], dtype=pl.Int64))
        return pl.concat([frame.select(others.columns), others]).sort("order", maintain_order=True).drop("order")

    def _plain(self, lines: list[bytes]) -> tuple[pl.DataFrame, list[int]]:
        """The rows of the well-formed records, and the numbers of the others."""
        is_told = self.rows.milestones is not recorded_milestones
        plain = read_plain_records(lines, self.runbook, is_told=is_told)
        tally = self.rows.tally
        tally.rows += plain.frame.height
        tally.zones.update(plain.zones)
        tally.doubts.update(plain.doubts)
        return plain.frame, plain.odd

    def of_bundle(self, path: Path, file: str) -> pl.DataFrame:
        """The incident of a bundle: a folder or a zip.

        Raises:
            IncidentAnalyticsError: It cannot be opened, or its record cannot be read at all.
        """
        bundle = open_bundle(path, runbook=self.runbook) if path.is_file() else Bundle(path, self.runbook)
        file = f"{file}/{bundle.record_file.name}"
        raws = read_raw_records(bundle.record_file, where=file)
        if len(raws) > 1:
            raise BundleError("a bundle holds one incident", where=file, found=f"{len(raws)} records")
        self.rows.tally.rows += 1
        incident = self.rows.incident(raws[0])
        if incident is None:
            return empty_history()
        told = Bundle(bundle.folder, self.runbook, record_file=bundle.record_file, incident=incident)
        try:
            entries = told.timeline
        except SourceError:
            self.rows.tally.lose("timeline.csv", 1, [Place(file)])
            entries = ()
        return history_frame([self.rows.row(incident, entries)], file)

    def _of_line(self, line: bytes, file: str, number: int) -> list[Row]:
        try:
            raws = read_raw_line(line.decode("utf-8"), where=file, number=number)
        except RecordError as error:
            self.rows.tally.rows += 1
            self.rows.drop(error)
            return []
        except UnicodeDecodeError:
            self.rows.tally.rows += 1
            self.rows.tally.drop("this is not text", 1, [Place(file, number)])
            return []
        return [row for raw in raws for row in self._of_raw(raw)]

    def _of_raw(self, raw: RawRecord) -> list[Row]:
        self.rows.tally.rows += 1
        incident = self.rows.incident(raw)
        return [self.rows.row(incident)] if incident is not None else []


def byte_lines(data: bytes) -> list[bytes]:
    """The lines of a file in UTF-8, whatever mark it begins with."""
    if data.startswith(_MARKS[1:]):
        data = data.decode("utf-16", errors="replace").encode()
    return data.removeprefix(_MARKS[0]).split(b"\n")


def _together(frame: pl.DataFrame, rows: Sequence[Row], file: str) -> pl.DataFrame:
    """Well-formed records and odd ones, in order of line."""
    return pl.concat([frame, history_frame(rows, file)]).sort("line", maintain_order=True) if rows else frame
