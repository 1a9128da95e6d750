"""Answers of Prometheus's HTTP API as samples: matrix, and vector and scalar as matrices of one point."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.errors import SourceError, shortened
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.evidence_text import read_evidence, relative_name
from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.metrics.frame import (
    SAMPLE_SCHEMA,
    FileSamples,
    clean,
    labels_json,
    no_samples,
    with_span,
)
from incident_analytics.sources.metrics.json_answer import parse_answer
from incident_analytics.sources.metrics.points import as_number
from incident_analytics.sources.metrics.sidecar import Sidecar, read_sidecar
from incident_analytics.sources.metrics.times import read_epoch_numbers
from incident_analytics.sources.metrics.units import unit_of

if TYPE_CHECKING:
    from pathlib import Path

READER: Final = "prometheus"
_ENVELOPE = re.compile(rb'^\s*\{\s*"status"\s*:\s*"(?:success|error)"')
_QUERY = re.compile(rb'"(?:resultType|errorType)"\s*:')
_BARE_SERIES = re.compile(rb'^\s*\[\s*\{\s*"metric"\s*:\s*\{')


def sniff(head: bytes, name: str) -> float:
    """How surely a file is a Prometheus answer, from 0 to 1, by its first bytes.

    >>> sniff(b'{"status":"success","data":{"resultType":"matrix","result":[', "a.json")
    0.95
    """
    del name
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _ENVELOPE.search(text):
        # Prometheus answers /alerts and /rules in the same envelope, without a result type.
        return 0.95 if _QUERY.search(text) else 0.0
    return 0.8 if _BARE_SERIES.search(text) else 0.0


@dataclass(slots=True)
class _Points:
    """The points of one file, column by column, as they are met."""

    seconds: list[float | None] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    metric: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    unreadable: int = 0
    first_bad: str = ""

    def add(self, point: object, metric: str, labels: str) -> None:
        pair = point if isinstance(point, list) and len(point) == 2 else [None, None]  # noqa: PLR2004 -- time, value
        seconds, value = as_number(pair[0]), as_number(pair[1])
        self.seconds.append(seconds)
        self.values.append(value)
        self.metric.append(metric)
        self.labels.append(labels)
        if seconds is None or value is None or not math.isfinite(seconds):
            self.unreadable += 1
            self.first_bad = self.first_bad or clean(shortened(json.dumps(point)))


def read_prometheus(path: Path, *, root: Path) -> FileSamples:
    """The samples of one answer.

    A series without a name takes the file's stem. ``NaN`` and infinities are values and stay. An
    error answer, an empty one and one that is broken give no samples, a note and a finding.

    Args:
        path: The file.
        root: The bundle's folder.
    """
    name = relative_name(path, root)
    sidecar = read_sidecar(path, root=root)
    try:
        answer = parse_answer(read_evidence(path, name), name)
    except SourceError as error:
        finding = Finding("unreadable-file", "error", f"{error.message[:1].upper()}{error.message[1:]}.", Place(name))
        broken = no_samples(name, reader=READER, notes=(error.message,), unreadable=1)
        return FileSamples(broken.frame, broken.reading, (finding, *sidecar.findings))
    points = _Points()
    for series in answer.series:
        _add_series(points, series, path.stem)
    frame = _frame(points, sidecar, name)
    reading = FileReading(
        name,
        "metrics",
        READER,
        rows=frame.height + answer.refused,
        unreadable=points.unreadable + answer.refused,
        notes=(*answer.notes, *sidecar.notes),
    )
    findings = (*answer.findings, *_bad_points(points, name), *sidecar.findings)
    return FileSamples(frame, with_span(reading, frame), findings)


def _add_series(points: _Points, series: dict[str, object], stem: str) -> None:
    metric = series.get("metric")
    written = {clean(str(key)): clean(str(value)) for key, value in metric.items()} if isinstance(metric, dict) else {}
    name = written.pop("__name__", "") or stem
    labels = labels_json(written)
    values = series.get("values", [series["value"]] if "value" in series else None)
    if isinstance(values, list):
        for point in values:
            points.add(point, name, labels)
    if not isinstance(values, list) or "histograms" in series:
        # A native histogram has no single value to put into a row.
        points.add({key: each for key, each in series.items() if key not in {"metric", "values"}}, name, labels)


def _frame(points: _Points, sidecar: Sidecar, name: str) -> pl.DataFrame:
    units = {metric: sidecar.unit or unit_of(metric) for metric in set(points.metric)}
    columns = {
        "timestamp": read_epoch_numbers(points.seconds),
        "metric": points.metric,
        "labels": points.labels,
        "value": points.values,
        "unit": [units[metric] for metric in points.metric],
    }
    frame = pl.DataFrame(columns, schema_overrides={key: SAMPLE_SCHEMA[key] for key in columns})
    return frame.with_columns(
        pl.lit(READER).alias("source"),
        pl.lit(sidecar.query, dtype=pl.String).alias("query"),
        pl.lit(name).alias("file"),
        pl.lit(None, dtype=pl.Int64).alias("line"),
    ).select(SAMPLE_SCHEMA.names())


def _bad_points(points: _Points, name: str) -> tuple[Finding, ...]:
    if not points.unreadable:
        return ()
    return (
        Finding(
            "unreadable-sample",
            "warning",
            f"{points.unreadable} of {len(points.seconds)} samples cannot be read; they are kept as missing.",
            Place(name),
            seen=points.first_bad,
            expected="a pair of seconds and a number",
        ),
    )
