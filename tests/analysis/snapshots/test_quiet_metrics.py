"""A quiet snapshot gives "nothing moved": of a hundred seeded ones at most eight have a window or name a metric."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from incident_analytics.analysis.snapshots.impact_window import impact_window
from incident_analytics.analysis.snapshots.moved_most import moved_most

if TYPE_CHECKING:
    from numpy.random import Generator

    from incident_analytics.analysis.snapshots.series import Floats

BEGUN, MINUTE = datetime(2024, 1, 15, tzinfo=UTC), timedelta(minutes=1)
HISTORY, SNAPSHOT = 26 * 60, 150
SINCE = BEGUN + MINUTE * HISTORY
UNTIL = SINCE + MINUTE * SNAPSHOT
CASES, MOST = 100, 8
KINDS = ["noise", "by day", "much by day", "hanging", "counts by day", "heavy tails", "rare peaks", "a walk"]


def quiet_values(kind: str, draw: Generator) -> Floats:
    """26 hours and the snapshot of one metric, a sample a minute, beginning at any time of day."""
    n = HISTORY + SNAPSHOT
    day = np.sin(2 * np.pi * (np.arange(n) / 1440 + draw.uniform()))
    noise = draw.normal(size=n)
    hanging = np.convolve(noise, 0.9 ** np.arange(60))[:n]
    made: dict[str, Floats] = {
        "noise": 100 + 4 * noise,
        "by day": 100 + 10 * day + 4 * noise,
        "much by day": 100 + 60 * day + 4 * noise,
        "hanging": 100 + 20 * day + 2 * hanging,
        "counts by day": draw.poisson(20 * (1.2 + day)).astype(np.float64),
        "heavy tails": np.exp(3 + 0.5 * day + 0.4 * noise),
        "rare peaks": 10 + noise + 40 * draw.exponential(size=n) * (draw.uniform(size=n) < 1 / 50),
        "a walk": 100 + noise.cumsum(),
    }
    return made[kind]


def as_samples(values: Floats) -> pl.DataFrame:
    """One series."""
    at = pl.datetime_range(BEGUN, BEGUN + MINUTE * (values.size - 1), MINUTE, time_unit="us", eager=True)
    return pl.DataFrame({"timestamp": at, "value": values})


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_hundred_quiet_metrics_eight_at_most_have_a_window(kind: str) -> None:
    """Whatever the noise, and wherever in its day the snapshot lies: a day of history has seen that hour."""
    draw = np.random.default_rng(5)
    told = [impact_window(as_samples(quiet_values(kind, draw)), since=SINCE, until=UNTIL).is_told for _ in range(CASES)]
    assert sum(told) <= MOST


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_hundred_quiet_snapshots_eight_at_most_name_a_metric(kind: str) -> None:
    """Four metrics of a kind each, an hour and a half of them."""
    draw = np.random.default_rng(6)
    named = 0
    for _ in range(CASES):
        four = [
            as_samples(quiet_values(kind, draw)).select(
                "timestamp",
                pl.lit(f"metric_{number}").alias("metric"),
                pl.lit("{}").alias("labels"),
                pl.lit("").alias("unit"),
                "value",
            )
            for number in range(4)
        ]
        moved = moved_most(pl.concat(four), start=SINCE + 30 * MINUTE, end=SINCE + 120 * MINUTE).moved
        named += bool(moved)
    assert named <= MOST
