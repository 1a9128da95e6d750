"""The formats that are read point by point, each recognised by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from incident_analytics.errors import SourceError
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.compressed import plain_stem
from incident_analytics.sources.evidence_text import about_text, read_evidence, relative_name
from incident_analytics.sources.metrics import (
    cloudwatch,
    datadog,
    exposition,
    graphite,
    influxdb,
    otlp,
    promtool,
)
from incident_analytics.sources.metrics.frame import FileSamples, no_samples
from incident_analytics.sources.metrics.points import Points
from incident_analytics.sources.metrics.sidecar import read_sidecar

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.sources.evidence_text import EvidenceText


class Format(Protocol):
    """A module that reads one format."""

    @property
    def READER(self) -> str:  # noqa: N802 -- a constant of the module
        """What the ledger and the samples call it."""

    def sniff(self, head: bytes, name: str) -> float:
        """How surely a file is of it."""

    def fill(self, points: Points, evidence: EvidenceText) -> None:
        """Adds the points of a file's text."""


FORMATS: Final[tuple[Format, ...]] = (cloudwatch, datadog, exposition, graphite, influxdb, otlp, promtool)
_LEAST = 0.5


def format_of(head: bytes, name: str) -> Format | None:
    """The format that a file's first bytes tell, or None."""
    best = max(FORMATS, key=lambda each: each.sniff(head, name))
    return best if best.sniff(head, name) >= _LEAST else None


def sniff(head: bytes, name: str) -> float:
    """How surely a file is of one of the formats, from 0 to 1."""
    return max(each.sniff(head, name) for each in FORMATS)


def read_format(path: Path, kind: Format, *, root: Path, zone: str | None) -> FileSamples:
    """The samples of a file.

    Args:
        path: The file.
        kind: Its format.
        root: The bundle's folder.
        zone: The zone of times that carry none; None where the bundle names none.
    """
    name = relative_name(path, root)
    sidecar = read_sidecar(path, root=root)
    points = Points(name, plain_stem(path))
    try:
        evidence = read_evidence(path, name)
    except SourceError as error:
        finding = Finding("unreadable-file", "error", f"{error.message[:1].upper()}{error.message[1:]}.", Place(name))
        broken = no_samples(name, reader=kind.READER, notes=(error.message,), unreadable=1)
        return FileSamples(broken.frame, broken.reading, (finding, *sidecar.findings))
    points.report(about_text(evidence, name))
    kind.fill(points, evidence)
    return points.samples(kind.READER, sidecar, zone=zone)
