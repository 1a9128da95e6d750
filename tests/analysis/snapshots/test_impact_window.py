"""Onset and end of one series, with the placebo guard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from incident_analytics.analysis.snapshots.impact_window import impact_window
from incident_analytics.errors import ParameterError
from incident_analytics.sources.metrics import read_samples

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SAMPLE = Path(__file__).parents[3] / "data" / "INC-2024-001"
# an hour as the record gives it, half an hour before it and after it
SINCE, UNTIL = datetime(2024, 1, 15, 13, 45, tzinfo=UTC), datetime(2024, 1, 15, 16, 15, tzinfo=UTC)


def by_minute(values: list[float], *, before: int = 240) -> pl.DataFrame:
    """One sample a minute, the first `before` minutes before noon."""
    at = [NOON + MINUTE * (number - before) for number in range(len(values))]
    return pl.DataFrame({"timestamp": at, "value": values, "unit": "ms"}, schema_overrides={"value": pl.Float64})


def noise(samples: int, seed: int = 1) -> list[float]:
    """Quiet samples around 100."""
    return [float(value) for value in np.random.default_rng(seed).normal(100, 2, samples)]


def test_a_step_is_found_where_it_is() -> None:
    """Twenty minutes at twice the level, from ten past noon."""
    values = noise(300)
    values[250:270] = [value + 100 for value in values[250:270]]
    found = impact_window(by_minute(values), since=NOON, until=NOON + 60 * MINUTE)
    assert (found.onset_at, found.end_at) == (NOON + 10 * MINUTE, NOON + 30 * MINUTE)
    assert (found.n, found.n_placebos, found.n_apart, found.unit, found.reason) == (60, 39, 3, "ms", "")


def test_a_quiet_series_has_no_window() -> None:
    """What the cuts find in noise is what they find in any noise."""
    found = impact_window(by_minute(noise(300)), since=NOON, until=NOON + 60 * MINUTE)
    assert (found.onset_at, found.end_at) == (None, None)
    assert found.reason == "what moved is within what quiet stretches of the same length do"


def test_a_metric_that_does_not_come_back_has_no_end() -> None:
    """The step holds until the snapshot ends."""
    values = noise(300)
    values[250:] = [value + 100 for value in values[250:]]
    found = impact_window(by_minute(values), since=NOON, until=NOON + 60 * MINUTE)
    assert (found.onset_at, found.end_at) == (NOON + 10 * MINUTE, None)
    assert found.reason == "not back when the evidence ends"


def test_a_move_the_other_way_is_no_impact() -> None:
    """Trouble makes CPU rise; it fell because there was less to do."""
    values = noise(300)
    values[250:270] = [value - 50 for value in values[250:270]]
    found = impact_window(by_minute(values), since=NOON, until=NOON + 60 * MINUTE, direction="rises")
    assert (found.onset_at, found.reason) == (None, "it moved the other way: trouble makes it rise")


@pytest.mark.parametrize(
    ("values", "before", "reason"),
    [
        ([], 0, "no samples in the snapshot"),
        ([5.0] * 4, 0, "too few samples: 4 in the snapshot, at least 12 are needed"),
        ([5.0] * 300, 240, "the metric does not vary"),
        ([float("nan")] * 300, 240, "no samples in the snapshot"),
        (
            [1.0, 2, 3] * 20,
            0,
            "too little history: 0 quiet stretches as long as the snapshot, at least 30 are needed",
        ),
    ],
)
def test_what_cannot_be_told_says_why(values: list[float], before: int, reason: str) -> None:
    """Nothing is guessed from too little."""
    found = impact_window(by_minute(values, before=before), since=NOON, until=NOON + 60 * MINUTE)
    assert (found.onset_at, found.reason) == (None, reason)


def test_stretches_that_touch_another_incident_are_not_quiet() -> None:
    """With an incident through the whole morning, no history is left."""
    found = impact_window(
        by_minute(noise(300)), since=NOON, until=NOON + 60 * MINUTE, incidents=[(NOON - 200 * MINUTE, NOON)]
    )
    assert found.n_placebos == 0


def test_rows_in_another_order_give_the_same_window() -> None:
    """The order of the file means nothing."""
    values = noise(300)
    values[250:270] = [value + 100 for value in values[250:270]]
    samples = by_minute(values)
    one, other = (impact_window(each, since=NOON, until=NOON + 60 * MINUTE) for each in (samples, samples.reverse()))
    assert one == other


def test_a_window_ends_after_it_begins() -> None:
    """Noon to noon is no window."""
    with pytest.raises(ParameterError, match="until"):
        impact_window(by_minute(noise(300)), since=NOON, until=NOON)


def test_fewer_than_thirty_placebos_are_refused() -> None:
    """Their 95 % quantile is beyond the largest."""
    with pytest.raises(ParameterError, match="at least 30"):
        impact_window(by_minute(noise(300)), since=NOON, until=NOON + 60 * MINUTE, placebos=29)


def sample_series(metric: str) -> list[pl.DataFrame]:
    """Each series of one metric of the sample incident."""
    read = read_samples((SAMPLE / "evidence" / "metrics").glob(f"{metric}.json"), root=SAMPLE).frame
    return [group for _, group in read.lazy().collect().group_by("labels", maintain_order=True)]


def test_the_sample_incident_begins_and_ends_as_planted() -> None:
    """14:12:40 to 15:02:10 in data/README.md; the samples lie 15 seconds apart."""
    (success,) = sample_series("payment_success_rate")
    found = impact_window(success, since=SINCE, until=UNTIL, direction="falls")
    assert str(found.onset_at) == "2024-01-15 14:12:45+00:00"
    assert str(found.end_at) == "2024-01-15 15:02:30+00:00"


@pytest.mark.parametrize(("metric", "told"), [("cpu_percent", [False, False]), ("memory_bytes", [False, True])])
def test_cpu_and_memory_of_the_sample_tell_nothing_that_ended(metric: str, told: list[bool]) -> None:
    """CPU falls, as fewer charges are made; the memory of the database gains 2.5 % at 14:40 and keeps it."""
    windows = [impact_window(each, since=SINCE, until=UNTIL, direction="rises") for each in sample_series(metric)]
    assert [(window.is_told, window.end_at) for window in windows] == [(one, None) for one in told]
