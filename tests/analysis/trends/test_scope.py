"""Periods are calendar weeks, months and quarters of one zone, cut at the ends of what is looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from incident_analytics.analysis.trends.scope import chosen_period, periods_between, start_of_period, zone_of
from incident_analytics.model.runbook import load_runbook


def test_weeks_are_iso_weeks_over_a_new_year() -> None:
    """The first of January 2021 is a Friday of week 53."""
    found = periods_between(datetime(2020, 12, 28, tzinfo=UTC), datetime(2021, 1, 11, tzinfo=UTC), "week", UTC)
    assert [period.label for period in found] == ["2020-W53", "2021-W01"]
    assert [period.start.isoformat() for period in found] == ["2020-12-28T00:00:00+00:00", "2021-01-04T00:00:00+00:00"]
    assert all(period.is_complete for period in found)


def test_a_week_with_a_change_of_summer_time_is_an_hour_shorter() -> None:
    """In Berlin clocks went forward on 2024-03-31."""
    berlin = ZoneInfo("Europe/Berlin")
    (period,) = periods_between(
        datetime(2024, 3, 24, 23, tzinfo=UTC), datetime(2024, 3, 31, 22, tzinfo=UTC), "week", berlin
    )
    assert (period.label, period.is_complete) == ("2024-W13", True)
    assert period.days == pytest.approx(7 - 1 / 24)


def test_the_last_period_is_cut_where_nothing_more_is_known() -> None:
    """A quarter of which 31 days are over counts 31 days."""
    first, last = periods_between(datetime(2023, 1, 1, tzinfo=UTC), datetime(2023, 5, 2, tzinfo=UTC), "quarter", UTC)
    assert (first.label, first.is_complete, first.days) == ("2023-Q1", True, 90)
    assert (last.label, last.is_complete, last.days) == ("2023-Q2", False, 31)


def test_a_day_that_a_person_names_ends_its_period() -> None:
    """The last microsecond of 30 June is the end of the quarter."""
    end = datetime(2023, 7, 1, tzinfo=UTC) - timedelta(microseconds=1)
    (period,) = periods_between(datetime(2023, 4, 1, tzinfo=UTC), end, "quarter", UTC)
    assert period.is_complete


def test_periods_begin_at_midnight_of_the_zone() -> None:
    """In New York 2023 began at five o'clock UTC."""
    start = start_of_period(datetime(2023, 1, 15, tzinfo=UTC), "month", ZoneInfo("America/New_York"))
    assert start == datetime(2023, 1, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(("days", "period"), [(90, "week"), (101, "month"), (400, "month"), (730, "quarter")])
def test_the_length_of_a_history_chooses_its_periods(days: int, period: str) -> None:
    """About a dozen points are seen at once."""
    start = datetime(2022, 1, 1, tzinfo=UTC)
    assert chosen_period(start, start + timedelta(days=days)) == period


def test_the_zone_is_that_of_the_calendar() -> None:
    """The shipped runbook's is UTC."""
    assert zone_of(load_runbook()) == (ZoneInfo("UTC"), "UTC") or zone_of(load_runbook())[1] == "UTC"
