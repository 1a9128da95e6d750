"""Tests of when in the week incidents begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from incident_analytics.analysis.trends.calendar import calendar
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.calendar import CalendarTrend
    from incident_analytics.analysis.trends.cohort import Cohort

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)


def of(frame: pl.DataFrame, *, days: int = 28, **asked: object) -> CalendarTrend:
    """The map of a history that was looked at for so many days from a Monday on."""
    scope = Scope(as_of=MONDAY + timedelta(days=days), since=MONDAY)
    return calendar(cohort(frame, replace(scope, **asked), load_runbook()))  # type: ignore[arg-type]


def test_sample_history_begins_at_work(sample_cohort: Cohort) -> None:
    """data/README.md: Monday to Friday 9 to 18 has 144 of 242, weekends 27, 22 to 7 has 37."""
    trend = calendar(sample_cohort)
    assert trend.n == 242
    assert sum(sum(row[9:18]) for row in trend.counts[:5]) == 144
    assert sum(map(sum, trend.counts[5:])) == 27
    assert sum(sum(row[22:]) + sum(row[:7]) for row in trend.counts) == 37
    assert trend.test.p_value == 0.0001
    assert [part.name for part in trend.weekdays if part.stands_out] == ["Monday", "Tuesday", "Saturday", "Sunday"]


def test_exposure_is_the_hours_of_the_time_looked_at(sample_cohort: Cohort) -> None:
    """Two years from a Saturday to a Sunday: 105 Saturdays and Sundays, 104 of every other day."""
    trend = calendar(sample_cohort)
    assert [round(sum(row) / 24) for row in trend.exposure_hours] == [104, 104, 104, 104, 104, 105, 105]
    assert round(sum(map(sum, trend.exposure_hours))) == 17_520


def test_incidents_at_any_hour_stand_out_nowhere(history_of: Callable[..., pl.DataFrame]) -> None:
    """One in each hour of four weeks is as even as can be, and no hour may be named."""
    trend = of(history_of(*({"started_at": MONDAY + timedelta(hours=hour)} for hour in range(4 * 168))))
    assert {count for row in trend.counts for count in row} == {4}
    assert trend.test.p_value == 1.0
    assert not any(part.stands_out for part in (*trend.weekdays, *trend.hours))


def test_weekdays_that_were_not_looked_at_are_no_finding(history_of: Callable[..., pl.DataFrame]) -> None:
    """All of Monday to Friday, looked at from Monday to Friday: nothing is preferred."""
    trend = of(history_of(*({"started_at": MONDAY + timedelta(hours=hour)} for hour in range(120))), days=5)
    assert [part.count for part in trend.weekdays] == [24, 24, 24, 24, 24, 0, 0]
    assert trend.weekdays[6].expected == pytest.approx(0, abs=0.01)
    assert trend.test.p_value is not None
    assert trend.test.p_value > 0.5


def test_weekday_and_hour_are_those_of_the_scopes_zone(history_of: Callable[..., pl.DataFrame]) -> None:
    """Sunday 23:30 UTC is Monday 00:30 in Berlin; in summer 22:30 is."""
    starts = [datetime(2024, 1, 7, 23, 30, tzinfo=UTC), datetime(2024, 7, 7, 22, 30, tzinfo=UTC)]
    frame = history_of(*({"started_at": start} for start in starts))
    berlin = of(frame, days=250, zone=ZoneInfo("Europe/Berlin"), zone_name="Europe/Berlin")
    assert berlin.counts[0][0] == 2
    assert berlin.zone == "Europe/Berlin"


def test_hour_that_summer_time_skips_was_not_looked_at(history_of: Callable[..., pl.DataFrame]) -> None:
    """Berlin, the week of 2024-03-31: Sunday has no 02:00, and 23 hours."""
    frame = history_of({"started_at": datetime(2024, 3, 26, 12, tzinfo=UTC)})
    since, until = datetime(2024, 3, 24, 23, tzinfo=UTC), datetime(2024, 3, 31, 22, tzinfo=UTC)
    asked = {"zone": ZoneInfo("Europe/Berlin"), "since": since, "until": until, "as_of": until}
    sunday = of(frame, **asked).exposure_hours[6]
    assert sunday[2] == 0
    assert sum(sunday) == pytest.approx(23)


def test_no_incidents_have_no_test(history_of: Callable[..., pl.DataFrame]) -> None:
    """And a reason."""
    trend = of(history_of())
    assert (trend.n, trend.test.p_value, trend.test.reason) == (0, None, "no incidents")


def test_all_in_one_second_is_no_crash(history_of: Callable[..., pl.DataFrame]) -> None:
    """Eight that began at the instant the report is seen from, the first of a quarter."""
    frame = history_of(*({"started_at": MONDAY} for _ in range(8)))
    trend = calendar(cohort(frame, Scope(as_of=MONDAY), load_runbook()))
    assert (trend.n, trend.counts[0][0]) == (8, 8)
    assert trend.test.p_value is None or trend.test.p_value == 1.0


def test_one_incident_says_nothing(history_of: Callable[..., pl.DataFrame]) -> None:
    """Whichever hour it falls into is as likely as any."""
    trend = of(history_of({"started_at": MONDAY + timedelta(hours=3)}))
    assert trend.n == 1
    assert trend.test.p_value == pytest.approx(1, abs=0.01)


def test_row_order_does_not_matter(sample_cohort: Cohort) -> None:
    """The same incidents the other way round."""
    assert calendar(replace(sample_cohort, frame=sample_cohort.frame.reverse())) == calendar(sample_cohort)
