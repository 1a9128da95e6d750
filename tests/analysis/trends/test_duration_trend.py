"""Tests of one duration over time, on the planted truths of data/README.md and on histories that tell little."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.statistics.comparison import compare
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.duration_trend import DurationTrend, duration_trend
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort

    HistoryOf = Callable[..., pl.DataFrame]

START = datetime(2024, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def trend_of(frame: pl.DataFrame, metric: str = "time_to_resolution", *, with_mean: bool = False) -> DurationTrend:
    """The trend of a small history, seen from two days after its first instant."""
    runbook = load_runbook()
    scope = Scope(as_of=START + 48 * HOUR, with_mean=with_mean)
    return duration_trend(cohort(frame, scope, runbook), metric, runbook.calendar)


def of_sample(sample: Cohort, metric: str) -> DurationTrend:
    """A trend of the two years."""
    return duration_trend(sample, metric, load_runbook().calendar)


def test_planted_halving_of_the_acknowledgment_is_found(sample_cohort: Cohort) -> None:
    """n, medians and ratio as in data/README.md."""
    trend = of_sample(sample_cohort, "time_to_acknowledgment")
    assert trend.halves is not None
    before, after, test = trend.halves.before, trend.halves.after, trend.halves.comparison
    assert (before.label, after.label) == ("2022", "2023")
    assert (before.n, before.median.estimate, after.n, after.median.estimate) == (124, 511.0, 117, 288.0)
    assert test.estimate == pytest.approx(0.54, abs=0.005)
    assert test.p_value == pytest.approx(4.9e-11, rel=0.01)


def test_resolutions_of_the_two_years_are_alike(sample_cohort: Cohort) -> None:
    """The log-rank p-value of data/README.md with the open ones; the ratio of 0.97 without them."""
    trend = of_sample(sample_cohort, "time_to_resolution")
    assert trend.halves is not None
    assert trend.halves.comparison.p_value == pytest.approx(0.29, abs=0.005)
    assert (trend.n, trend.n_open, [each.examples for each in trend.left_out]) == (241, 5, [("INC-2022-067",)])
    watched = sample_cohort.watched("time_to_resolution")
    sides = [watched.of(watched.rows["began_at"].dt.year() == year).done for year in (2022, 2023)]
    assert compare(*sides).estimate == pytest.approx(0.97, abs=0.005)


def test_mean_is_only_there_where_it_is_asked_for(sample_cohort: Cohort, history_of: HistoryOf) -> None:
    """Of one hour and three hours it is two, and the longer one carries three quarters of it."""
    assert of_sample(sample_cohort, "time_to_resolution").mean is None
    frame = history_of(*({"started_at": START, "resolved_at": START + hours * HOUR} for hours in (1, 3)))
    trend = trend_of(frame, with_mean=True)
    assert trend.mean is not None
    assert (trend.mean.seconds, trend.mean.longest_share) == (7200.0, 0.75)


def test_an_empty_history_has_numbers_that_say_so(history_of: HistoryOf) -> None:
    """Nothing is 0 for want of incidents but their count."""
    trend = trend_of(history_of())
    assert (trend.n, trend.median.estimate, trend.median.reason) == (0, None, "no incidents")
    assert (trend.periods, trend.halves, trend.curve.seconds, trend.level.first_after) == ((), None, (), None)


def test_one_incident_has_no_interval(history_of: HistoryOf) -> None:
    """Its hour is its own."""
    trend = trend_of(history_of({"started_at": START, "resolved_at": START + HOUR}))
    assert (trend.n, trend.median.estimate, trend.median.low, trend.spread_of_logs) == (1, 3600.0, None, None)


def test_all_open_have_no_median(history_of: HistoryOf) -> None:
    """Three that go on for two days are at least so long."""
    trend = trend_of(history_of(*[{"started_at": START}] * 3))
    assert (trend.n, trend.n_open, trend.median.estimate, trend.p90.estimate) == (3, 3, None, None)
    assert trend.median.reason == "fewer than 50% are done, as far as they were watched"


def test_all_in_one_second_have_one_period_and_no_level(history_of: HistoryOf) -> None:
    """Twelve alike cannot be cut in two."""
    trend = trend_of(history_of(*[{"started_at": START, "resolved_at": START}] * 12))
    assert (len(trend.periods), trend.halves, trend.level.reason) == (1, None, "all are equally long")
    assert trend.median.estimate == 0.0


def test_what_nobody_recorded_is_left_out_with_its_reason(history_of: HistoryOf) -> None:
    """No acknowledgment is made up."""
    trend = trend_of(history_of({"started_at": START, "resolved_at": START}), "time_to_acknowledgment")
    assert (trend.n, [(each.reason, each.count) for each in trend.left_out]) == (
        0, [("neither detected_at nor acknowledged_at is recorded", 1)],
    )  # fmt: skip
