"""Means and medians in which each duration counts by a weight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.analysis.statistics.survival import kaplan_meier_quantile
from incident_analytics.analysis.statistics.weighted import weighted


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_with_equal_weights_it_is_the_plain_one(seconds: list[float]) -> None:
    """The mean and the median of numpy."""
    given_durations, ones = durations(seconds), np.ones(len(seconds))
    assert weighted(given_durations, ones, "median") == pytest.approx(np.median(seconds))
    assert weighted(given_durations, ones, "mean") == pytest.approx(np.mean(seconds))


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=15))
def test_with_open_ones_it_is_the_median_of_kaplan_and_meier(pairs: list[tuple[int, bool]]) -> None:
    """Of scipy's curve, ties of open and done included."""
    given_durations = durations([float(second) for second, _ in pairs], [is_open for _, is_open in pairs])
    found = weighted(given_durations, np.ones(len(pairs)), "median")
    expected = kaplan_meier_quantile(given_durations)
    assert found == (expected if expected is None else pytest.approx(expected))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=12))
def test_a_weight_of_three_is_three_incidents(pairs: list[tuple[int, int]]) -> None:
    """And one of nought is none."""
    seconds, weights = [float(second) for second, _ in pairs], np.asarray([float(weight) for _, weight in pairs])
    repeated = np.repeat(seconds, weights.astype(int))
    found = weighted(durations(seconds), weights, "median")
    assert found == (pytest.approx(np.median(repeated)) if repeated.size else None)
