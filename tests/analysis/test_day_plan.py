"""Tests of business, off and sleep hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import polars as pl
import pytest

from incident_analytics.analysis.day_plan import DayPlan, hour_kinds, seconds_by_kind
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import Calendar

INSTANT = pl.Datetime("us", "UTC")


def kinds(*at: datetime | None, calendar: Calendar | None = None, plan: DayPlan | None = None) -> list[str | None]:
    """The kind of hour of each instant."""
    return hour_kinds(pl.Series(at, dtype=INSTANT), calendar or Calendar(), plan or DayPlan()).to_list()


def test_each_boundary_belongs_to_the_hours_that_begin_there() -> None:
    """A Friday: 07:00 is no night any more, 09:00 is work, 17:00 is not, 22:00 is night."""
    friday = [datetime(2024, 1, 19, hour, tzinfo=UTC) for hour in (0, 7, 9, 17, 22)]
    assert kinds(*friday) == ["sleep", "off", "business", "off", "sleep"]


def test_a_weekend_has_no_business_hours() -> None:
    """Saturday noon is off, Saturday midnight is sleep."""
    assert kinds(datetime(2024, 1, 20, 12, tzinfo=UTC), datetime(2024, 1, 20, tzinfo=UTC)) == ["off", "sleep"]


def test_a_day_off_has_no_business_hours() -> None:
    """The organisation's own holiday on a Friday."""
    calendar = Calendar(days_off=(date(2024, 1, 19),))
    assert kinds(datetime(2024, 1, 19, 12, tzinfo=UTC), calendar=calendar) == ["off"]


def test_hours_are_those_of_the_calendars_zone_and_its_summer_time() -> None:
    """07:30 UTC is 08:30 in Berlin's winter and 09:30 in its summer."""
    at = [datetime(2024, 1, 19, 7, 30, tzinfo=UTC), datetime(2024, 7, 19, 7, 30, tzinfo=UTC)]
    assert kinds(*at, calendar=Calendar(zone="Europe/Berlin")) == ["off", "business"]
    assert kinds(*at, calendar=Calendar(zone="+02:00")) == ["business", "business"]


def test_unknown_instant_has_no_kind_and_no_instants_have_none() -> None:
    """Null stays null."""
    assert kinds(None) == [None]
    assert kinds() == []


def test_hours_can_be_other_ones() -> None:
    """People who begin at six."""
    early = DayPlan(opens=time(6), closes=time(14), sleeps=time(21), wakes=time(5))
    at = [datetime(2024, 1, 19, hour, tzinfo=UTC) for hour in (5, 6, 14, 21)]
    assert kinds(*at, plan=early) == ["off", "business", "off", "sleep"]


def test_plan_in_which_an_hour_would_be_of_two_kinds_is_refused() -> None:
    """Work cannot begin before people wake."""
    with pytest.raises(ParameterError, match="business hours between waking and sleeping"):
        DayPlan(opens=time(6))


def test_seconds_of_a_night_are_parted() -> None:
    """Thursday 16:00 to Friday 10:00: an hour of work on each, 5 off in the evening and 2 in the morning."""
    start, end = datetime(2024, 1, 18, 16, tzinfo=UTC), datetime(2024, 1, 19, 10, tzinfo=UTC)
    found = seconds_by_kind(start, end, Calendar())
    assert found == {"business": 7200, "off": 25_200, "sleep": 32_400}


def test_seconds_of_the_night_that_clocks_go_forward_are_fewer() -> None:
    """Berlin, 30 to 31 March 2024: the night from 22:00 to 07:00 has eight hours."""
    start, end = datetime(2024, 3, 30, 21, tzinfo=UTC), datetime(2024, 3, 31, 5, tzinfo=UTC)
    assert seconds_by_kind(start, end, Calendar(zone="Europe/Berlin")) == {"business": 0, "off": 0, "sleep": 28_800}


def test_no_time_has_no_seconds() -> None:
    """Pulled in and gone at one instant."""
    at = datetime(2024, 1, 19, 12, tzinfo=UTC)
    assert seconds_by_kind(at, at, Calendar()) == {"business": 0, "off": 0, "sleep": 0}


def test_rule_says_all_three_and_the_zone() -> None:
    """The words of the page."""
    assert DayPlan().rule("Europe/Berlin") == (
        "business hours are 09:00 to 17:00 on business days, sleep hours 22:00 to 07:00 every night, "
        "off hours all others (Europe/Berlin)"
    )
