"""One log record in the columns of the OpenTelemetry log data model, and many of them as a frame."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "timestamp": pl.Datetime("us", "UTC"),
    "severity_number": pl.Int8,
    "severity_text": pl.String,
    "message": pl.String,
    "service": pl.String,
    "trace_id": pl.String,
    "span_id": pl.String,
    "user_id": pl.String,
    "attributes": pl.String,
    "format": pl.String,
    "zone_assumed": pl.Boolean,
    "raw": pl.String,
    "file": pl.String,
    "line": pl.Int64,
}
SCHEMA: Final = pl.Schema(_COLUMNS)

UNREADABLE: Final = "unreadable"
PLAIN: Final = "plain"

_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

# Stands between records that are encoded in one call.
_BETWEEN: Final = "\0"
_BETWEEN_AS_JSON: Final = f",{_ENCODER.encode(_BETWEEN)},"


@dataclass(slots=True)
class LogRecord:
    """What one record says.

    Args:
        format: Who wrote it, such as ``pino``; ``plain`` for text, ``unreadable`` for what is neither.
        timestamp: Microseconds since 1970 in UTC. None where the record does not tell.
        zone_assumed: Whether the time was written without a zone.
        severity_number: OpenTelemetry's 1 to 24. None where the level is missing or unknown.
        severity_text: The level as written.
        message: The body. None where the record has none.
        service: Who says it, from a key that names a service.
        logger: The logger or category, the last resort for the service.
        trace_id: The trace it belongs to.
        span_id: The span it belongs to.
        user_id: The user it is about.
        attributes: Everything else the record says.
        raw: The line or lines as they were.
        line: Where it begins, counted from 1.
    """

    format: str
    timestamp: int | None = None
    zone_assumed: bool = False
    severity_number: int | None = None
    severity_text: str | None = None
    message: str | None = None
    service: str | None = None
    logger: str | None = None
    trace_id: str | None = None
    span_id: str | None = None
    user_id: str | None = None
    attributes: dict[str, object] = field(default_factory=dict)
    raw: str = ""
    line: int = 0


def as_json(value: object) -> str:
    """The value as compact JSON with sorted keys; infinities become text, since JSON has none.

    >>> as_json({"b": 1, "a": float("inf")})
    '{"a":"Infinity","b":1}'
    """
    try:
        return _ENCODER.encode(value)
    except ValueError:
        return _ENCODER.encode(_with_finite_numbers(value))


def _as_json_each(values: Sequence[dict[str, object]]) -> list[str | None]:
    """Each object as JSON, None for an empty one; one call encodes all, which takes half the time of many."""
    mixed = itertools.chain.from_iterable((value, _BETWEEN) for value in values)
    parts = as_json(list(mixed)[:-1])[1:-1].split(_BETWEEN_AS_JSON)
    if len(parts) != len(values):  # the mark stands inside a record too
        parts = [as_json(value) for value in values]
    return [None if part == "{}" else part for part in parts]


def _with_finite_numbers(value: object) -> object:
    if isinstance(value, dict):
        return {key: _with_finite_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_finite_numbers(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "-Infinity" if value < 0 else "Infinity"
    return value


def _strings(name: str, values: Sequence[str | None]) -> pl.Series:
    try:
        return pl.Series(name, values, dtype=pl.String)
    except UnicodeEncodeError:  # half of a surrogate pair, from JSON such as "\ud83d"
        whole = [None if text is None else text.encode("utf-8", "replace").decode() for text in values]
        return pl.Series(name, whole, dtype=pl.String)


def frame_of(records: Sequence[LogRecord], *, file: str, service: str | None = None) -> pl.DataFrame:
    """The records as a frame of ``SCHEMA``, in their order.

    Args:
        records: Records of one file.
        file: Its path relative to the bundle.
        service: The service its folder names; a record's own word goes first, its logger's name last.
    """
    columns = [
        pl.Series("timestamp", [r.timestamp for r in records], dtype=pl.Int64).cast(SCHEMA["timestamp"]),
        pl.Series("severity_number", [r.severity_number for r in records], dtype=pl.Int8),
        _strings("severity_text", [r.severity_text for r in records]),
        _strings("message", [r.message for r in records]),
        _strings("service", [r.service or service or r.logger for r in records]),
        _strings("trace_id", [r.trace_id for r in records]),
        _strings("span_id", [r.span_id for r in records]),
        _strings("user_id", [r.user_id for r in records]),
        _strings("attributes", _as_json_each([r.attributes for r in records])),
        _strings("format", [r.format for r in records]),
        pl.Series("zone_assumed", [r.zone_assumed for r in records], dtype=pl.Boolean),
        _strings("raw", [r.raw for r in records]),
        pl.repeat(file, len(records), dtype=pl.String, eager=True).alias("file"),
        pl.Series("line", [r.line for r in records], dtype=pl.Int64),
    ]
    return pl.DataFrame(columns)
