"""Where the level that a series reached began."""

from __future__ import annotations

import numpy as np

from incident_analytics.analysis.snapshots.level_began import first_change, level_began


def test_a_step_begins_with_its_first_sample() -> None:
    """Forty samples of one, then fives."""
    assert level_began(np.array([1.0] * 40 + [5.0] * 9), 44, usual=1.0) == 40


def test_what_comes_after_the_way_back_does_not_matter() -> None:
    """A blip of four and a long time of quiet after it."""
    assert level_began(np.array([1.0] * 10 + [5.0] * 4 + [1.0] * 200), 11, usual=1.0) == 10


def test_a_single_peak_before_it_is_no_beginning() -> None:
    """One sample of nine an hour before."""
    values = np.array([1.0] * 20 + [9.0] + [1.0] * 40 + [5.0] * 9)
    assert level_began(values, 66, usual=1.0) == 61


def test_a_fall_is_found_as_a_rise_is() -> None:
    """Down from 1 to 0.2."""
    assert level_began(np.array([1.0] * 30 + [0.2] * 5), 34, usual=1.0) == 30


def test_a_level_that_never_changed_has_no_beginning() -> None:
    """All alike; and one sample alone."""
    assert level_began(np.array([1.0] * 9), 4, usual=1.0) is None
    assert level_began(np.array([1.0]), 0, usual=1.0) is None


def test_a_flat_series_began_with_its_first_change() -> None:
    """A counter of restarts: 1 long before it is 2."""
    values = np.array([0.0] * 100 + [1.0] * 70 + [2.0] * 60)
    assert first_change(values, 170, usual=0.0) == 100


def test_an_earlier_unrest_is_not_the_first_change() -> None:
    """One blip, four calm samples, then for good."""
    assert first_change(np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 3.0, 4.0]), 7, usual=0.0) == 6
