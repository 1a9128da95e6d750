"""Datadog's answers to a query: v1 with lists of points, v2 with one list of times for all series."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.metrics.json_documents import json_documents, list_of, objects_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.sources.evidence_text import EvidenceText
    from incident_analytics.sources.metrics.points import Points

READER: Final = "datadog"
_V1 = re.compile(rb'"pointlist"\s*:')
_V2 = re.compile(rb'"timeseries_response"')
_PAIR = 2


def sniff(head: bytes, name: str) -> float:
    """How surely a file is an answer of Datadog, from 0 to 1, by its first bytes."""
    del name
    return 0.95 if _V1.search(head) or _V2.search(head) else 0.0


def fill(points: Points, evidence: EvidenceText) -> None:
    """The points of each series, milliseconds first; tags are labels."""
    for document in json_documents(evidence.text, points):
        told = text_of(document, "error", "message")
        if told or text_of(document, "status") == "error":
            points.find("datadog-error", "warning", "Datadog answered with an error.", seen=told)
        for series in objects_of(document, "series"):
            _add_v1(points, series)
        data = document.get("data") if isinstance(document, dict) else None
        attributes = data.get("attributes") if isinstance(data, dict) else None
        if attributes is not None:
            _add_v2(points, attributes)


def _add_v1(points: Points, series: dict[str, object]) -> None:
    metric = text_of(series, "metric", "display_name", "expression")
    tags = list_of(series, "tag_set") or text_of(series, "scope").split(",")
    labels, unit = _labels(tags), _unit(list_of(series, "unit"))
    for pair in list_of(series, "pointlist"):
        if isinstance(pair, list) and len(pair) == _PAIR:
            points.add(pair[0], pair[1], metric, labels, unit=unit)
        else:
            points.add_unreadable(pair, metric, labels)


def _add_v2(points: Points, attributes: object) -> None:
    times = list_of(attributes, "times")
    columns = list_of(attributes, "values")
    for index, series in enumerate(objects_of(attributes, "series")):
        values = columns[index] if index < len(columns) else []
        metric = f"query {series.get('query_index', index)}"
        labels, unit = _labels(list_of(series, "group_tags")), _unit(list_of(series, "unit"))
        for at, value in zip(times, values if isinstance(values, list) else [], strict=False):
            points.add(at, value, metric, labels, unit=unit)


def _labels(tags: Iterable[object]) -> dict[str, str]:
    pairs = [str(tag).strip().partition(":") for tag in tags]
    return {key: value or "true" for key, _, value in pairs if key and key != "*"}


def _unit(told: list[object]) -> str | None:
    """A unit, or one per another: bytes per second."""
    names = [text_of(each, "plural", "name") for each in told]
    return " per ".join(name for name in names if name) or None
