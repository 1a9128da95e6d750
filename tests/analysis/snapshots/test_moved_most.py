"""Which series moved most, and in which order they began to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from incident_analytics.analysis.snapshots.moved_most import moved_most
from incident_analytics.errors import ParameterError
from incident_analytics.sources.metrics import SAMPLE_SCHEMA, read_samples

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SAMPLE = Path(__file__).parents[3] / "data" / "INC-2024-001"


def snapshot(seed: int = 1, *, before: int = 600, **shifts: tuple[int, float]) -> pl.DataFrame:
    """Five quiet metrics a minute, an hour of them after noon; each shift begins some minutes after noon."""
    generator = np.random.default_rng(seed)
    at = [NOON + MINUTE * minute for minute in range(-before, 60)]
    frames = []
    for name in ("cpu", "errors", "latency", "orders", "success"):
        values = generator.normal(100, 2, len(at))
        minute, size = shifts.get(name, (0, 0.0))
        values[before + minute :] += size
        frames.append(pl.DataFrame({"timestamp": at, "metric": name, "labels": "{}", "unit": "", "value": values}))
    return pl.concat(frames)


def test_what_moved_most_comes_first_with_the_order_of_onsets() -> None:
    """Errors rise by 100 after ten minutes, latency by 40 after five."""
    found = moved_most(snapshot(errors=(10, 100.0), latency=(5, 40.0)), start=NOON, end=NOON + 60 * MINUTE)
    assert [(row.metric, row.onset_at, row.onset_place) for row in found.moved] == [
        ("errors", NOON + 10 * MINUTE, 2),
        ("latency", NOON + 5 * MINUTE, 1),
    ]
    assert (found.n_series, found.n_placebos, found.n_apart, found.quantile, found.reason) == (5, 39, 4, 0.95, "")


def test_a_move_against_its_bad_direction_is_none() -> None:
    """Success that rises and errors that fall are no trouble; success that falls is."""
    found = moved_most(
        snapshot(success=(0, -60.0), errors=(0, -60.0), latency=(0, -60.0)), start=NOON, end=NOON + 60 * MINUTE
    )
    assert [row.metric for row in found.moved] == ["success"]


def test_of_twenty_quiet_snapshots_one_at_most_names_a_metric() -> None:
    """The benchmark counts 100 with 65 series each: 2."""
    alarms = [bool(moved_most(snapshot(seed), start=NOON, end=NOON + 60 * MINUTE).moved) for seed in range(20)]
    assert sum(alarms) <= 1


def test_a_series_that_never_moved_before_counts_100() -> None:
    """Nothing ever waited."""
    quiet = snapshot()
    waiting = quiet.filter(pl.col("metric") == "cpu").with_columns(
        metric=pl.lit("waiting"), value=pl.when(pl.col("timestamp") >= NOON + 5 * MINUTE).then(7.0).otherwise(0.0)
    )
    first = moved_most(pl.concat([quiet, waiting]), start=NOON, end=NOON + 60 * MINUTE).series[0]
    assert (first.metric, first.score, first.extreme, first.onset_at) == ("waiting", 100.0, 7.0, NOON + 5 * MINUTE)


def test_without_history_the_order_stands_and_nothing_is_said_to_have_moved() -> None:
    """An hour before is enough for scores and too little for the guard."""
    found = moved_most(snapshot(before=60, errors=(10, 100.0)), start=NOON, end=NOON + 60 * MINUTE)
    assert (found.series[0].metric, found.moved, found.threshold) == ("errors", (), None)
    assert found.reason == "too little history: 0 quiet stretches, at least 30 are needed"


def test_an_empty_snapshot_says_so() -> None:
    """No series at all."""
    found = moved_most(SAMPLE_SCHEMA.to_frame(), start=NOON, end=NOON + 60 * MINUTE)
    assert (found.series, found.n_series, found.reason) == ((), 0, "no samples")


def test_a_series_without_samples_during_has_no_score() -> None:
    """It stopped before noon."""
    stopped = snapshot().filter((pl.col("metric") != "cpu") | (pl.col("timestamp") < NOON))
    (cpu,) = [row for row in moved_most(stopped, start=NOON, end=NOON + 60 * MINUTE).series if row.metric == "cpu"]
    assert (cpu.score, cpu.reason) == (None, "too few samples before or none during the incident")


def test_an_incident_ends_after_it_begins() -> None:
    """Noon to noon is none."""
    with pytest.raises(ParameterError, match="until"):
        moved_most(snapshot(), start=NOON, end=NOON)


def test_in_the_sample_cpu_and_memory_did_not_move() -> None:
    """The impact begins at 14:12:40, the limit of the pool is raised at 14:40 (data/README.md)."""
    paths = [path for path in (SAMPLE / "evidence" / "metrics").glob("*.json") if "history" not in path.name]
    samples = read_samples(paths, root=SAMPLE).frame.lazy().collect()
    found = moved_most(
        samples,
        start=datetime(2024, 1, 15, 14, 12, 30, tzinfo=UTC),
        end=datetime(2024, 1, 15, 15, 2, 30, tzinfo=UTC),
    )
    assert [(row.metric, row.onset_at and f"{row.onset_at:%H:%M:%S}", row.onset_place) for row in found.moved] == [
        ("latency_p95_seconds", "14:12:45", 1),
        ("db_pool_max", "14:40:00", 6),
        ("db_pool_waiting", "14:12:45", 1),
        ("payment_success_rate", "14:12:45", 1),
        ("orders_per_minute", "14:13:00", 4),
        ("revenue_per_minute", "14:13:00", 4),
    ]
