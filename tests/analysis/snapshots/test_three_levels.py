"""Stretches as three levels."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.snapshots.three_levels import robust_spread, three_levels


def test_the_middle_level_is_what_stands_out() -> None:
    """Five samples of 9 among ones and twos: its median, that of the others, and how far apart they are."""
    found = three_levels(np.array([[1.0, 2, 1, 2, 1, 9, 9, 9, 9, 9, 2, 1, 2, 1, 2]]))
    assert (found.onset.tolist(), found.end.tolist()) == ([5], [10])
    assert (found.median_in.tolist(), found.median_out.tolist(), found.difference.tolist()) == ([9.0], [1.5], [7.5])
    assert (found.median_before.tolist(), found.median_after.tolist()) == ([1.0], [2.0])


def test_a_level_that_holds_to_the_end_has_no_end() -> None:
    """One cut is left to noise; the other one begins the level."""
    found = three_levels(np.array([[1.0] * 4 + [2.0] * 4 + [9.0] * 10]))
    assert (found.onset.tolist(), found.end.tolist()) == ([8], [18])
    assert (found.median_before.tolist(), found.median_in.tolist()) == ([1.5], [9.0])
    assert found.median_after.tolist() == found.median_in.tolist()


def test_stretches_beside_each_other_change_nothing() -> None:
    """One row, or two at once."""
    values = np.random.default_rng(7).normal(size=(2, 40))
    both = three_levels(values).difference.tolist()
    assert both == [float(three_levels(row[None, :]).difference[0]) for row in values]


@pytest.mark.parametrize(
    ("values", "spread"),
    [([1.0, 2.0, 3.0], 1.4826), ([5.0, 5.0, 5.0, 9.0], 1.2533), ([5.0, 5.0], 0.0), ([], 0.0)],
)
def test_the_spread_of_mostly_equal_values_comes_from_their_mean_deviation(values: list[float], spread: float) -> None:
    """1.4826 median deviations; where that is 0, 1.2533 mean ones; of nothing 0."""
    assert robust_spread(np.array([values])).tolist() == [spread]
