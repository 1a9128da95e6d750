"""OpenTelemetry's metrics as JSON: resources, scopes, metrics and their data points; one document or one a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.metrics.json_documents import json_documents, list_of, objects_of, text_of
from incident_analytics.sources.metrics.points import as_number

if TYPE_CHECKING:
    from incident_analytics.sources.evidence_text import EvidenceText
    from incident_analytics.sources.metrics.points import Points

READER: Final = "otlp"
_KIND = re.compile(rb'"(?:resourceMetrics|resource_metrics)"\s*:')
_KINDS = ("gauge", "sum", "histogram", "exponentialHistogram", "summary")
_DELTAS = frozenset({1, "1", "AGGREGATION_TEMPORALITY_DELTA"})
_NO_RECORDED_VALUE = 1


def sniff(head: bytes, name: str) -> float:
    """How surely a file holds OpenTelemetry's metrics, from 0 to 1, by its first bytes."""
    del name
    return 0.95 if _KIND.search(head) else 0.0


def fill(points: Points, evidence: EvidenceText) -> None:
    """The data points; histograms and summaries as Prometheus writes them: ``_count``, ``_sum``, ``_bucket``."""
    deltas: set[str] = set()
    for document in json_documents(evidence.text, points):
        for resource in objects_of(document, "resourceMetrics", "resource_metrics"):
            shared = _labels(resource.get("resource"))
            for scope in objects_of(resource, "scopeMetrics", "scope_metrics"):
                for metric in objects_of(scope, "metrics"):
                    _add_metric(points, metric, shared, deltas)
    if deltas:
        points.notes.append(f"counted since the last report (delta): {', '.join(sorted(deltas))}")


def _add_metric(points: Points, metric: dict[str, object], shared: dict[str, str], deltas: set[str]) -> None:
    name, unit = text_of(metric, "name"), text_of(metric, "unit")
    told = None if unit in {"", "1"} else unit
    for kind in _KINDS:
        holder = metric.get(kind)
        if isinstance(holder, dict) and holder.get("aggregationTemporality") in _DELTAS:
            deltas.add(name)
        for point in objects_of(holder, "dataPoints", "data_points"):
            labels = shared | _labels(point)
            if kind in {"gauge", "sum"}:
                points.add(_time(point), _value(point), name, labels, unit=told)
            else:
                _add_distribution(points, point, name, labels, told)


def _add_distribution(
    points: Points, point: dict[str, object], name: str, labels: dict[str, str], unit: str | None
) -> None:
    at = _time(point)
    points.add(at, point.get("count"), f"{name}_count", labels)
    for part in ("sum", "min", "max"):
        if part in point:
            points.add(at, point[part], f"{name}_{part}", labels, unit=unit)
    counts = [as_number(each) or 0 for each in list_of(point, "bucketCounts")]
    bounds = [f"{as_number(each) or 0:g}" for each in list_of(point, "explicitBounds")]
    for index, le in enumerate([*bounds, "+Inf"] if counts else []):
        points.add(at, sum(counts[: index + 1]), f"{name}_bucket", labels | {"le": le})
    for each in objects_of(point, "quantileValues"):
        points.add(at, each.get("value"), name, labels | {"quantile": str(each.get("quantile"))}, unit=unit)


def _time(point: dict[str, object]) -> object:
    at = point.get("timeUnixNano")
    return str(at) if isinstance(at, int) else at


def _value(point: dict[str, object]) -> object:
    flags = point.get("flags")
    if isinstance(flags, int) and flags & _NO_RECORDED_VALUE:
        return None
    return point.get("asDouble", point.get("asInt"))


def _labels(holder: object) -> dict[str, str]:
    return {text_of(each, "key"): _text(each.get("value")) for each in objects_of(holder, "attributes")}


def _text(value: object) -> str:
    """An attribute's value: ``{"stringValue": "a"}``; a bool as JSON writes it."""
    inner = next(iter(value.values()), "") if isinstance(value, dict) else value
    return str(inner).lower() if isinstance(inner, bool) else str(inner)
