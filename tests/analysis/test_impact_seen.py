"""What one source tells of the impact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from incident_analytics.analysis.impact_seen import seen_by_metric, seen_in_logs
from incident_analytics.analysis.logs import errors_per_minute
from incident_analytics.analysis.snapshots.impact_metrics import ImpactMetric

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SEARCHED = (NOON - 30 * MINUTE, NOON + 60 * MINUTE)
RATE = ImpactMetric("success_rate", "{}", "ratio", "success", "falls", None)


def lines(failing: range) -> pl.DataFrame:
    """A line at the tenth second of each minute from six hours before noon to an hour after it."""
    rows = [(NOON + MINUTE * at + timedelta(seconds=10), 17 if at in failing else 9) for at in range(-360, 61)]
    return pl.DataFrame(rows, schema={"timestamp": pl.Datetime("us", "UTC"), "severity_number": pl.Int8}, orient="row")


def rates(step: timedelta) -> pl.DataFrame:
    """Eight hours of 99 and 98 % in turn, 40 % from noon to twenty past."""
    many = 8 * 60 * MINUTE // step
    at = [SEARCHED[1] - step * number for number in range(many)]
    values = [
        0.4 if NOON <= when < NOON + 20 * MINUTE else 0.99 - 0.01 * (number % 2) for number, when in enumerate(at)
    ]
    return pl.DataFrame({"timestamp": at, "value": values, "unit": "ratio"})


def test_errors_of_the_logs_are_known_to_the_minute_that_follows() -> None:
    """Errors from 12:05 to 12:24: the impact began within the minute of 12:05 and was over by 12:25."""
    (seen,) = seen_in_logs(lines(range(5, 25)), SEARCHED)
    assert (seen.start_after, seen.start_at) == (NOON + 5 * MINUTE, NOON + 5 * MINUTE)
    assert (seen.end_after, seen.end_at) == (NOON + 24 * MINUTE, NOON + 25 * MINUTE)


def test_errors_are_counted_as_everywhere_else() -> None:
    """The samples of the snapshot are as many as errors_per_minute has rows there."""
    given = lines(range(5, 25))
    (seen,) = seen_in_logs(given, SEARCHED)
    rows = errors_per_minute(given).filter(pl.col("minute_at").is_between(*SEARCHED, closed="left"))
    assert (seen.window.n, rows.height, rows["errors"].sum()) == (90, 90, 20)


def test_lines_without_a_level_are_no_source() -> None:
    """Nor are no lines."""
    assert seen_in_logs(lines(range(0)).with_columns(severity_number=None), SEARCHED) == ()
    assert seen_in_logs(lines(range(0)).clear(), SEARCHED) == ()


def test_the_onset_of_a_metric_is_known_to_its_step() -> None:
    """A sample every 15 seconds."""
    seen = seen_by_metric(RATE, rates(timedelta(seconds=15)), SEARCHED)
    assert (seen.start_after, seen.start_at) == (NOON - timedelta(seconds=15), NOON)
    assert (seen.end_after, seen.end_at) == (NOON + 20 * MINUTE - timedelta(seconds=15), NOON + 20 * MINUTE)


def test_many_samples_are_averaged_to_a_coarser_step() -> None:
    """5,400 samples of a second in 90 minutes become 1,350 of four seconds."""
    seen = seen_by_metric(RATE, rates(timedelta(seconds=1)), SEARCHED)
    assert (seen.step, seen.window.n) == (timedelta(seconds=4), 1350)
    assert seen.start_at is not None
    assert abs(seen.start_at - NOON) <= timedelta(seconds=4)
