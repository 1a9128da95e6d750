"""Where a change may lie."""

from __future__ import annotations

import numpy as np

from incident_analytics.analysis.statistics.change_place import change_place
from incident_analytics.analysis.statistics.change_point import change_point


def test_the_stretch_holds_the_true_place_in_nineteen_of_twenty_series() -> None:
    """Of 200 lognormal series halved after the 120th of 240, at least 182 (95 % less three standard errors)."""
    generator = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        logs = generator.normal(size=240) + np.where(np.arange(240) < 120, 0.0, -np.log(2))
        place = change_place(600 * np.exp(logs))
        assert place is not None
        held += place[0] <= 120 <= place[1]
    assert held >= 182


def test_the_best_cut_lies_in_the_stretch_with_and_without_open_incidents() -> None:
    """The place is told around what `change_point` finds, from the same deviations."""
    generator = np.random.default_rng(6)
    seconds = np.concatenate([generator.lognormal(7, 1, 60), generator.lognormal(6, 1, 60)])
    for is_open in (np.zeros(120, dtype=bool), np.arange(120) % 10 == 9):
        point = change_point(seconds, is_open, seed=1)
        place = change_place(seconds, is_open)
        assert place is not None
        assert point.first_after is not None
        assert place[0] <= point.first_after <= place[1]


def test_too_few_or_all_alike_have_no_place() -> None:
    """A cut needs three incidents on each side, and something that differs."""
    assert change_place([1, 2, 3, 4, 5]) is None
    assert change_place([60] * 20) is None
    assert change_place([]) is None
