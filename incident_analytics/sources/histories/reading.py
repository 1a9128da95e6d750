"""Reads the inputs of a history one after the other, and puts their rows together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.errors import BundleError, IncidentAnalyticsError, RecordError, SourceError
from incident_analytics.model.measurement import Place
from incident_analytics.sources.histories.as_seen import first_instant, latest_instant
from incident_analytics.sources.histories.ledger import HistoryLedger, Tally, sorted_counts, zone_counts
from incident_analytics.sources.histories.mapped import MappedTable
from incident_analytics.sources.histories.mapping import own_columns
from incident_analytics.sources.histories.merging import last_states
from incident_analytics.sources.histories.record_files import RecordFrames
from incident_analytics.sources.histories.schema import HISTORY_SCHEMA, empty_history
from incident_analytics.sources.histories.single_record import RecordRows
from incident_analytics.sources.histories.tables import Shape, read_table_file
from incident_analytics.sources.ledger import FileReading

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories.inputs import Input
    from incident_analytics.sources.histories.mapping import Mapping
    from incident_analytics.sources.histories.schema import Milestones

_TOLD_BY_ID = "no column is named 'id', and no mapping says which is one"


@dataclass
class HistoryReader:
    """Reads inputs into one frame and one tally.

    Args:
        runbook: What words, zones and currencies mean.
        mapping: What the columns of tables mean; without one they must be named as our fields are.
        milestones: Finds the milestones of a record.
    """

    runbook: Runbook
    mapping: Mapping | None
    milestones: Milestones
    tally: Tally = field(default_factory=Tally)
    records: list[pl.DataFrame] = field(default_factory=list)
    tables: list[pl.DataFrame] = field(default_factory=list)

    def take(self, each: Input) -> None:
        """Reads one input.

        Raises:
            IncidentAnalyticsError: It was named by a person and holds no incidents.
        """
        before, lost = self.tally.rows, sum(counted.count for counted in self.tally.dropped)
        reader = each.path.suffix.removeprefix(".").lower() or "folder"
        notes: tuple[str, ...] = ()
        try:
            if each.kind == "table":
                reader, notes = self._take_table(each)
                frame = self.tables[-1]
            else:
                frame = self._records(each)
                self.records.append(frame)
        except SourceError as error:
            if each.is_named:
                raise error.inside(str(each.path.parent)) from None
            notes = (f"not read: {error.message}",)
            frame = empty_history()
        gone = sum(counted.count for counted in self.tally.dropped) - lost
        rows = self.tally.rows - before
        span = first_instant(frame), latest_instant(frame)
        self.tally.files.append(FileReading(each.name, "incidents", reader, rows, gone, *span, notes=notes))

    def frame(self) -> pl.DataFrame:
        """One row an incident.

        Raises:
            BundleError: Two incidents have one id.
        """
        merged = [last_states(self.tables, self.tally)] if self.tables else []
        frames = [frame for frame in (*self.records, *merged) if frame.height]
        return self._once(pl.concat(frames)) if frames else empty_history()

    def ledger(self) -> HistoryLedger:
        """What was counted."""
        tally = self.tally
        return HistoryLedger(
            files=tuple(tally.files),
            rows=tally.rows,
            merged=tally.merged,
            dropped=tally.dropped,
            unread=tally.unread,
            zones=zone_counts(tally.zones),
            zones_assumed=zone_counts(tally.zones_assumed),
            rows_differ=sorted_counts(tally.rows_differ),
            doubts=sorted_counts(tally.doubts),
        )

    def _records(self, each: Input) -> pl.DataFrame:
        frames = RecordFrames(RecordRows(self.runbook, self.milestones, self.tally))
        if each.kind == "bundle":
            return self._bundle(frames, each)
        try:
            if each.kind == "lines":
                return frames.of_lines(_bytes(each.path, each.name), each.name)
            return frames.of_file(each.path, each.name)
        except RecordError as error:
            raise SourceError(
                error.message, where=error.where, expected=error.expected, found=error.found, nearest=error.nearest
            ) from None

    def _bundle(self, frames: RecordFrames, each: Input) -> pl.DataFrame:
        try:
            return frames.of_bundle(each.path, each.name)
        except IncidentAnalyticsError as error:
            if each.is_named:
                raise
            self.tally.rows += 1
            self.tally.drop(error.message, 1, [Place(each.name)])
            return empty_history()

    def _take_table(self, each: Input) -> tuple[str, tuple[str, ...]]:
        mapping = self.mapping
        shape = Shape(mapping.columns_used, mapping.encoding, mapping.sheet) if mapping else Shape()
        table = read_table_file(each.path, _bytes(each.path, each.name), shape, where=each.name)
        notes = table.notes
        if mapping is None:
            mapping = own_columns(table.frame.columns)
            if mapping is None:
                raise SourceError(_TOLD_BY_ID, where=each.name, expected="a mapping.yaml")
            own = {*HISTORY_SCHEMA, *mapping.columns}
            unused = [name for name in table.frame.columns if name not in own]
            notes += (f"columns not read: {', '.join(unused)}",) if unused else ()
        self.tables.append(MappedTable(table, mapping, self.runbook, self.tally, each.name).frame())
        return table.reader, notes

    def _once(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Each incident once; one that stands word for word in two places is merged.

        Raises:
            BundleError: Two that differ have one id.
        """
        identity = frame["id"].str.to_uppercase()
        if identity.n_unique() == frame.height:
            return frame
        told = frame.with_columns(identity.alias("id")).drop("file", "line")
        kept = frame.filter(told.select(pl.struct(pl.all()).is_first_distinct()).to_series())
        self.tally.merged += frame.height - kept.height
        twice = kept.filter(kept["id"].str.to_uppercase().is_duplicated())
        if twice.height:
            name = twice["id"][0]
            same = twice.filter(twice["id"].str.to_uppercase() == name.upper())
            places = [str(Place(file, line)) for file, line in same.select("file", "line").iter_rows()]
            raise BundleError(
                f"two incidents have the id {name}",
                where=places[0],
                found=" and ".join(places[:2]),
                nearest="give one of them another id",
            )
        return kept


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError("this file cannot be read", where=name, found=error.strerror or str(error)) from None
