"""Shares with their exact intervals."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.errors import ParameterError


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(9, 22, 0.2071, 0.6365), (10, 11, 0.5872, 0.9977), (0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0)],
)
def test_interval_is_that_of_clopper_and_pearson(count: int, n: int, low: float, high: float) -> None:
    """statsmodels.stats.proportion.proportion_confint(count, n, method="beta") gives the same."""
    found = share_of(count, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)
    assert (found.n, found.method) == (n, "Clopper-Pearson")


def test_none_of_none_is_no_share() -> None:
    """Not 0 %."""
    found = share_of(0, 0)
    assert (found.estimate, found.low, found.reason) == (None, None, "no incidents")


def test_more_than_all_is_an_error() -> None:
    """Three of two."""
    with pytest.raises(ParameterError, match="expected 0 to 2, found '3'"):
        share_of(3, 2)
