"""The mean, for those who ask for it."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.statistics.mean import mean

HOUR = 3600.0


def test_the_example_of_bmc_is_met() -> None:
    """44, 100, 40 and 20 hours: 51 hours, which is 2 d 3 h; 100 of the 204 are one incident's."""
    found = mean([44 * HOUR, 100 * HOUR, 40 * HOUR, 20 * HOUR])
    assert found.seconds == 51 * HOUR
    assert found.longest_share == pytest.approx(100 / 204)
    assert (found.n, found.n_open) == (4, 0)


@pytest.mark.parametrize("seconds", [[], [60.0]])
def test_one_incidents_value_is_never_called_a_mean(seconds: list[float]) -> None:
    """Nor is none's."""
    found = mean(seconds)
    assert (found.seconds, found.longest_share) == (None, None)
    assert found.reason == "a mean takes two incidents that ended"


def test_open_ones_are_counted_beside_it() -> None:
    """Their age is not their duration."""
    found = mean([60.0, 120.0, 9000.0], [False, False, True])
    assert (found.seconds, found.n, found.n_open) == (90.0, 2, 1)


def test_all_in_no_time_have_a_mean() -> None:
    """Nought is a duration; of nothing there is no largest share."""
    found = mean([0.0, 0.0])
    assert (found.seconds, found.longest_share) == (0.0, None)
