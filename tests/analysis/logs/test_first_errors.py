"""The first error of each service, counted by hand from the nine lines of conftest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from incident_analytics.analysis.logs import first_error_per_service

if TYPE_CHECKING:
    from collections.abc import Callable

    OnEngine = Callable[[pl.DataFrame], Any]
    RowsOf = Callable[[object], list[tuple[Any, ...]]]


FILE = "evidence/logs/a.ndjson"


def at(clock: str, day: int = 15) -> dt.datetime:
    """An instant of January 2024."""
    return dt.datetime.combine(dt.date(2024, 1, day), dt.time.fromisoformat(clock), tzinfo=dt.UTC)


def test_first_error_of_each_service_on_every_engine(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Pay has two errors at 23:58:05: line 2 stands before line 3. The error of old has no time."""
    assert rows_of(first_error_per_service(on_engine(logs))) == [
        ("pay", at("23:58:05"), "connection refused", FILE, 2),
        ("cart", at("23:59:59"), "timeout after 5 s", FILE, 4),
        (None, at("00:00:01", 16), "pool exhausted", FILE, 6),
        ("old", None, "timeout, clock lost", FILE, 7),
    ]


def test_lines_in_another_order_have_the_same_first_errors(
    logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """The order of rows does not decide a tie."""
    assert rows_of(first_error_per_service(on_engine(logs.reverse()))) == rows_of(first_error_per_service(logs))


def test_services_that_break_together_are_in_order_of_name(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """A tie between services goes by name."""
    lines = pl.DataFrame({"timestamp": [at("12:00")] * 2, "severity_number": [17, 17], "service": ["b", "a"]})
    assert rows_of(first_error_per_service(on_engine(lines))) == [
        ("a", at("12:00"), None, None, None),
        ("b", at("12:00"), None, None, None),
    ]


def test_no_lines_or_no_errors_have_no_first_error(
    logs: pl.DataFrame, no_logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """The first line of conftest is no error."""
    assert rows_of(first_error_per_service(on_engine(no_logs))) == []
    assert rows_of(first_error_per_service(on_engine(logs.head(1)))) == []


def test_the_first_errors_of_a_window(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """From the second error of cart on: both ends are included, the error without a time is not."""
    found = first_error_per_service(on_engine(logs), since=at("00:00", 16), until=at("00:00:01", 16))
    assert rows_of(found) == [
        ("cart", at("00:00", 16), "timeout after 5 s", FILE, 5),
        (None, at("00:00:01", 16), "pool exhausted", FILE, 6),
    ]
    assert rows_of(first_error_per_service(on_engine(logs), since=at("00:00:02", 16))) == []
