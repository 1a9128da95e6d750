"""Tests of incidents a week or month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.rates import Dispersion
from incident_analytics.analysis.trends.impact_stretches import ImpactTrend
from incident_analytics.analysis.trends.incident_rate import PeriodRate, RateTrend
from incident_analytics.reporting.figures.incident_rate import incident_rate_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]


def trend(*periods: PeriodRate) -> RateTrend:
    """Some months of 20 incidents."""
    impact = ImpactTrend(None, (), (), 0, ())
    overall = Estimate(10.0, 6.0, 15.0, 20)
    return RateTrend(
        "month", 30.4375, 20, 61.0, overall, periods, (), (), Dispersion(1.0, 8, is_clustered=False), impact
    )


JANUARY = PeriodRate("2024-01", 12, 31.0, Estimate(11.8, 6.1, 20.6, 12), is_complete=True)
FEBRUARY = PeriodRate("2024-02", 8, 29.0, Estimate(8.4, 3.6, 16.5, 8), is_complete=True)
MARCH = PeriodRate("2024-03", 1, 2.0, Estimate(15.2, 0.4, 84.8, 1), is_complete=False)


def test_dot_stands_at_its_rate_with_its_interval(spec: Spec) -> None:
    """January 11.8, from 6.1 to 20.6."""
    dots = spec(incident_rate_figure(trend(JANUARY, FEBRUARY), caption=""))["data"][0]
    assert (dots["x"], dots["y"]) == ([0, 1], [11.8, 8.4])
    assert dots["error_y"]["array"][0] == pytest.approx(8.8)
    assert dots["error_y"]["arrayminus"][0] == pytest.approx(5.7)


def test_period_that_is_cut_off_is_hollow_and_does_not_stretch_the_axis(spec: Spec) -> None:
    """Its interval reaches to 84.8; the axis ends where the whole months need it to."""
    figure = spec(incident_rate_figure(trend(JANUARY, FEBRUARY, MARCH), caption=""))
    hollow = figure["data"][1]
    assert (hollow["x"], hollow["marker"]["color"]) == ([2], "#FFFFFF")
    assert figure["layout"]["yaxis"]["range"] == [0, 25]


def test_words_tell_every_number() -> None:
    """For those who cannot see it."""
    figure = incident_rate_figure(trend(JANUARY, MARCH), caption="Fewest in March.")
    assert figure is not None
    assert "2024-01: 12 in 31 days, 11.8 a month (6.1 to 20.6)" in figure.alt
    assert "2024-03: 1 in 2 days, cut off, 15.2 a month (0.4 to 84.8)" in figure.alt
    assert figure.caption == "Fewest in March."


def test_one_period_has_no_figure() -> None:
    """A dot is no course of things."""
    assert incident_rate_figure(trend(JANUARY), caption="") is None
