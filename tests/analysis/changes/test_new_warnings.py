"""What a service began to say after its change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from incident_analytics.analysis.changes import new_warnings

CHANGED = datetime(2024, 1, 15, 13, 50, tzinfo=UTC)
START = CHANGED + timedelta(minutes=10)


def logs(*lines: tuple[float, int, str], service: str = "checkout") -> pl.DataFrame:
    """Lines: minutes from the change, level, message; before them an hour of good ones."""
    told = [*((-60.0 + n, 9, "ok") for n in range(60)), *lines]
    return pl.DataFrame(
        {
            "timestamp": [CHANGED + timedelta(minutes=minutes) for minutes, _, _ in told],
            "severity_number": [level for _, level, _ in told],
            "message": [message for _, _, message in told],
            "service": [service] * len(told),
            "file": ["a.log"] * len(told),
            "line": list(range(1, len(told) + 1)),
        },
        {
            "timestamp": pl.Datetime("us", "UTC"),
            "severity_number": pl.Int8,
            "message": pl.String,
            "service": pl.String,
            "file": pl.String,
            "line": pl.Int64,
        },
    )


def test_a_warning_never_logged_before_is_told_with_its_first_line() -> None:
    """Messages that differ in numbers are one; what comes after the start of the impact may be the impact."""
    lines = [(1.0 + n, 13, f"held for {n} ms") for n in range(8)]
    found = new_warnings(logs(*lines, (11, 13, "held for 9 ms")), ("checkout",), CHANGED, START)
    assert found is not None
    assert (found.service, found.message, found.lines, str(found.place)) == ("checkout", "held for 0 ms", 8, "a.log:61")
    assert found.first_at == CHANGED + timedelta(minutes=1)


def test_a_warning_that_came_before_too_is_not_new() -> None:
    """Once is enough."""
    lines = [(-50.0, 13, "held for 1 ms"), *((1.0 + n, 13, "held for 2 ms") for n in range(8))]
    assert new_warnings(logs(*lines), ("checkout",), CHANGED, START) is None


def test_a_few_lines_or_good_news_are_nothing_new() -> None:
    """Four warnings are too few; "listening" is no warning."""
    few = [(1.0 + n, 13, "held") for n in range(4)]
    assert new_warnings(logs(*few), ("checkout",), CHANGED, START) is None
    good = [(1.0 + n / 2, 9, "listening") for n in range(12)]
    assert new_warnings(logs(*good), ("checkout",), CHANGED, START) is None


def test_logs_that_begin_with_the_change_cannot_tell_what_is_new() -> None:
    """Half an hour of lines before it is needed, and lines of that service."""
    lines = [(1.0 + n, 13, "held") for n in range(8)]
    late = logs(*lines).filter(pl.col("timestamp") > CHANGED - timedelta(minutes=29))
    assert new_warnings(late, ("checkout",), CHANGED, START) is None
    assert new_warnings(logs(*lines), ("search",), CHANGED, START) is None
