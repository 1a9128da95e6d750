"""Where durations moved to another level."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.statistics.change_point import change_point, logrank_scores
from incident_analytics.analysis.statistics.durations import durations


def test_a_step_is_found_where_it_is() -> None:
    """An hour, then ten minutes from the thirteenth on; the smallest p-value of 499 shuffles is 0.002."""
    found = change_point([3500, 3600, 3700] * 4 + [590, 600, 610] * 4, seed=1)
    assert (found.first_after, found.p_value) == (12, 0.002)
    assert (found.before_seconds, found.after_seconds) == (3600, 600)


def test_the_same_seed_gives_the_same() -> None:
    """And another seed another p-value of the same cut."""
    seconds = np.random.default_rng(5).lognormal(7, 1.25, 60)
    one, again, other = (change_point(seconds, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert (one.first_after, one.n) == (other.first_after, other.n)


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [
        ([], "a change takes three on each side"),
        ([60.0] * 5, "a change takes three on each side"),
        ([60.0] * 20, "all are equally long"),
        ([0.0, 1.0] * 5, "all are equally long"),
    ],
)
def test_where_nothing_can_move_nothing_is_said(seconds: list[float], reason: str) -> None:
    """Too few, or all the same to the second."""
    found = change_point(seconds, seed=1)
    assert (found.first_after, found.p_value, found.reason) == (None, None, reason)


def test_the_scores_of_open_ones_are_those_of_log_rank() -> None:
    """By hand: hazards 1/4, then 1/2; an open one has its hazard, a done one its hazard less one; they sum to 0."""
    scores = logrank_scores(durations([10, 20, 30, 40], [False, True, False, True]))
    assert scores.tolist() == pytest.approx([-0.75, 0.25, -0.25, 0.75])


def test_young_open_incidents_are_not_taken_for_fast_ones() -> None:
    """Long ones, the last ten open since a minute: dropping or believing their age would be a change."""
    seconds = [*np.exp(np.linspace(8, 10, 40))[np.random.default_rng(2).permutation(40)], *[60.0] * 10]
    is_open = [False] * 40 + [True] * 10
    found = change_point(seconds, is_open, seed=1)
    assert found.p_value is not None
    assert found.p_value > 0.1
    believed = change_point(seconds, seed=1)
    assert (believed.first_after, believed.p_value) == (40, 0.002)
    assert found.method == "permutation of the largest cumulative sum of log-rank scores, seed 1"


def test_thousands_take_the_limit_of_the_shuffles() -> None:
    """3,000 with a fall by a tenth after 1,500: found near its place, and without shuffles."""
    generator = np.random.default_rng(6)
    seconds = generator.lognormal(7, 0.3, 3000) * np.where(np.arange(3000) < 1500, 1, 0.9)
    found = change_point(seconds, seed=1)
    assert found.p_value == pytest.approx(0, abs=1e-6)
    assert found.first_after == pytest.approx(1500, abs=60)


@pytest.mark.slow
def test_false_alarms_are_rare() -> None:
    """At most 6 of 100 series of 48 without a change; of 400 that is 24, and 33 with two standard deviations."""
    generator = np.random.default_rng(48)
    alarms = sum((change_point(generator.lognormal(7, 1.25, 48), seed=run).p_value or 1) <= 0.05 for run in range(400))
    assert alarms <= 33


@pytest.mark.slow
def test_a_fall_by_seventy_percent_is_found_and_placed() -> None:
    """120 incidents, halfway: in at least 95 of 100, at the median within two incidents."""
    generator, found, away = np.random.default_rng(70), 0, []
    for run in range(200):
        seconds = generator.lognormal(7, 1.25, 120) * np.where(np.arange(120) < 60, 1, 0.3)
        point = change_point(seconds, seed=run)
        assert point.first_after is not None
        assert point.p_value is not None
        if point.p_value <= 0.05:
            found += 1
            away.append(abs(point.first_after - 60))
    assert found >= 190
    assert np.median(away) <= 2
