"""Counts in a time."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.statistics.rates import compare_counts, compare_rates, dispersion, rate
from incident_analytics.errors import ParameterError


@pytest.mark.parametrize(("events", "low", "high"), [(0, 0.0, 3.6889), (10, 4.7954, 18.3904)])
def test_the_exact_interval_is_met(events: int, low: float, high: float) -> None:
    """Garwood's; for none it is 0 to -ln 0.025."""
    found = rate(events)
    assert (found.estimate, found.low, found.high) == pytest.approx((events, low, high), abs=5e-5)


def test_a_rate_is_by_its_exposure() -> None:
    """Ten in four weeks are 2.5 a week."""
    found = rate(10, 4)
    assert (found.estimate, found.low, found.high) == pytest.approx((2.5, 1.1988, 4.5976), abs=5e-5)


def test_two_rates_are_met() -> None:
    """20 against 10: p 0.0987, as binomtest(20, 30); half as many, 0.21 to 1.12."""
    found = compare_rates(20, 1, 10, 1)
    assert found.p_value == pytest.approx(0.0987, abs=5e-5)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.5, 0.2090, 1.1192), abs=5e-5)


def test_exposures_need_not_be_equal() -> None:
    """20 in 90 days and 10 in 30: half as many again, and nothing to be sure of."""
    found = compare_rates(20, 90, 10, 30)
    assert (found.estimate, found.p_value) == pytest.approx((1.5, 0.2945), abs=5e-5)


def test_none_before_has_no_ratio() -> None:
    """Nothing is multiplied to five; but a lower end there is."""
    found = compare_rates(0, 1, 5, 1)
    assert (found.estimate, found.high, found.p_value) == (None, None, 0.0625)
    assert found.low == pytest.approx(0.9164, abs=5e-5)
    assert found.reason == "nothing was counted before, so there is no ratio to it"


def test_none_at_all_is_no_test() -> None:
    """Two quiet quarters are not the same, they are unknown."""
    found = compare_rates(0, 1, 0, 1)
    assert (found.estimate, found.p_value, found.reason) == (None, None, "nothing was counted in either")


def test_counts_that_come_in_clusters_are_tested_by_week() -> None:
    """Sixty events in three bursts are not sixty: Poisson calls 60 against 24 changed (p 0.0001), weeks do not."""
    before, after = [0, 0, 20, 0, 0, 20, 0, 0, 20, 0], [0, 0, 12, 0, 0, 0, 12, 0, 0, 0]
    found = compare_counts(before, after)
    assert compare_rates(60, 10, 24, 10).p_value == pytest.approx(0.0001, abs=5e-5)
    assert found.p_value == pytest.approx(0.4547, abs=5e-5)  # scipy, with ties and continuity
    assert (found.estimate, found.low, found.high) == (0.4, None, None)
    assert found.method == "Mann-Whitney of the counts"


def test_counts_as_chance_has_them_are_tested_exactly() -> None:
    """20 against 10 in as many weeks."""
    found = compare_counts([4, 5, 6, 5], [2, 3, 3, 2])
    assert (found.method, found.p_value) == ("exact conditional Poisson", pytest.approx(0.0987, abs=5e-5))


def test_a_rise_between_the_periods_is_no_cluster() -> None:
    """Counts are spread around their own period's mean: 1 a week, then 9."""
    found = compare_counts([1, 1, 1, 1], [9, 9, 9, 9])
    assert found.method == "exact conditional Poisson"


@pytest.mark.parametrize(
    ("counts", "ratio", "is_clustered"),
    [([2, 4, 6, 8], 4 / 3, False), ([0, 0, 12, 0, 0, 12], 9.6, True), ([3], None, False), ([0, 0], None, False)],
)
def test_clusters_are_told_by_variance_over_mean(
    counts: list[float], ratio: float | None, is_clustered: object
) -> None:
    """2, 4, 6, 8: 6.67 / 5. Of one week or of none it cannot be told."""
    found = dispersion(counts)
    assert found.ratio == (ratio if ratio is None else pytest.approx(ratio))
    assert found.is_clustered is is_clustered


def test_clusters_say_what_they_mean() -> None:
    """In words that a page can print."""
    assert dispersion([0, 0, 12, 0, 0, 12]).reason == (
        "counts vary 9.6 times as much as by chance: Poisson intervals are too narrow"
    )


def test_what_cannot_be_counted_is_refused() -> None:
    """No time, and fewer than none."""
    with pytest.raises(ParameterError, match="exposure: expected a time above 0"):
        rate(3, 0)
    with pytest.raises(ParameterError, match="events: expected 0 or more"):
        rate(-1)
