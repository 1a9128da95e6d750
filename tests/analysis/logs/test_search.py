"""Recent errors, one service's lines, a pattern: line numbers of the nine lines of conftest."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest

from incident_analytics.analysis.logs import recent_errors, search_logs, service_logs
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    OnEngine = Callable[[pl.DataFrame], Any]
    RowsOf = Callable[[object], list[tuple[Any, ...]]]


AFTER_MIDNIGHT = dt.datetime(2024, 1, 16, 0, 0, 1, tzinfo=dt.UTC)


def lines_of(rows: list[tuple[object, ...]]) -> list[object]:
    """The last column of the frame: line."""
    return [row[-1] for row in rows]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (dt.timedelta(seconds=1), [5, 6]),
        (dt.timedelta(minutes=1), [4, 5, 6]),
        (dt.timedelta(seconds=116), [2, 3, 4, 5, 6]),
        (dt.timedelta(seconds=115), [4, 5, 6]),
        (dt.timedelta(hours=1), [2, 3, 4, 5, 6]),
    ],
)
def test_recent_errors_lie_in_the_window(
    last: dt.timedelta, expected: list[int], logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """Both ends count: lines 2 and 3 are 116 s before 00:00:01, and line 6 is at its end."""
    found = recent_errors(on_engine(logs.reverse()), last=last, until=AFTER_MIDNIGHT)
    assert lines_of(rows_of(found)) == expected


def test_lines_of_a_service_come_in_order_of_time(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Two lines at one instant stay in the order of the file."""
    assert lines_of(rows_of(service_logs(on_engine(logs.reverse()), "pay"))) == [1, 2, 3, 9]


def test_a_service_is_named_exactly(logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Neither a part of a name nor another case is the service."""
    assert rows_of(service_logs(on_engine(logs), "pa")) == []
    assert rows_of(service_logs(on_engine(logs), "PAY")) == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("timeout|connection refused", [2, 4, 5, 7]),
        (r"\d+ m?s", [1, 4, 5]),
        ("(?i)POOL", [3, 6]),
        ("(pool|level) (exhausted|lost)$", [3, 6, 9]),
        ("^raw timeout", [4, 5, 7]),
        ("^timeout", [4, 5, 7]),
        ("no such words", []),
    ],
)
def test_a_pattern_finds_the_same_lines_on_every_engine(
    pattern: str, expected: list[int], logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf
) -> None:
    """In the message and in the line as it was written; the line without a time comes last."""
    assert lines_of(rows_of(search_logs(on_engine(logs), pattern))) == sorted(
        expected, key=lambda line: (line == 7, line)
    )


def test_a_line_is_found_by_message_or_as_it_was_written(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """An unreadable line has no message; an escape hides words in the raw line. Either is enough."""
    lines = pl.DataFrame({"message": [None, "café closed", "x"], "raw": ["café {", r"caf\u00e9 closed", None]})
    assert sorted(row[1] for row in rows_of(search_logs(on_engine(lines), "café"))) == [r"caf\u00e9 closed", "café {"]
    assert rows_of(search_logs(on_engine(lines.drop("raw")), "café")) == [("café closed",)]


def test_found_lines_keep_columns_and_dtypes(logs: pl.DataFrame, on_engine: OnEngine) -> None:
    """Nothing but rows is taken away."""
    given = on_engine(logs)
    found = search_logs(given, "timeout")
    if isinstance(given, pl.LazyFrame):
        given, found = given.collect(), found.collect()
    assert list(found.columns) == list(given.columns)
    assert [str(dtype) for dtype in found.dtypes] == [str(dtype) for dtype in given.dtypes]


def test_an_empty_frame_has_nothing_to_find(no_logs: pl.DataFrame, on_engine: OnEngine, rows_of: RowsOf) -> None:
    """All three give an empty frame."""
    frame = on_engine(no_logs)
    assert rows_of(recent_errors(frame, last=dt.timedelta(hours=1), until=AFTER_MIDNIGHT)) == []
    assert rows_of(service_logs(frame, "pay")) == []
    assert rows_of(search_logs(frame, "timeout")) == []


def test_a_window_must_be_above_zero(logs: pl.DataFrame) -> None:
    """A window of nothing is a mistake of the caller."""
    with pytest.raises(ParameterError, match=r"^last: expected a duration above zero, found '0:00:00'"):
        recent_errors(logs, last=dt.timedelta(0), until=AFTER_MIDNIGHT)


def test_a_broken_pattern_is_refused_with_its_position() -> None:
    """Before any line is read."""
    with pytest.raises(
        ParameterError, match=r"^pattern, character 9: this bracket is never closed: found 'timeout [(]5'"
    ):
        search_logs(pd.DataFrame({"message": ["timeout"]}), "timeout (5")
