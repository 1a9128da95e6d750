"""The smallest change that so few incidents would show."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.statistics.comparison import compare
from incident_analytics.analysis.statistics.detectable import (
    Test,
    detectable_counts,
    power_of_reduction,
    smallest_detectable_reduction,
)
from incident_analytics.errors import ParameterError


@pytest.mark.parametrize(
    ("n", "cut", "published"),
    [
        (100, 0.10, 0.0884),
        (1000, 0.10, 0.4743),
        (2000, 0.10, 0.7630),
        (4000, 0.10, 0.9636),
        (100, 0.25, 0.3754),
        (100, 0.50, 0.9736),
    ],
)
def test_the_published_powers_are_met(n: int, cut: float, published: float) -> None:
    """Benninghoff, 2025, by simulation with a spread of 1.25; to one point."""
    assert power_of_reduction(1 - cut, n, n, spread=1.25) == pytest.approx(published, abs=0.01)


@pytest.mark.parametrize(
    ("n", "reductions"),
    [
        (5, (87, 92, 95, 93)),
        (10, (73, 81, 86, 82)),
        (20, (60, 68, 74, 69)),
        (30, (52, 60, 67, 61)),
        (50, (43, 51, 57, 52)),
        (100, (33, 39, 45, 40)),
        (200, (24, 30, 34, 30)),
        (500, (16, 20, 23, 20)),
        (1000, (12, 15, 17, 15)),
    ],
)
def test_the_table_of_reductions_is_met(n: int, reductions: tuple[int, int, int, int]) -> None:
    """STATISTICS.md: percent, for spreads of 1.0, 1.25 and 1.5, and Mann-Whitney at 1.25."""
    tests: list[tuple[float, Test]] = [(1.0, "t-test of logarithms"), (1.25, "t-test of logarithms")]
    tests += [(1.5, "t-test of logarithms"), (1.25, "Mann-Whitney")]
    found = [smallest_detectable_reduction(n, n, spread=spread, test=test).reduction for spread, test in tests]
    assert [round(100 * (reduction or 0)) for reduction in found] == list(reductions)


def test_large_effects_of_many_are_certain_and_not_unknown() -> None:
    """The power of statsmodels is NaN there."""
    assert power_of_reduction(0.01, 4000, 4000, spread=1.0) == pytest.approx(1.0, abs=1e-4)
    found = smallest_detectable_reduction(1_000_000, 1_000_000, spread=1.25)
    assert found.reduction == pytest.approx(0.0049, abs=5e-5)


@pytest.mark.parametrize("sizes", [(0, 50), (1, 50), (1, 1)])
def test_one_incident_detects_nothing(sizes: tuple[int, int]) -> None:
    """It has no spread."""
    found = smallest_detectable_reduction(*sizes, spread=1.25)
    assert (found.ratio, found.reduction) == (None, None)
    assert found.reason == "a comparison takes two incidents in each group"


def test_two_and_two_detect_next_to_nothing() -> None:
    """Only what is three hundred times as fast, or nothing at all with a larger spread."""
    found = smallest_detectable_reduction(2, 2, spread=1.0)
    assert found.ratio == pytest.approx(0.0035, abs=5e-5)
    assert smallest_detectable_reduction(2, 2, spread=1.0, power=0.95).reason == (
        "no reduction would be found that often among so few"
    )


@pytest.mark.parametrize("spread", [0.0, -1.0, float("nan")])
def test_a_spread_is_above_nought(spread: float) -> None:
    """Equal durations make everything detectable, which is a mistake upstream."""
    with pytest.raises(ParameterError, match="spread: expected a number above 0"):
        smallest_detectable_reduction(10, 10, spread=spread)


@pytest.mark.parametrize(("expected", "fewest", "most"), [(50, 25.9, 81.9), (100, 64.3, 143.5)])
def test_the_counts_are_met(expected: int, fewest: float, most: float) -> None:
    """(sqrt N -+ 1.981)^2; of 50 a fall by 48 % or a rise by 64 %."""
    found = detectable_counts(expected)
    assert found.fewest is not None
    assert (round(found.fewest, 1), round(found.most, 1)) == (fewest, most)


@pytest.mark.parametrize("expected", [0, 5, 7])
def test_of_few_events_no_decrease_is_detectable(expected: int) -> None:
    """Of five, not even none would be told from chance; of eight it would."""
    found = detectable_counts(expected)
    assert found.fewest is None
    assert found.reason == "not even no events at all would be told from chance"
    assert detectable_counts(8).fewest is not None


@pytest.mark.slow
@pytest.mark.parametrize("n", [20, 50])
def test_what_is_called_detectable_is_found_four_times_of_five(n: int) -> None:
    """By the Mann-Whitney test of `compare`, whose power is .804 and .797 in STATISTICS.md."""
    generator, found = np.random.default_rng(n), 0
    ratio = smallest_detectable_reduction(n, n, spread=1.25, test="Mann-Whitney").ratio
    assert ratio is not None
    for _ in range(600):
        p_value = compare(generator.lognormal(7, 1.25, n), ratio * generator.lognormal(7, 1.25, n)).p_value
        found += p_value is not None and p_value <= 0.05
    assert found / 600 == pytest.approx(0.8, abs=0.04)
