"""Tests of curves with fewer steps."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.analysis.statistics.survival import survival
from incident_analytics.analysis.trends.thinned_curve import curve_of, thinned_curve


def test_a_short_curve_stays_as_it_is() -> None:
    """Four steps are few enough."""
    curve = survival([60, 120, 180, 240])
    assert thinned_curve(curve) is curve


def test_a_long_curve_keeps_its_ends_and_its_middle() -> None:
    """Of the durations 1 to 1,000 the first, the last and the half are kept."""
    curve = thinned_curve(survival(range(1, 1001)))
    assert (curve.seconds[0], curve.seconds[-1], curve.share_open[-1], curve.n) == (1.0, 1000.0, 0.0, 1000)
    half = min(zip(curve.share_open, curve.seconds, strict=True), key=lambda step: abs(step[0] - 0.5))
    assert half == pytest.approx((0.5, 500.0), abs=6)


def test_a_hundred_thousand_keep_their_number_and_lose_the_interval() -> None:
    """The median of 0 to 99,999 stays where it is; a band thinner than a line is none."""
    curve = curve_of(durations(np.arange(100_000.0), np.zeros(100_000, dtype=np.bool_)))
    assert (curve.n, set(curve.low), len(curve.seconds) <= 201) == (100_000, {None}, True)
    reached = next(time for time, share in zip(curve.seconds, curve.share_open, strict=True) if share <= 0.5)
    assert reached == pytest.approx(50_000, rel=0.02)
