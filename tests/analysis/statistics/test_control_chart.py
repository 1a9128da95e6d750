"""XmR charts of durations, on logarithms."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.statistics.control_chart import control_chart, limits


def test_the_published_limits_are_met() -> None:
    """Wheeler's accounts: mean 4311.5, moving range 237.78, limits 3679.01 and 4943.99."""
    found = limits([5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925])
    assert found is not None
    numbers = (found.centre, found.moving_range, found.low, found.high, found.range_high)
    assert numbers == pytest.approx((4311.5, 237.78, 3679.01, 4943.99, 777.06), abs=0.005)


def test_limits_of_durations_are_seconds() -> None:
    """Logs of 10 and 1,000 in turn: the mean is 100, the range ln 100, so the limits are 100 * 100^-+2.66."""
    found = control_chart([10, 1000] * 4)
    assert found.centre_seconds == pytest.approx(100)
    assert found.low_seconds == pytest.approx(100**-1.66)
    assert found.high_seconds == pytest.approx(100**3.66)
    assert found.signals == ()


def test_one_that_stands_out_is_a_signal() -> None:
    """Ten minutes or so, and once a day."""
    assert control_chart([600, 900, 700, 800, 600, 900, 700, 800, 700, 80_000]).signals == (9,)


def test_an_open_one_is_a_signal_once_it_is_older_than_the_limit() -> None:
    """A young one is none, and neither counts for the limits."""
    usual = [600.0, 900, 700, 800, 600, 900, 700, 800]
    flags = [False] * 8 + [True, True]
    found = control_chart([*usual, 60, 80_000], flags)
    assert (found.signals, found.n, found.n_open) == ((9,), 8, 2)
    assert found.high_seconds == control_chart(usual).high_seconds


@pytest.mark.parametrize("seconds", [[], [60.0], [60.0] * 5])
def test_limits_take_six(seconds: list[float]) -> None:
    """Below, nothing is drawn."""
    found = control_chart(seconds)
    assert (found.centre_seconds, found.signals) == (None, ())
    assert found.reason == "limits take 6 incidents that ended"


def test_a_second_is_the_shortest() -> None:
    """Nought has no logarithm, and counts as one second."""
    assert control_chart([0.0] * 6).centre_seconds == 1.0


@pytest.mark.slow
def test_charts_without_a_change_seldom_show_a_signal() -> None:
    """At most one of ten charts of 30 on logs; on plain seconds nine of ten do."""
    generator, on_logs, on_seconds = np.random.default_rng(10), 0, 0
    for _ in range(1000):
        seconds = generator.lognormal(7, 1.25, 30)
        on_logs += control_chart(seconds).signals != ()
        plain = limits(seconds)
        assert plain is not None
        on_seconds += bool(((seconds > plain.high) | (seconds < plain.low)).any())
    assert on_logs <= 100
    assert on_seconds >= 850
