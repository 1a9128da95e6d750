"""How many incidents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.incident_rate import rate_trend
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort

START = datetime(2024, 1, 1, tzinfo=UTC)


def of(frame: pl.DataFrame, **scope: object) -> Cohort:
    """The cohort of a history, as of 2024-03-01."""
    given: dict[str, object] = {"as_of": datetime(2024, 3, 1, tzinfo=UTC), **scope}
    return cohort(frame, Scope(**given), load_runbook())  # type: ignore[arg-type]  # the fields differ in type


def test_sample_history_has_its_quarters(sample_cohort: Cohort) -> None:
    """data/README.md: 28, 34, 36, 27, 29, 25, 27, 36, which is 242 in 730 days."""
    found = rate_trend(sample_cohort)
    assert [period.n for period in found.periods] == [28, 34, 36, 27, 29, 25, 27, 36]
    assert all(period.is_complete for period in found.periods)
    assert (found.unit, found.n, found.days) == ("month", 242, 730.0)
    assert found.overall.estimate == pytest.approx(242 / (730 / 30.4375))
    # exact-c of 242: 212.467 to 274.487
    assert found.overall.low == pytest.approx(8.8589, abs=5e-5)
    assert found.overall.high == pytest.approx(11.4449, abs=5e-5)


def test_sample_history_has_its_severities(sample_cohort: Cohort) -> None:
    """data/README.md: 22 + 11, 41 + 26, 41 + 51, 20 + 29, and one that is not known."""
    counts = [(each.severity, each.n) for each in rate_trend(sample_cohort).severities]
    assert counts == [("SEV1", 33), ("SEV2", 67), ("SEV3", 92), ("SEV4", 49), ("unknown", 1)]


def test_weeks_of_the_sample_do_not_cluster(sample_cohort: Cohort) -> None:
    """Every incident lies in one of the 104 whole weeks but for those on the first two days."""
    found = rate_trend(sample_cohort)
    assert (len(found.weekly_counts), sum(found.weekly_counts)) == (104, 242)
    assert not found.dispersion.is_clustered


def test_clusters_are_told(lasting: Callable[..., pl.DataFrame]) -> None:
    """Seven in each of the first two weeks and none in the six after: 8 weeks, mean 1.75, variance 10.5."""
    found = rate_trend(of(lasting(*[60] * 14)))
    assert found.weekly_counts == (7, 7, 0, 0, 0, 0, 0, 0)
    assert found.dispersion.reason == "counts vary 6.0 times as much as by chance: Poisson intervals are too narrow"


def test_periods_without_an_incident_are_counted(lasting: Callable[..., pl.DataFrame]) -> None:
    """By month: 31 days with two, 29 without any; none is a rate of 0 with an interval up to 3.6889."""
    found = rate_trend(of(lasting(60, 60), period="month"))
    january, february = found.periods
    assert (january.n, january.days, february.n, february.days) == (2, 31.0, 0, 29.0)
    assert february.rate.estimate == 0
    assert february.rate.high == pytest.approx(3.6889 * 30.4375 / 29, abs=5e-5)


def test_last_instant_of_a_report_belongs_to_it(history_of: Callable[..., pl.DataFrame]) -> None:
    """Its default is the latest instant of the history."""
    late = START + timedelta(days=9)
    found = rate_trend(of(history_of({"started_at": START}, {"started_at": late}), as_of=late))
    assert [(period.label, period.n, period.is_complete) for period in found.periods] == [
        ("2024-W01", 1, True),
        ("2024-W02", 1, False),
    ]


def test_too_short_a_time_has_no_rate(history_of: Callable[..., pl.DataFrame]) -> None:
    """Three within one second on a Monday at 06:00: six hours are neither a week nor a day."""
    rows = [{"started_at": START + timedelta(hours=6, milliseconds=300 * number)} for number in range(3)]
    found = rate_trend(of(history_of(*rows), as_of=START + timedelta(hours=6, seconds=1)))
    assert (found.overall.estimate, found.overall.n) == (None, 3)
    assert found.overall.reason == "0.3 days were watched, too few for a rate"
    assert found.periods[0].rate.estimate is None


def test_empty_history_has_no_rate(history_of: Callable[..., pl.DataFrame]) -> None:
    """And no period, no week and no severity."""
    found = rate_trend(of(history_of()))
    assert (found.n, found.overall.estimate, found.periods, found.weekly_counts) == (0, None, (), ())
    assert found.severities == ()
    assert found.impact.whole is None


def test_asked_period_without_incidents_has_a_rate_of_none(history_of: Callable[..., pl.DataFrame]) -> None:
    """Since 1 January: 60 days without one are at most 3.6889 in 8.57 weeks."""
    found = rate_trend(of(history_of(), since=START))
    assert (found.n, found.unit, found.overall.estimate) == (0, "week", 0)
    assert found.overall.high == pytest.approx(3.6889 / (60 / 7), abs=5e-5)


def test_order_of_rows_is_of_no_account(lasting: Callable[..., pl.DataFrame]) -> None:
    """Reversed, it is the same."""
    frame = lasting(60, None, 30, severity="SEV1", service="api")
    assert rate_trend(of(frame)) == rate_trend(of(frame.reverse()))
