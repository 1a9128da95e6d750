"""A page of log lines across midnight, small enough to count by hand."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

_BEFORE_MIDNIGHT = dt.datetime(2024, 1, 15, 23, 58, tzinfo=dt.UTC)
_SCHEMA = {
    "timestamp": pl.Datetime("us", "UTC"),
    "severity_number": pl.Int8,
    "service": pl.String,
    "message": pl.String,
    "user_id": pl.String,
    "raw": pl.String,
    "file": pl.String,
    "line": pl.Int64,
}
# seconds after 23:58:00, severity, service, message, user
_LINES = [
    (0, 9, "pay", "request took 30 ms", "u1"),
    (5, 17, "pay", "connection refused", "u1"),
    (5, 21, "pay", "pool exhausted", "u2"),
    (119, 17, "cart", "timeout after 5 s", "u3"),
    (120, 17, "cart", "timeout after 5 s", None),
    (121, 18, None, "pool exhausted", "u1"),
    (None, 17, "old", "timeout, clock lost", "u9"),
    (130, None, None, "plain text", None),
    (200, None, "pay", "level lost", "u1"),
]


@pytest.fixture
def logs() -> pl.DataFrame:
    """Nine lines of three services from 23:58 to 00:01:20, one without a time, two without a level."""
    rows = [
        (
            None if seconds is None else _BEFORE_MIDNIGHT + dt.timedelta(seconds=seconds),
            severity,
            service,
            message,
            user,
            f"raw {message}",
            "evidence/logs/a.ndjson",
            line,
        )
        for line, (seconds, severity, service, message, user) in enumerate(_LINES, start=1)
    ]
    return pl.DataFrame(rows, orient="row", schema=_SCHEMA)


@pytest.fixture
def no_logs(logs: pl.DataFrame) -> pl.DataFrame:
    """The same columns without a line."""
    return logs.head(0)
