"""Two groups of durations beside each other."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from incident_analytics.analysis.statistics.comparison import can_differ, compare


def test_the_ratio_is_the_median_of_all_ratios() -> None:
    """Counted by hand: of 100, 200, 400, 800 and halves of them the sixteen ratios have the median 0.5."""
    before, after = [100.0, 200.0, 400.0, 800.0], [50.0, 100.0, 200.0, 400.0]
    found = compare(before, after)
    ratios = sorted(new / old for old, new in itertools.product(before, after))
    assert found.estimate == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx((ratios[0], ratios[-1]))
    assert (found.n_before, found.n_after, found.n_open) == (4, 4, 0)


def test_the_p_value_of_separate_groups_is_exact() -> None:
    """All of five before all of five: 2 / C(10, 5) = 2 / 252."""
    found = compare([10.0, 20.0, 30.0, 40.0, 50.0], [1.0, 2.0, 3.0, 4.0, 5.0])
    assert found.p_value == pytest.approx(2 / 252)
    assert found.method == "Mann-Whitney, Hodges-Lehmann"


def test_hollander_and_wolfe_are_met() -> None:
    """Permeability of the human chorioamnion, two-sided: p 0.2544, the shift -0.76 to 0.15 (R's wilcox.test)."""
    term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    early = [1.15, 0.88, 0.90, 0.74, 1.21]
    found = compare(np.exp(term), np.exp(early))
    assert found.p_value == pytest.approx(0.2544, abs=5e-5)
    assert found.estimate is not None
    assert found.low is not None
    assert found.high is not None
    assert np.log([found.estimate, found.low, found.high]) == pytest.approx([-0.305, -0.76, 0.15], abs=0.005)


def test_anything_open_takes_the_log_rank_test() -> None:
    """6 of 20 are still open after an hour; the ratio is that of the times."""
    before = np.exp(np.linspace(6, 10, 20))
    found = compare(np.minimum(before, 9000), before / 4, before_open=before > 9000)
    assert (found.method, found.n_open) == ("log-rank", 5)
    assert found.estimate == pytest.approx(0.25, rel=0.05)
    assert found.p_value is not None
    assert found.p_value < 0.01


@pytest.mark.parametrize(
    ("n_before", "n_after", "reason"),
    [
        (0, 5, "no incidents in one of the groups"),
        (3, 3, "groups of 3 and 3 are too small to show any difference"),
        (1, 9, "groups of 1 and 9 are too small to show any difference"),
    ],
)
def test_groups_that_could_not_differ_are_not_tested(n_before: int, n_after: int, reason: str) -> None:
    """Even all of three below all of three has p = 0.1."""
    found = compare(list(range(n_before)), [100.0] * n_after)
    assert (found.estimate, found.low, found.p_value, found.reason) == (None, None, None, reason)


def test_with_open_incidents_eight_must_be_done() -> None:
    """The log-rank test's normal distribution needs them."""
    found = compare([1.0] * 6, [2.0] * 6, after_open=[True] * 5 + [False])
    assert (found.p_value, found.reason) == (None, "with open incidents a comparison takes 8 that are done")


def test_everybody_as_long_is_no_difference() -> None:
    """All in one second, and all in none."""
    for seconds in (1.0, 0.0):
        found = compare([seconds] * 10, [seconds] * 10)
        assert (found.estimate, found.low, found.high, found.p_value) == (1.0, 1.0, 1.0, 1.0)


def test_swapping_the_groups_turns_the_ratio_over() -> None:
    """And leaves the p-value."""
    one, other = [60.0, 90.0, 200.0, 333.0, 1000.0, 4000.0], [30.0, 80.0, 90.0, 100.0, 700.0]
    there, back = compare(one, other), compare(other, one)
    assert there.p_value == pytest.approx(back.p_value)
    assert there.estimate is not None
    assert there.low is not None
    assert back.estimate == pytest.approx(1 / there.estimate)
    assert back.high == pytest.approx(1 / there.low)


def test_thousands_are_told_by_their_quantiles() -> None:
    """5,000 a side: within a thousandth of the median of all 25 million ratios (0.52071, numpy)."""
    generator = np.random.default_rng(3)
    before, after = generator.lognormal(7, 1.25, 5000), generator.lognormal(7, 1.25, 5000) / 2
    exact = float(np.exp(np.median(np.subtract.outer(np.log(after), np.log(before)))))
    assert compare(before, after).estimate == pytest.approx(exact, rel=1e-3)


@pytest.mark.parametrize(("sizes", "differ"), [((3, 3), False), ((4, 4), True), ((1, 39), False), ((1, 40), True)])
def test_which_groups_could_differ(sizes: tuple[int, int], differ: object) -> None:
    """2 / C(8, 4) is 0.029; 2 / 40 is 0.05, and 2 / 41 below it."""
    assert can_differ(*sizes) is differ
    assert can_differ(1_000_000, 1_000_000)


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30])
def test_no_difference_is_called_one_in_twenty_times(n: int) -> None:
    """Both tests keep to 5 %, and their intervals leave out 1 as often; two standard deviations of 300 runs."""
    generator, refused, left_out = np.random.default_rng(n), [0, 0], [0, 0]
    for _ in range(300):
        before, after = generator.lognormal(7, 1.25, n), generator.lognormal(7, 1.25, n)
        cut = np.quantile(before, 0.9)
        plain = compare(before, after)
        cut_off = compare(
            np.minimum(before, cut), np.minimum(after, cut), before_open=before > cut, after_open=after > cut
        )
        for place, found in enumerate((plain, cut_off)):
            refused[place] += found.p_value is not None and found.p_value <= 0.05
            left_out[place] += (found.low or 0) > 1 or (found.high or np.inf) < 1
    assert max(refused) <= 22
    assert max(left_out) <= 22
