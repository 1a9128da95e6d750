"""The log-rank test and the ratio that it fits best."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.analysis.statistics.logrank import _statistic, logrank, ratio_of_times

if TYPE_CHECKING:
    from conftest import Remissions


def test_the_textbook_is_met(freireich: Remissions, placebo: list[float]) -> None:
    """6-MP against placebo: z -4.0979, chi-squared 16.793, p 4.17e-5 (lifelines the same)."""
    weeks, is_open = freireich
    found = logrank(weeks, placebo, first_open=is_open)
    assert found.z is not None
    assert (found.z, found.z**2) == pytest.approx((-4.0979, 16.793), abs=5e-4)
    assert found.p_value == pytest.approx(4.17e-5, abs=5e-8)


def test_our_statistic_is_scipys(freireich: Remissions, placebo: list[float]) -> None:
    """The fast one that ratios are searched with."""
    weeks, is_open = (np.asarray(each) for each in freireich)
    nobody = np.zeros(21, dtype=np.bool_)
    assert _statistic(weeks, is_open, np.asarray(placebo), nobody) == pytest.approx(-4.097919104767264, rel=1e-12)


@pytest.mark.parametrize(("first", "second"), [([], [1.0]), ([1.0], []), ([1.0, 2.0], [3.0, 4.0])])
def test_where_nobody_is_done_there_is_no_test(first: list[float], second: list[float]) -> None:
    """Nor where one group is empty."""
    found = logrank(first, second, first_open=[True] * len(first), second_open=[True] * len(second))
    assert (found.z, found.p_value) == (None, None)


def test_the_ratio_of_scaled_times_is_the_scale() -> None:
    """Everybody took 40 % as long."""
    seconds = np.exp(np.linspace(5, 9, 60))
    low, high = (durations(seconds), durations(seconds * 0.4))
    estimate, least, most = ratio_of_times(low, high, level=0.95)
    assert estimate == pytest.approx(0.4, rel=0.03)
    assert least is not None
    assert most is not None
    assert math.sqrt(least * most) == pytest.approx(0.4, rel=0.03)


def test_the_interval_ends_where_the_test_begins_to_refuse(freireich: Remissions, placebo: list[float]) -> None:
    """The p-value (scipy's) of scaled times is above 0.05 a little within each end, and below it a little outside."""
    weeks, is_open = freireich
    estimate, low, high = ratio_of_times(durations(placebo), durations(weeks, is_open), level=0.95)
    assert low is not None
    assert high is not None
    assert estimate == pytest.approx(3.8, abs=0.005)

    def is_refused(ratio: float) -> bool:
        p_value = logrank(np.asarray(placebo) * ratio, weeks, second_open=is_open).p_value
        return p_value is not None and p_value < 0.05

    assert [is_refused(ratio) for ratio in (low * 0.999, low * 1.001)] == [True, False]
    assert [is_refused(ratio) for ratio in (high * 0.999, high * 1.001)] == [False, True]


def test_thousands_are_told_by_their_quantiles() -> None:
    """The interval of 20,000 a side is as narrow as 20,000 a side deserve: +- 1.96 * 1.25 * sqrt(2 / 20,000)."""
    seconds = np.exp(np.random.default_rng(4).normal(7, 1.25, 40_000))
    is_open = seconds > 20_000
    before = durations(seconds[:20_000], is_open[:20_000])
    after = durations(seconds[20_000:], is_open[20_000:])
    estimate, low, high = ratio_of_times(before, after, level=0.95)
    assert estimate == pytest.approx(1.0, abs=0.04)
    assert low is not None
    assert high is not None
    assert math.log(high / low) == pytest.approx(2 * 1.96 * 1.25 * math.sqrt(2 / 20_000), rel=0.2)
