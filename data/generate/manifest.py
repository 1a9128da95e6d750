"""The manifest: what each piece of evidence is, when it came, and its sha256."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from typing import TYPE_CHECKING

import story

if TYPE_CHECKING:
    from collections.abc import Mapping

METRICS_RECEIVED = story.EXPORTED + 90


def manifest_file(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The manifest of the evidence; what people go on editing is not in it.

    Args:
        files: Every file of the bundle by its path.

    Returns:
        The bytes of `MANIFEST.json`.
    """
    entries = [entry(path, data) for path, data in sorted(files.items()) if path.startswith("evidence/")]
    body = {"schema_version": "1", "files": entries}
    return {"MANIFEST.json": (json.dumps(body, indent=1) + "\n").encode()}


def entry(path: str, data: bytes) -> dict[str, object]:
    """What the manifest says about one file.

    Args:
        path: Relative to the bundle.
        data: The file.

    Returns:
        The entry, its keys in the manifest's order.
    """
    received, reader, rows, first, last = _described(path, data)
    return {
        "path": path,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "received_at": story.stamp(received),
        "reader": reader,
        "rows": rows,
        "first_at": None if first is None else story.stamp(first),
        "last_at": None if last is None else story.stamp(last),
        "zone_assumed": False,
        "truncated": False,
        "redactions": [],
    }


def _described(path: str, data: bytes) -> tuple[float, str, int | None, float | None, float | None]:
    """When the file came, who reads it, its rows, its first and its last instant."""
    if path.endswith(".ndjson.gz"):
        return story.EXPORTED, *_log_span(data)
    if path.endswith(".csv"):
        rows = len(list(csv.reader(io.StringIO(data.decode())))) - 1
        return story.CAPTURED + 1, path.rsplit("/", 1)[-1].removesuffix(".csv"), rows, story.CAPTURED, story.CAPTURED
    if path.endswith(".json"):
        points = [point for one in json.loads(data)["data"]["result"] for point in one["values"]]
        times = [when for when, _ in points]
        return METRICS_RECEIVED, "prometheus", len(points), min(times), max(times)
    return METRICS_RECEIVED, "query", None, None, None


def _log_span(data: bytes) -> tuple[str, int, float, float]:
    """Who reads a log file, its lines, and the times of its first and last readable one."""
    lines = gzip.decompress(data).decode().splitlines()
    readable = [one for one in lines if one.startswith("{") and one.endswith("}")]
    reader = "pino" if all(one.startswith("{") for one in lines) else "pino+plain"
    return reader, len(lines), json.loads(readable[0])["time"] / 1000, json.loads(readable[-1])["time"] / 1000
