"""Samples as text, line by line: what exporters and /federate answer, OpenMetrics, and ``promtool tsdb dump``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.compressed import plain_name
from incident_analytics.sources.evidence_text import decode_evidence
from incident_analytics.sources.metrics.label_text import NAME, SERIES, read_labels

if TYPE_CHECKING:
    from incident_analytics.sources.evidence_text import EvidenceText
    from incident_analytics.sources.metrics.points import Points

READER: Final = "prometheus-text"
_COMMENT = re.compile(r"#\s*(?:HELP|TYPE|UNIT|EOF)\b")
_UNIT = re.compile(r"#\s*UNIT\s+(?P<name>\S+)\s+(?P<unit>\S+)\s*$")
_EOF = re.compile(r"#\s*EOF\s*$")
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?[Ii]nf|NaN|nan"
_SAMPLE = re.compile(rf"{SERIES}\s+(?P<value>{_NUMBER})(?:\s+(?P<at>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))?\s*(?:#.*)?$")
_SUFFIXES = ("_total", "_sum", "_bucket", "_count", "_created")


def sniff(head: bytes, name: str) -> float:
    r"""How surely a file holds samples as text, from 0 to 1, by its first line.

    >>> sniff(b"# TYPE up gauge\nup 1\n", "scrape.txt")
    0.9
    """
    del name
    line = next((each for each in decode_evidence(head).text.splitlines() if each.strip()), "").strip()
    if _COMMENT.match(line):
        return 0.9
    match = _SAMPLE.match(line)
    return 0.9 if match and match["labels"] and read_labels(match["labels"]) else 0.0


def fill(points: Points, evidence: EvidenceText) -> None:
    """The samples of each line; one without a time has none, as a scrape is told of the moment it is made."""
    units: dict[str, str] = {}
    ended = False
    for number, line in enumerate(evidence.text.splitlines(), start=1):
        text = line.strip()
        if not text:
            continue
        if text.startswith("#"):
            if unit := _UNIT.match(text):
                units[unit["name"]] = unit["unit"]
            ended = ended or _EOF.match(text) is not None
        else:
            _add(points, text, number, units)
    if not ended and plain_name(points.name).endswith((".om", ".openmetrics")):
        points.find("truncated-file", "warning", "The file has no # EOF at its end, so it is cut off.")
    if not points.times and not points.refused:
        points.notes.append("it describes metrics and holds no samples")


def _add(points: Points, text: str, number: int, units: dict[str, str]) -> None:
    match = _SAMPLE.match(text)
    labels = read_labels(match["labels"]) if match else None
    if match is None or labels is None or not (match["name"] or NAME in labels):
        points.refuse(text, number)
        return
    written = labels.pop(NAME, "")
    name = match["name"] or written
    family = next((name.removesuffix(each) for each in _SUFFIXES if name.endswith(each)), name)
    unit = units.get(name) or units.get(family)
    points.add(_time(match["at"]), match["value"], name, labels, unit=unit, line=number)


def _time(written: str | None) -> float | None:
    return None if written is None else float(written)
