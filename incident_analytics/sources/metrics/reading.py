"""Files of metrics in, one long frame of samples out, with an account of each file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from glob import escape
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.errors import ParameterError
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.model.zones import zone_named
from incident_analytics.sources.compressed import decompressed_head, plain_name, plain_stem
from incident_analytics.sources.evidence_text import relative_name
from incident_analytics.sources.metrics import csv_samples, formats, prometheus, sidecar
from incident_analytics.sources.metrics.csv_frame import settle_csv
from incident_analytics.sources.metrics.far_off import checked_times
from incident_analytics.sources.metrics.frame import SAMPLE_SCHEMA, FileSamples, no_samples
from incident_analytics.sources.metrics.series_order import checked_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from incident_analytics.sources.ledger import FileReading
    from incident_analytics.sources.metrics.two_clocks import Span

_HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class SampleReading:
    """What the files of metrics gave.

    Args:
        frame: One row a sample, in the columns of ``SAMPLE_SCHEMA``, files in order of their names.
        files: One line of the ledger a file.
        findings: What is doubtful.
    """

    frame: pl.LazyFrame
    files: tuple[FileReading, ...]
    findings: tuple[Finding, ...]


def sniff(head: bytes, name: str) -> float:
    """How surely a file belongs to the metrics, from 0 to 1: an answer, a CSV, or a query kept beside one."""
    plain = decompressed_head(head)
    return max(
        prometheus.sniff(plain, name),
        formats.sniff(plain, name),
        csv_samples.sniff(plain, name),
        sidecar.sniff(plain, name),
    )


def read_samples(
    paths: Iterable[Path],
    *,
    root: Path,
    zone: str | None = None,
    window: tuple[datetime, datetime] | None = None,
) -> SampleReading:
    """The samples of Prometheus answers and CSV files.

    A file that cannot be read gives a finding and a line of the ledger, never an error. Samples far
    outside the window are kept and are a finding. Where a CSV tells its times twice and they disagree,
    the window, or else the span of all the files' undoubted times, says which is right.

    Args:
        paths: The files. Queries kept beside answers (``*.query.yaml``) may be among them.
        root: The bundle's folder; files are named relative to it.
        zone: The zone of times that carry none. None means that none is known: UTC, said so.
        window: When the incident was, aware. None means that it is not known.

    Raises:
        ParameterError: There is no such zone.
    """
    if zone is not None and zone_named(zone) is None:
        raise ParameterError("there is no such zone", expected="an IANA name such as Europe/Berlin", found=zone)
    ordered = sorted(set(paths), key=lambda path: relative_name(path, root))
    parsed = [_parsed(path, root, zone) for path in ordered if not path.name.endswith(sidecar.SUFFIX)]
    plausible = window or _span_of_all(parsed)
    read = [
        settle_csv(each, zone=zone, plausible=plausible) if isinstance(each, csv_samples.ParsedCsv) else each
        for each in parsed
    ]
    read += [_lonely(path, root) for path in ordered if path.name.endswith(sidecar.SUFFIX)]
    read = [checked_order(each) for each in checked_times(read, window)]
    frames = [each.frame for each in read if each.frame.height]
    frame = pl.concat(frames) if frames else SAMPLE_SCHEMA.to_frame()
    return SampleReading(
        frame.lazy(),
        tuple(each.reading for each in read),
        tuple(finding for each in read for finding in each.findings),
    )


def _parsed(path: Path, root: Path, zone: str | None) -> csv_samples.ParsedCsv | FileSamples:
    try:
        with path.open("rb") as file:
            head = decompressed_head(file.read(_HEAD_BYTES))
    except OSError:
        head = b""
    looks_like_json = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}
    if kind := formats.format_of(head, path.name):
        return formats.read_format(path, kind, root=root, zone=zone)
    if looks_like_json or plain_name(path.name).endswith(".json"):
        return prometheus.read_prometheus(path, root=root)
    return csv_samples.parse_csv(path, root=root, zone=zone)


def _span_of_all(parsed: Sequence[csv_samples.ParsedCsv | FileSamples]) -> Span | None:
    spans = []
    for each in parsed:
        if isinstance(each, csv_samples.ParsedCsv):
            span = each.agreed_span
        else:
            first, last = each.reading.first_at, each.reading.last_at
            span = (first, last) if first and last else None
        if span:
            spans.append(span)
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def _lonely(path: Path, root: Path) -> FileSamples:
    """The line of the ledger of a query; a finding where the answer it belongs to is not there."""
    name = relative_name(path, root)
    stem = path.name.removesuffix(sidecar.SUFFIX)
    empty = no_samples(name, reader="query", notes=())
    if any(plain_stem(other) == stem and other != path for other in path.parent.glob(f"{escape(stem)}.*")):
        return empty
    message = f"The query {stem} has no answer beside it."
    return replace(empty, findings=(Finding("query-without-answer", "warning", message, Place(name)),))
