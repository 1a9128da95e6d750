"""Answers of Prometheus's HTTP API as samples: matrix, and vector and scalar as matrices of one point."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from incident_analytics.errors import SourceError
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.compressed import plain_stem
from incident_analytics.sources.evidence_text import read_evidence, relative_name
from incident_analytics.sources.metrics.frame import FileSamples, no_samples
from incident_analytics.sources.metrics.json_answer import parse_answer
from incident_analytics.sources.metrics.points import Points, as_number
from incident_analytics.sources.metrics.sidecar import read_sidecar

if TYPE_CHECKING:
    from pathlib import Path

READER: Final = "prometheus"
_ENVELOPE = re.compile(rb'^\s*\{\s*"status"\s*:\s*"(?:success|error)"')
_QUERY = re.compile(rb'"(?:resultType|errorType)"\s*:')
_PAIR = 2
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
    points = Points(name, plain_stem(path))
    points.notes.extend(answer.notes)
    points.findings.extend(answer.findings)
    points.refused = answer.refused
    for series in answer.series:
        _add_series(points, series, points.stem)
    return points.samples(READER, sidecar, zone=None)


def _add_series(points: Points, series: dict[str, object], stem: str) -> None:
    metric = series.get("metric")
    labels = {str(key): str(value) for key, value in metric.items()} if isinstance(metric, dict) else {}
    name = labels.pop("__name__", "") or stem
    values = series.get("values", [series["value"]] if "value" in series else None)
    told = values if isinstance(values, list) else []
    columns = _well_formed(told)
    if columns is not None:
        points.add_all(*columns, name, labels)
        told = []
    for point in told:
        seconds, value = point if isinstance(point, list) and len(point) == _PAIR else (None, None)
        if as_number(seconds) is None or value is None:
            points.add_unreadable(point, name, labels, value=value)
        else:
            points.add(as_number(seconds) if isinstance(seconds, str) else seconds, value, name, labels)
    if not isinstance(values, list) or "histograms" in series:
        # A native histogram has no single value to put into a row.
        rest = {key: each for key, each in series.items() if key not in {"metric", "values"}}
        points.add_unreadable(rest, name, labels)


def _well_formed(points: list[object]) -> tuple[list[float], list[float]] | None:
    """Times and values, where every point is a finite number beside a number written as text, as Prometheus does it."""
    pairs = [point for point in points if type(point) is list and len(point) == _PAIR]
    times, values = [at for at, _ in pairs], [value for _, value in pairs]
    if len(pairs) < len(points) or not {*map(type, times)} <= {int, float} or {*map(type, values)} != {str}:
        return None
    try:
        read = [*map(float, times)], [*map(float, values)]
    except (ValueError, OverflowError):
        return None
    # Python reads 1_000 as a thousand, which no metric means.
    return read if all(map(math.isfinite, read[0])) and "_" not in "".join(values) else None
