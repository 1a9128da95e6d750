"""Errors per minute and by service, counted by hand from the nine lines of conftest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_analytics.analysis.logs import errors_by_service, errors_per_minute, errors_per_minute_by_service
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    OnEngine = Callable[[pl.DataFrame], Any]
    RowsOf = Callable[[object], list[tuple[Any, ...]]]


def at(clock: str, day: int = 15) -> dt.datetime:
    """An instant of January 2024."""
    return dt.datetime.combine(dt.date(2024, 1, day), dt.time.fromisoformat(clock), tzinfo=dt.UTC)


def test_errors_of_each_minute_on_every_engine(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Four minutes across midnight; the last has a line and no level, so its errors are unknown."""
    assert rows_of(errors_per_minute(on_engine(logs))) == [
        (at("23:58"), 3, 3, 2, 2 / 3),
        (at("23:59"), 1, 1, 1, 1.0),
        (at("00:00", 16), 3, 2, 2, 1.0),
        (at("00:01", 16), 1, 0, None, None),
    ]


def test_errors_of_each_minute_and_service_on_every_engine(
    logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """Lines without a service stand under null, after the named ones of their minute."""
    assert rows_of(errors_per_minute_by_service(on_engine(logs))) == [
        (at("23:58"), "pay", 3, 3, 2, 2 / 3),
        (at("23:59"), "cart", 1, 1, 1, 1.0),
        (at("00:00", 16), "cart", 1, 1, 1, 1.0),
        (at("00:00", 16), None, 2, 1, 1, 1.0),
        (at("00:01", 16), "pay", 1, 0, None, None),
    ]


def test_errors_of_each_service_on_every_engine(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Cart and pay tie with two errors; old has an error that has no time."""
    assert rows_of(errors_by_service(on_engine(logs))) == [
        ("cart", 2, 2, 2, 1.0, at("23:59:59"), at("00:00", 16)),
        ("pay", 4, 3, 2, 2 / 3, at("23:58:05"), at("23:58:05")),
        ("old", 1, 1, 1, 1.0, None, None),
        (None, 2, 1, 1, 1.0, at("00:00:01", 16), at("00:00:01", 16)),
    ]


def test_errors_of_each_service_in_a_window(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Both ends are included; a line without a time is in no window."""
    found = errors_by_service(on_engine(logs), since=at("23:58:05"), until=at("23:59:59"))
    assert rows_of(found) == [
        ("pay", 2, 2, 2, 1.0, at("23:58:05"), at("23:58:05")),
        ("cart", 1, 1, 1, 1.0, at("23:59:59"), at("23:59:59")),
    ]
    with pytest.raises(ParameterError, match=r"^until: expected an instant not before 2024-01-15T12:00:00\+00:00"):
        errors_by_service(logs, since=at("12:00"), until=at("11:00"))


@pytest.mark.parametrize("function", [errors_per_minute, errors_per_minute_by_service, errors_by_service])
def test_no_lines_give_no_rows(
    function: Callable[[object], object], no_logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """An empty frame stays empty on every engine."""
    assert rows_of(function(on_engine(no_logs))) == []


def test_one_line_is_one_row(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """The first line is no error, and that is known."""
    assert rows_of(errors_per_minute(on_engine(logs.head(1)))) == [(at("23:58"), 1, 1, 0, 0.0)]


def test_lines_without_a_time_belong_to_no_minute(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """All times missing: no minutes, but the services are still counted."""
    timeless = on_engine(logs.with_columns(timestamp=pl.lit(None, dtype=pl.Datetime("us", "UTC"))))
    assert rows_of(errors_per_minute(timeless)) == []
    assert [row[:4] for row in rows_of(errors_by_service(timeless))] == [
        ("cart", 2, 2, 2),
        ("pay", 4, 3, 2),
        ("old", 1, 1, 1),
        (None, 2, 1, 1),
    ]


def test_unknown_levels_are_not_zero_errors(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Logs without a level column have lines and nothing known about errors; 0 is OpenTelemetry's "unspecified"."""
    expected = [(at("23:58"), 3, 0, None, None), (at("23:59"), 1, 0, None, None)]
    assert rows_of(errors_per_minute(on_engine(logs.head(4).drop("severity_number")))) == expected
    unspecified = logs.head(4).with_columns(severity_number=pl.lit(0, dtype=pl.Int8))
    assert rows_of(errors_per_minute(on_engine(unspecified))) == expected


def test_error_begins_at_severity_17(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """WARN4 is 16, ERROR is 17, FATAL4 is 24 (OpenTelemetry log data model)."""
    lines = pl.DataFrame({"timestamp": [at("12:00")] * 4, "severity_number": [16, 17, 20, 24]})
    assert rows_of(errors_per_minute(on_engine(lines))) == [(at("12:00"), 4, 4, 3, 0.75)]


def test_a_minute_without_lines_has_no_row(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Silence is not zero errors."""
    lines = pl.DataFrame({"timestamp": [at("12:00:59.999999"), at("12:02")], "severity_number": [17, 9]})
    assert rows_of(errors_per_minute(on_engine(lines))) == [(at("12:00"), 1, 1, 1, 1.0), (at("12:02"), 1, 1, 0, 0.0)]


def test_times_without_a_zone_are_refused() -> None:
    """The error names the column."""
    naive = pl.DataFrame({"timestamp": [dt.datetime(2024, 1, 15, 12)], "severity_number": [17]})  # noqa: DTZ001
    with pytest.raises(ParameterError, match=r"^column timestamp: expected instants with a zone"):
        errors_per_minute(naive)


@settings(deadline=None, max_examples=50)
@given(order=st.permutations(range(9)))
def test_row_order_does_not_matter(order: list[int]) -> None:
    """The same lines in another order give the same rows."""
    lines = pl.DataFrame(
        {
            "timestamp": [
                None if clock is None else at(clock)
                for clock in ("12:00", "12:00:30", "12:01", "12:01", None, "12:02", "12:02", None, "12:03")
            ],
            "severity_number": [17, 9, None, 17, 17, None, None, 9, 24],
            "service": ["a", "b", "a", None, "b", "a", "a", "b", None],
        }
    )
    shuffled = lines[order]
    assert errors_per_minute(shuffled).equals(errors_per_minute(lines))
    assert errors_per_minute_by_service(shuffled).equals(errors_per_minute_by_service(lines))
    assert errors_by_service(shuffled).equals(errors_by_service(lines))


@settings(deadline=None, max_examples=50)
@given(
    seconds=st.lists(st.integers(min_value=-100_000, max_value=100_000), max_size=20),
    shift=st.integers(min_value=-48, max_value=48),
)
def test_shifting_the_times_by_hours_shifts_the_minutes(seconds: list[int], shift: int) -> None:
    """Nothing else changes."""
    hours = dt.timedelta(hours=shift)
    lines = pl.DataFrame(
        {
            "timestamp": [at("00:00") + dt.timedelta(seconds=each) for each in seconds],
            "severity_number": [17 if each % 3 else 9 for each in seconds],
        },
        schema={"timestamp": pl.Datetime("us", "UTC"), "severity_number": pl.Int8},
    )
    shifted = errors_per_minute(lines.with_columns(pl.col("timestamp") + hours))
    assert shifted.equals(errors_per_minute(lines).with_columns(pl.col("minute_at") + hours))
