"""Record files and bundles as rows of a history; well-formed lines at once, odd ones one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.errors import BundleError, IncidentAnalyticsError, RecordError, SourceError
from incident_analytics.model.measurement import Place
from incident_analytics.sources.bundle import Bundle
from incident_analytics.sources.finding import open_bundle
from incident_analytics.sources.histories.plain_records import read_plain_records
from incident_analytics.sources.histories.schema import empty_history, history_frame, recorded_milestones
from incident_analytics.sources.records.files import read_raw_line, read_raw_records

if TYPE_CHECKING:
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
        if data.startswith(_MARKS[1:]):
            data = data.decode("utf-16", errors="replace").encode()
        lines = data.removeprefix(_MARKS[0]).split(b"\n")
        is_told = self.rows.milestones is not recorded_milestones
        plain = read_plain_records(lines, self.runbook, is_told=is_told)
        tally = self.rows.tally
        tally.rows += plain.frame.height
        tally.zones.update(plain.zones)
        tally.doubts.update(plain.doubts)
        odd: list[Row] = []
        for number in plain.odd:
            odd += self._of_line(lines[number - 1], file, number)
        frame = plain.frame.with_columns(file=pl.lit(file))
        return pl.concat([frame, history_frame(odd, file)]).sort("line", maintain_order=True) if odd else frame

    def of_file(self, path: Path, file: str) -> pl.DataFrame:
        """The incidents of a YAML or JSON file.

        Raises:
            RecordError: The text cannot be read, or holds no record.
            SourceError: It cannot be opened.
        """
        return history_frame([row for raw in read_raw_records(path, where=file) for row in self._of_raw(raw)], file)

    def of_bundle(self, path: Path, file: str) -> pl.DataFrame:
        """The incident of a bundle: a folder or a zip."""
        self.rows.tally.rows += 1
        try:
            bundle = open_bundle(path, runbook=self.runbook) if path.is_file() else Bundle(path, self.runbook)
            file = f"{file}/{bundle.record_file.name}"
            raws = read_raw_records(bundle.record_file, where=file)
            if len(raws) > 1:
                raise BundleError("a bundle holds one incident", where=file, found=f"{len(raws)} records")
        except IncidentAnalyticsError as error:
            self.rows.tally.drop(error.message, 1, [Place(file)])
            return empty_history()
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
