"""The points of one file, column by column, as its reader meets them; then the frame and the line of the ledger."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import polars as pl

from incident_analytics.errors import shortened
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.metrics.frame import SAMPLE_SCHEMA, FileSamples, clean, labels_json, with_span
from incident_analytics.sources.metrics.times import read_epoch_numbers, read_times
from incident_analytics.sources.metrics.units import unit_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incident_analytics.model.measurement import Level
    from incident_analytics.sources.metrics.sidecar import Sidecar

EXPECTED_PAIR = "a time and a number"


def as_number(written: object) -> float | None:
    """A number as JSON or text tell it, ``NaN`` and infinities included; None where it is none.

    >>> as_number("+Inf"), as_number("1_000"), as_number(True)
    (inf, None, None)
    """
    if isinstance(written, bool) or not isinstance(written, (int, float, str)) or "_" in str(written):
        return None
    try:
        return float(written)
    except (ValueError, OverflowError):
        return None


@dataclass(slots=True)
class Points:
    """The points of one file; grows while it is read.

    Args:
        name: The file relative to the bundle.
        stem: What to call a metric that nothing names.
        times: Epochs as numbers, or times as written; None where there is none.
        values: Null where a value is missing or cannot be read.
        metrics: The metric of each point.
        labels: Its labels as JSON.
        units: Its unit, where the file tells it.
        lines: Its line; None for JSON.
        unreadable: How many could not be read.
        refused: How many parts of the file gave no point at all and could not be read.
        missing: How many values the file says are missing.
        timeless: How many points have no time in the file.
        first_bad: What stood where the first could not be read.
        first_bad_line: Its line.
        notes: What to know, for the ledger.
        findings: What is doubtful.
        known: Labels that were met, as JSON.
    """

    name: str
    stem: str
    times: list[float | str | None] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    metrics: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    units: list[str | None] = field(default_factory=list)
    lines: list[int | None] = field(default_factory=list)
    unreadable: int = 0
    refused: int = 0
    missing: int = 0
    timeless: int = 0
    first_bad: str = ""
    first_bad_line: int | None = None
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    known: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)

    def add(
        self,
        at: object,
        value: object,
        metric: str,
        labels: Mapping[str, str],
        *,
        unit: str | None = None,
        line: int | None = None,
    ) -> None:
        """Remember a point; a null value is missing, one that is no number cannot be read."""
        number = as_number(value)
        when = at if isinstance(at, str) else as_number(at)
        if isinstance(when, float) and not math.isfinite(when):
            when = None
        if at is None and number is not None:
            self.timeless += 1
        elif when is None or (number is None and value is not None):
            self._bad([at, value], line)
        elif value is None:
            self.missing += 1
        self._append(when, number, metric, self._as_json(labels))
        self.units.append(unit)
        self.lines.append(line)

    def add_all(self, times: list[float], values: list[float], metric: str, labels: Mapping[str, str]) -> None:
        """Remember points of one series that are known to be finite times and numbers, as `add` does one by one."""
        count = len(times)
        self.times += times
        self.values += values
        self.metrics += [clean(metric) or self.stem] * count
        self.labels += [self._as_json(labels)] * count
        self.units += [None] * count
        self.lines += [None] * count

    def add_unreadable(self, seen: object, metric: str, labels: Mapping[str, str], *, value: object = None) -> None:
        """Remember that something stood where a point should; its row stays, with its value where that is one."""
        self._bad(seen, None)
        self._append(None, as_number(value), metric, self._as_json(labels))
        self.units.append(None)
        self.lines.append(None)

    def refuse(self, seen: object, line: int | None = None) -> None:
        """Count something that gave no point."""
        self.refused += 1
        self._remember(seen, line)

    def find(self, rule: str, level: Level, message: str, *, seen: str = "", line: int | None = None) -> None:
        """Remember a finding, which is a note of the ledger too."""
        self.findings.append(Finding(rule, level, message, Place(self.name, line), seen=seen))
        self.notes.append(message)

    def report(self, findings: Sequence[Finding]) -> None:
        """Remember findings, each a note of the ledger too."""
        self.findings.extend(findings)
        self.notes.extend(finding.message for finding in findings)

    def _append(self, when: float | str | None, value: float | None, metric: str, labels: str) -> None:
        self.times.append(when)
        self.values.append(value)
        self.metrics.append(clean(metric) or self.stem)
        self.labels.append(labels)

    def _as_json(self, labels: Mapping[str, str]) -> str:
        key = tuple(labels.items())
        if key not in self.known:
            self.known[key] = labels_json({clean(name): clean(each) for name, each in key})
        return self.known[key]

    def _bad(self, seen: object, line: int | None) -> None:
        self.unreadable += 1
        self._remember(seen, line)

    def _remember(self, seen: object, line: int | None) -> None:
        if not self.first_bad:
            self.first_bad = clean(shortened(seen if isinstance(seen, str) else json.dumps(seen, default=str)))
            self.first_bad_line = line

    def samples(self, reader: str, sidecar: Sidecar, *, zone: str | None) -> FileSamples:
        """The points as a frame, with the file's line of the ledger and its findings."""
        frame = self._frame(reader, sidecar, zone or "UTC")
        undated = frame["timestamp"].null_count() - self.times.count(None)
        if undated:
            self.find("unreadable-time", "warning", f"{undated} of {frame.height} times cannot be read.")
        reading = FileReading(
            self.name,
            "metrics",
            reader,
            rows=frame.height + self.refused,
            unreadable=self.unreadable + self.refused + undated,
            notes=(*self.notes, *self._counted(), *sidecar.notes),
        )
        findings = (*self.findings, *self._doubts(), *sidecar.findings)
        return FileSamples(frame, with_span(reading, frame), findings)

    def _frame(self, reader: str, sidecar: Sidecar, zone: str) -> pl.DataFrame:
        known = {metric: sidecar.unit or unit_of(metric) for metric in set(self.metrics)}
        columns = {
            "timestamp": _instants(self.times, zone),
            "metric": self.metrics,
            "labels": self.labels,
            "value": self.values,
            "unit": [unit or known[metric] for unit, metric in zip(self.units, self.metrics, strict=True)],
            "line": self.lines,
        }
        frame = pl.DataFrame(columns, schema_overrides={key: SAMPLE_SCHEMA[key] for key in columns})
        return frame.with_columns(
            pl.lit(reader).alias("source"),
            pl.lit(sidecar.query, dtype=pl.String).alias("query"),
            pl.lit(self.name).alias("file"),
        ).select(SAMPLE_SCHEMA.names())

    def _counted(self) -> tuple[str, ...]:
        return (f"{self.missing} values are missing",) if self.missing else ()

    def _doubts(self) -> tuple[Finding, ...]:
        doubts = []
        if self.unreadable or self.refused:
            count, whole = self.unreadable + self.refused, len(self.times) + self.refused
            kept = "they are counted" if self.refused else "they are kept as missing"
            message = f"{count} of {whole} samples cannot be read; {kept}."
            place = Place(self.name, self.first_bad_line)
            doubts.append(Finding("unreadable-sample", "warning", message, place, self.first_bad, EXPECTED_PAIR))
        if self.timeless:
            message = f"{self.timeless} of {len(self.times)} samples carry no time, so nothing tells when they were."
            doubts.append(Finding("time-unknown", "info", message, Place(self.name)))
        return tuple(doubts)


def _instants(times: list[float | str | None], zone: str) -> pl.Series:
    if str not in map(type, times):
        return read_epoch_numbers(cast("list[float | None]", times))
    return read_times([_written(at) for at in times], zone=zone).at


def _written(at: float | str | None) -> str:
    if at is None:
        return ""
    return at if isinstance(at, str) else str(int(at)) if at.is_integer() else repr(at)
