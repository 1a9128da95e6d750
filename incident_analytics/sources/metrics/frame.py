"""The frame of samples: its columns, and what one file gives to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.sources.ledger import FileReading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incident_analytics.model.measurement import Finding

SAMPLE_SCHEMA: Final = pl.Schema(
    {
        "timestamp": pl.Datetime("us", "UTC"),
        "metric": pl.String(),
        "labels": pl.String(),
        "value": pl.Float64(),
        "unit": pl.String(),
        "source": pl.String(),
        "query": pl.String(),
        "file": pl.String(),
        "line": pl.Int64(),
    }
)


@dataclass(frozen=True, slots=True)
class FileSamples:
    """What one file of samples gave.

    Args:
        frame: Its samples, in the columns of ``SAMPLE_SCHEMA``.
        reading: Its line of the ledger.
        findings: What is doubtful about it.
    """

    frame: pl.DataFrame
    reading: FileReading
    findings: tuple[Finding, ...] = ()


def no_samples(name: str, *, reader: str, notes: tuple[str, ...], unreadable: int = 0) -> FileSamples:
    """A file that gave no samples; what it held is counted as rows that cannot be read."""
    reading = FileReading(name, "metrics", reader, rows=unreadable, unreadable=unreadable, notes=notes)
    return FileSamples(SAMPLE_SCHEMA.to_frame(), reading)


def with_span(reading: FileReading, frame: pl.DataFrame) -> FileReading:
    """The line of the ledger with the first and last instant of the frame."""
    first, last = frame.select(first=pl.col("timestamp").min(), last=pl.col("timestamp").max()).row(0)
    return replace(reading, first_at=_utc(first), last_at=_utc(last))


def labels_json(labels: Mapping[str, str]) -> str:
    """Labels as the frame keeps them: a JSON object with sorted keys, ``{}`` for none.

    >>> labels_json({"b": "2", "a": "1"})
    '{"a": "1", "b": "2"}'
    """
    return clean(json.dumps(dict(labels), sort_keys=True, ensure_ascii=False))


def clean(text: str) -> str:
    """The text without lone surrogates: JSON may escape half a character, which no frame can hold."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _utc(at: datetime | None) -> datetime | None:
    # polars gives zoneinfo's UTC; the package's instants carry datetime's own.
    return None if at is None else at.astimezone(UTC)
