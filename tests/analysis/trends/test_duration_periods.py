"""Tests of a duration in each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.duration_periods import period_chart, period_points

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.cohort import Cohort


def test_each_quarter_has_its_median(sample_cohort: Cohort) -> None:
    """Resolutions of 2022 and 2023; the five open ones began in the last quarter."""
    points = period_points(sample_cohort.watched("time_to_resolution"), sample_cohort)
    assert [each.n for each in points] == [28, 34, 35, 27, 29, 25, 27, 36]
    assert [each.n_open for each in points] == [0, 0, 0, 0, 0, 0, 0, 5]
    assert [each.median.estimate for each in points[:2]] == [6868.0, 7288.5]


def test_no_quarter_of_resolutions_stands_out(sample_cohort: Cohort) -> None:
    """Mean of the eight logarithms and 2.66 mean moving ranges on either side, as seconds."""
    chart = period_chart(period_points(sample_cohort.watched("time_to_resolution"), sample_cohort))
    assert (chart.n, chart.signals) == (8, ())
    ends = (chart.low_seconds, chart.centre_seconds, chart.high_seconds)
    assert ends == pytest.approx((3869.66, 7299.55, 13769.54), abs=0.01)


def test_fewer_than_six_medians_have_no_limits(sample_cohort: Cohort) -> None:
    """The reason counts periods, not incidents."""
    points = period_points(sample_cohort.watched("time_to_resolution"), sample_cohort)
    chart = period_chart(points[:5])
    assert (chart.centre_seconds, chart.reason) == (None, "limits take 6 periods with a median")
