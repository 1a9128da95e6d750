"""What is missing from samples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from incident_analytics.analysis.snapshots.sample_holes import sample_holes

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)


def series(metric: str, values: dict[int, float | None]) -> pl.DataFrame:
    """A series by its minutes after noon."""
    at = [NOON + timedelta(minutes=minute) for minute in values]
    frame = pl.DataFrame({"timestamp": at, "metric": metric, "labels": "{}", "value": list(values.values())})
    return frame.with_columns(pl.col("value").cast(pl.Float64))


def test_values_that_are_no_numbers_and_gaps_are_counted() -> None:
    """Two NaN, one infinite, one unreadable; forty minutes without a sample."""
    values: dict[int, float | None] = {minute: 1.0 for minute in range(100) if not 50 <= minute < 89}
    values |= {3: float("nan"), 5: float("nan"), 7: float("inf"), 9: None}
    (row,) = sample_holes(series("queue_depth", values)).rows()
    assert row == ("queue_depth", "{}", 57, 2, 1, 1, 1, NOON + timedelta(minutes=49), 2400.0)


def test_a_scrape_or_two_that_failed_are_no_hole() -> None:
    """Three minutes instead of one."""
    assert sample_holes(series("cpu", {minute: 1.0 for minute in range(60) if minute not in {20, 21}})).is_empty()


def test_without_samples_nothing_is_missing() -> None:
    """No row, no crash; nor of one sample."""
    assert sample_holes(series("cpu", {})).is_empty()
    assert sample_holes(series("cpu", {1: 2.0})).is_empty()
