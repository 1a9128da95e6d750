"""What ``promtool query instant`` and ``promtool query range`` print: a series, an arrow, values with their seconds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.evidence_text import decode_evidence
from incident_analytics.sources.metrics.label_text import NAME, SERIES, read_labels

if TYPE_CHECKING:
    from incident_analytics.sources.evidence_text import EvidenceText
    from incident_analytics.sources.metrics.points import Points

READER: Final = "promtool"
_POINT = r"(?P<value>\S+)\s+@\[(?P<at>\d+(?:\.\d+)?)\]"
_SERIES = re.compile(rf"{SERIES}\s*=>\s*(?:{_POINT})?\s*$")
_VALUE = re.compile(rf"{_POINT}\s*$")
_SCALAR = re.compile(rf"scalar:\s*{_POINT}\s*$")


def sniff(head: bytes, name: str) -> float:
    """How surely a file is what promtool printed, from 0 to 1, by its first line.

    >>> sniff(b'up{job="api"} => 1 @[1795402336]', "up.txt")
    0.9
    """
    del name
    line = next((each for each in decode_evidence(head).text.splitlines() if each.strip()), "").strip()
    return 0.9 if _SERIES.match(line) or _SCALAR.match(line) else 0.0


def fill(points: Points, evidence: EvidenceText) -> None:
    """The values below each series, or beside its arrow."""
    metric, labels = points.stem, dict[str, str]()
    for number, line in enumerate(evidence.text.splitlines(), start=1):
        text = line.strip()
        if not text:
            continue
        point = _VALUE.match(text) or _SCALAR.match(text)
        if point is None and (series := _SERIES.match(text)):
            labels = read_labels(series["labels"]) or {}
            written = labels.pop(NAME, "")
            metric = series["name"] or written or points.stem
            if series["value"] is None:
                continue
            point = series
        if point is None:
            points.refuse(text, number)
        else:
            points.add(float(point["at"]), point["value"], metric, labels, line=number)
