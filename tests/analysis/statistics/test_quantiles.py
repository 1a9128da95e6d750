"""Quantiles with exact intervals, and none where there are too few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.analysis.statistics.quantiles import fewest_for_interval, quantile
from incident_analytics.errors import ParameterError


@pytest.mark.parametrize(("share", "fewest"), [(0.5, 6), (0.9, 36), (0.95, 72)])
def test_an_interval_takes_so_many(share: float, fewest: int) -> None:
    """STATISTICS.md: 6 for the median, 36 for the 90th percentile, 72 for the 95th; and one fewer gives none."""
    assert fewest_for_interval(share) == fewest
    enough, short = (quantile(list(range(n)), share) for n in (fewest, fewest - 1))
    assert enough.has_interval
    assert enough.reason == ""
    assert short.high is None
    assert short.reason == f"an interval takes {fewest} incidents"


def test_below_the_fewest_a_high_quantile_still_has_a_lower_end() -> None:
    """Of 35 the 28th is at least below the 90th percentile: print "at least 28"."""
    found = quantile([float(second) for second in range(1, 36)], 0.9)
    assert (found.low, found.high) == (28.0, None)


def test_four_incidents_have_a_median_and_no_interval() -> None:
    """BMC Helix's example: 44, 100, 40 and 20 hours, whose mean is 51."""
    found = quantile([44.0, 100.0, 40.0, 20.0])
    assert (found.estimate, found.low, found.high, found.n) == (42.0, None, None, 4)


def test_the_interval_of_fifteen_is_the_fourth_and_the_twelfth() -> None:
    """Conover's table of the sign test for n = 15: ranks 4 and 12."""
    found = quantile([float(second) for second in range(1, 16)])
    assert (found.estimate, found.low, found.high) == (8.0, 4.0, 12.0)


def test_of_none_and_of_one() -> None:
    """Nothing, and the one without an interval."""
    assert quantile([]).estimate is None
    assert (quantile([7.0]).estimate, quantile([7.0]).low) == (7.0, None)


def test_ties_do_no_harm() -> None:
    """Everybody took as long."""
    found = quantile([60.0] * 10)
    assert (found.estimate, found.low, found.high) == (60.0, 60.0, 60.0)


@pytest.mark.parametrize("share", [0.0, 1.0, 90.0])
def test_a_share_lies_between_nought_and_one(share: float) -> None:
    """The ninetieth percentile is 0.9."""
    with pytest.raises(ParameterError, match="share: expected a number between 0 and 1"):
        quantile([1.0, 2.0], share)


@given(st.lists(st.floats(0, 1e7), min_size=6, max_size=40), st.randoms())
def test_the_order_of_incidents_does_not_matter(seconds: list[float], shuffler: object) -> None:
    """A quantile knows no time."""
    shuffled = list(seconds)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert quantile(shuffled) == quantile(seconds)


@pytest.mark.slow
@pytest.mark.parametrize("n", [15, 120])
def test_the_interval_holds_the_median_as_often_as_it_promises(n: int) -> None:
    """At least 95 of 100, where the bootstrap manages 93 to 96 (lognormal, sd of logs 1.25)."""
    generator = np.random.default_rng(n)
    held = 0
    for _ in range(500):
        found = quantile(generator.lognormal(0, 1.25, n))
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 1 <= found.high
    assert held >= 465  # 475 less two standard deviations of 500 draws


def test_open_ones_are_refused() -> None:
    """They last longer than they are old, so their quantile is another question."""
    with pytest.raises(ParameterError, match=r"expected durations that ended, found '1 open'; .*time_until_done"):
        quantile(durations([60, 120], [False, True]))
