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


def test_of_a_hundred_quiet_snapshots_eight_at_most_name_a_metric() -> None:
    """Five are expected; the benchmark counts 100 with 65 series each."""
    alarms = [bool(moved_most(snapshot(seed), start=NOON, end=NOON + 60 * MINUTE).moved) for seed in range(100)]
    assert sum(alarms) <= 8


def test_a_short_history_of_four_hours_keeps_the_promise() -> None:
    """The first twelve minutes, as a report asks them."""
    until = NOON + 12 * MINUTE
    alarms = [bool(moved_most(snapshot(seed, before=240), start=NOON, end=until).moved) for seed in range(100)]
    assert sum(alarms) <= 8


def test_a_peak_of_one_sample_is_not_held() -> None:
    """Ten times the usual in one minute of sixty moves nothing; three minutes of it do."""
    samples = snapshot()
    at = pl.col("timestamp")

    def peak(minutes: int) -> pl.DataFrame:
        lifted = (pl.col("metric") == "cpu") & at.is_between(NOON + 10 * MINUTE, NOON + (9 + minutes) * MINUTE)
        return samples.with_columns(value=pl.when(lifted).then(1000.0).otherwise(pl.col("value")))

    (one, three) = (moved_most(peak(minutes), start=NOON, end=NOON + 60 * MINUTE).moved for minutes in (1, 3))
    assert one == ()
    assert [(row.metric, row.extreme, row.onset_at) for row in three] == [("cpu", 1000.0, NOON + 10 * MINUTE)]


def test_a_history_of_other_series_makes_no_quiet_stretches() -> None:
    """A metric of the weeks before that ends before the incident is told so, and changes nothing for the others."""
    weeks = pl.DataFrame(
        {
            "timestamp": [NOON - timedelta(hours=hour) for hour in range(10, 600)],
            "metric": "orders_history",
            "labels": "{}",
            "unit": "",
            "value": 5.0,
        }
    )
    alone = moved_most(snapshot(errors=(10, 100.0)), start=NOON, end=NOON + 60 * MINUTE)
    both = moved_most(pl.concat([weeks, snapshot(errors=(10, 100.0))]), start=NOON, end=NOON + 60 * MINUTE)
    assert both.series[:-1] == alone.series
    assert (both.series[-1].metric, both.series[-1].reason) == ("orders_history", "no samples during")


def test_numbers_that_are_none_are_left_out() -> None:
    """NaN and infinity are gaps, a series of nothing else has no samples, one without a unit has an empty one."""
    samples = snapshot(errors=(10, 100.0)).with_columns(
        value=pl.when(pl.col("metric") == "cpu")
        .then(float("nan"))
        .when((pl.col("metric") == "errors") & (pl.col("timestamp").dt.minute() % 10 == 7))
        .then(float("inf"))
        .otherwise(pl.col("value")),
        unit=pl.lit(None, dtype=pl.String),
    )
    found = moved_most(samples, start=NOON, end=NOON + 60 * MINUTE)
    assert [(row.metric, row.unit, row.onset_at) for row in found.moved] == [("errors", "", NOON + 10 * MINUTE)]
    (cpu,) = [row for row in found.series if row.metric == "cpu"]
    assert (cpu.score, cpu.reason) == (None, "no samples during")


def test_a_series_with_a_short_history_of_its_own_is_not_judged() -> None:
    """Its samples begin two hours before: the others are told, of it that it cannot be."""
    late = snapshot(cpu=(10, 100.0)).filter(
        (pl.col("metric") != "cpu") | (pl.col("timestamp") >= NOON - timedelta(hours=2))
    )
    (cpu,) = [row for row in moved_most(late, start=NOON, end=NOON + 60 * MINUTE).series if row.metric == "cpu"]
    assert (cpu.is_moved, cpu.score is None) == (False, False)
    assert cpu.reason.startswith("too little history: ")


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
    assert (cpu.score, cpu.reason) == (None, "no samples during")


def test_an_incident_ends_after_it_begins() -> None:
    """Noon to noon is none."""
    with pytest.raises(ParameterError, match="until"):
        moved_most(snapshot(), start=NOON, end=NOON)


def test_in_the_sample_cpu_and_memory_did_not_move() -> None:
    """The pool is at its limit from 14:12:28 on, the impact begins at 14:12:40 (data/README.md)."""
    samples = read_samples(sorted((SAMPLE / "evidence" / "metrics").glob("*.json")), root=SAMPLE)
    found = moved_most(
        samples.frame.lazy().collect(),
        start=datetime(2024, 1, 15, 14, 12, tzinfo=UTC),
        end=datetime(2024, 1, 15, 14, 24, tzinfo=UTC),
    )
    assert [(row.metric, row.onset_at and f"{row.onset_at:%H:%M:%S}", row.onset_place) for row in found.moved] == [
        ("latency_p95_seconds", "14:13:00", 3),
        ("db_pool_waiting", "14:12:30", 1),
        ("payment_success_rate", "14:13:00", 3),
        ("orders_per_minute", "14:13:00", 3),
        ("revenue_per_minute", "14:13:00", 3),
        ("db_pool_in_use", "14:12:30", 1),
    ]
    assert (found.n_series, found.n_placebos, found.n_apart) == (13, 39, 2)
