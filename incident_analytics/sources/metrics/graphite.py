"""Graphite's render answers: a list of targets with pairs of a value and a time, the value first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.metrics.json_documents import json_documents, list_of, text_of

if TYPE_CHECKING:
    from incident_analytics.sources.evidence_text import EvidenceText
    from incident_analytics.sources.metrics.points import Points

READER: Final = "graphite"
_LIST = re.compile(rb"^\s*\[\s*(?:\{|\])")
_DATAPOINTS = re.compile(rb'"datapoints"\s*:')
_TARGET = re.compile(rb'"target"\s*:')
_PAIR = 2


def sniff(head: bytes, name: str) -> float:
    """How surely a file is an answer of Graphite, from 0 to 1, by its first bytes."""
    del name
    is_list = _LIST.search(head.removeprefix(b"\xef\xbb\xbf"))
    return 0.95 if is_list and _DATAPOINTS.search(head) and _TARGET.search(head) else 0.0


def fill(points: Points, evidence: EvidenceText) -> None:
    """The points of each target; tags are labels, and a null value is missing."""
    for document in json_documents(evidence.text, points):
        for series in document if isinstance(document, list) else [document]:
            tags = series.get("tags") if isinstance(series, dict) else None
            labels = {str(key): str(value) for key, value in tags.items()} if isinstance(tags, dict) else {}
            metric = text_of(series, "target") or labels.get("name", "")
            labels.pop("name", None)
            for pair in list_of(series, "datapoints"):
                if isinstance(pair, list) and len(pair) == _PAIR:
                    points.add(pair[1], pair[0], metric, labels)
                else:
                    points.add_unreadable(pair, metric, labels)
