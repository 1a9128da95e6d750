"""CloudWatch's answers: ``get-metric-data`` with its pages, and ``get-metric-statistics``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.metrics.json_documents import json_documents, list_of, objects_of, text_of

if TYPE_CHECKING:
    from incident_analytics.sources.evidence_text import EvidenceText
    from incident_analytics.sources.metrics.points import Points

READER: Final = "cloudwatch"
_DATA = re.compile(rb'"MetricDataResults"\s*:')
_STATISTICS = re.compile(rb'"Datapoints"\s*:')
_STATISTIC_NAMES = ("Average", "Sum", "Minimum", "Maximum", "SampleCount")


def sniff(head: bytes, name: str) -> float:
    """How surely a file is an answer of CloudWatch, from 0 to 1, by its first bytes."""
    del name
    return 0.95 if _DATA.search(head) else 0.8 if _STATISTICS.search(head) and b'"Label"' in head else 0.0


def fill(points: Points, evidence: EvidenceText) -> None:
    """The points of each result and page; an answer that says it is partial is a finding."""
    partial: set[str] = set()
    goes_on = False
    for document in json_documents(evidence.text, points):
        for result in objects_of(document, "MetricDataResults"):
            _add_result(points, result)
            key = text_of(result, "Id", "Label")
            (partial.add if result.get("StatusCode") == "PartialData" else partial.discard)(key)
            points.notes.extend(f"CloudWatch: {text_of(each, 'Value')}" for each in objects_of(result, "Messages"))
        for point in objects_of(document, "Datapoints"):
            _add_statistics(points, point, text_of(document, "Label") or points.stem)
        goes_on = bool(text_of(document, "NextToken"))
        points.notes.extend(f"CloudWatch: {text_of(each, 'Value')}" for each in objects_of(document, "Messages"))
    if partial or goes_on:
        message = "The answer is cut: CloudWatch says that more data follows (NextToken or PartialData)."
        points.find("incomplete-answer", "warning", message, seen=", ".join(sorted(partial)))


def _add_result(points: Points, result: dict[str, object]) -> None:
    metric = text_of(result, "Label", "Id")
    labels = {"id": found} if (found := text_of(result, "Id")) else {}
    times, values = list_of(result, "Timestamps"), list_of(result, "Values")
    for at, value in zip(times, values, strict=False):
        points.add(at, value, metric, labels)
    for _ in range(abs(len(times) - len(values))):
        points.add_unreadable(f"{len(times)} times and {len(values)} values", metric, labels)


def _add_statistics(points: Points, point: dict[str, object], label: str) -> None:
    known = {name: point[name] for name in _STATISTIC_NAMES if name in point}
    unit = text_of(point, "Unit")
    percentiles = point.get("ExtendedStatistics")
    known |= percentiles if isinstance(percentiles, dict) else {}
    for statistic, value in known.items():
        told = None if unit in {"", "None"} else unit.lower()
        points.add(point.get("Timestamp"), value, label, {"statistic": str(statistic)}, unit=told)
