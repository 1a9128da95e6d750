"""Periods with the mix of the whole history."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.statistics.fixed_mix import fixed_mix
from incident_analytics.errors import ParameterError


def test_only_the_mix_moved() -> None:
    """The recorded mean doubles and the standardised one stays: half of all are 10, half 90."""
    found = fixed_mix([10, 10, 90, 10, 90, 90], "aababb", ["Q1"] * 3 + ["Q2"] * 3, statistic="mean")
    assert [each.period for each in found] == ["Q1", "Q2"]
    assert [each.recorded_seconds for each in found] == pytest.approx([110 / 3, 190 / 3])
    assert [each.fixed_seconds for each in found] == pytest.approx([50, 50])


def test_a_missing_group_is_named_and_the_others_stand_for_it() -> None:
    """Q2 has none of b."""
    _, second = fixed_mix([10, 90, 20], "aba", ["Q1", "Q1", "Q2"])
    assert (second.fixed_seconds, second.missing, second.n) == (20.0, ("b",), 1)


def test_open_incidents_are_in_the_median() -> None:
    """Of 10, 20 and one open for 90, the middle is 20; their mean is 15."""
    (median,) = fixed_mix([10, 20, 90], "aaa", ["Q1"] * 3, is_open=[False, False, True])
    (average,) = fixed_mix([10, 20, 90], "aaa", ["Q1"] * 3, is_open=[False, False, True], statistic="mean")
    assert (median.fixed_seconds, median.n) == (20.0, 3)
    assert (average.fixed_seconds, average.n) == (15.0, 2)


def test_no_history_has_no_periods() -> None:
    """And each incident has its period."""
    assert fixed_mix([], [], []) == ()
    with pytest.raises(ParameterError, match="expected 1 labels, one a duration"):
        fixed_mix([1], ["a"], [])
