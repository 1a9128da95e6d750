"""The clock that only runs while people work."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.analysis.statistics.business_hours import business_seconds, business_seconds_of_all
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import Calendar

HOUR = 3600.0
NEW_YORK, LONDON = Calendar(zone="America/New_York"), Calendar(zone="Europe/London")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of January 2024; the 15th is a Monday."""
    return datetime(2024, 1, day, hour, minute, tzinfo=UTC)


def test_within_a_working_day_it_is_the_wall_clock() -> None:
    """14:15 to 15:45."""
    assert business_seconds(at(15, 14, 15), at(15, 15, 45), Calendar()) == 1.5 * HOUR


def test_a_night_counts_nothing() -> None:
    """16:00 to 10:00 is an hour of each day; midnight lies between."""
    assert business_seconds(at(15, 16), at(16, 10), Calendar()) == 2 * HOUR


def test_a_weekend_counts_nothing() -> None:
    """Friday 16:00 to Monday 10:00."""
    assert business_seconds(at(19, 16), at(22, 10), Calendar()) == 2 * HOUR


def test_a_week_is_forty_hours() -> None:
    """From any hour to the same of the next week."""
    assert business_seconds(at(10, 13, 7), at(17, 13, 7), Calendar()) == 40 * HOUR


def test_before_and_after_work_is_nothing() -> None:
    """Out of hours on a Monday, and no time at all."""
    assert business_seconds(at(15, 18), at(15, 23), Calendar()) == 0.0
    assert business_seconds(at(15, 12), at(15, 12), Calendar()) == 0.0


def test_hours_are_those_of_the_calendars_zone() -> None:
    """14:15 to 15:45 in UTC is 9:15 to 10:45 in New York, and 13:00 to 14:30 there is before nine."""
    assert business_seconds(at(15, 14, 15), at(15, 15, 45), NEW_YORK) == 1.5 * HOUR
    assert business_seconds(at(15, 13), at(15, 14, 30), NEW_YORK) == 0.5 * HOUR


def test_holidays_and_days_off_count_nothing() -> None:
    """15 January 2024 was Martin Luther King Jr. Day in the United States; the 16th is the organisation's."""
    calendar = Calendar(zone="America/New_York", country="US", days_off=(date(2024, 1, 16),))
    assert business_seconds(at(15, 0), at(18, 0), calendar) == 8 * HOUR


def test_hours_may_go_over_midnight() -> None:
    """22:00 to 06:00, from Monday 23:00 to Tuesday 01:00; a shift belongs to the day on which it begins."""
    night = {"opens": time(22), "closes": time(6)}
    assert business_seconds(at(15, 23), at(16, 1), Calendar(), **night) == 2 * HOUR
    assert business_seconds(at(20, 0), at(20, 12), Calendar(), **night) == 6 * HOUR  # Friday's, on Saturday
    assert business_seconds(at(21, 0), at(21, 12), Calendar(), **night) == 0.0


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 31, 23.0), (10, 27, 25.0)])
def test_a_day_on_which_clocks_change_has_its_true_hours(month: int, day: int, hours: float) -> None:
    """London, 31 March and 27 October 2024, Sundays: the whole day is 23 and 25 hours long."""
    calendar = Calendar(zone="Europe/London", workdays=("Sun",))
    noon = datetime(2024, month, day, 12, tzinfo=UTC)
    span = (noon - timedelta(days=2), noon + timedelta(days=2))
    assert business_seconds(*span, calendar, opens=time(0), closes=time(0)) == hours * HOUR


def test_nine_is_nine_before_and_after_clocks_change() -> None:
    """London, Friday to Monday over 31 March 2024: 16:00 in winter time to 10:00 in summer time, 9:00 UTC."""
    friday, monday = datetime(2024, 3, 29, 16, tzinfo=UTC), datetime(2024, 4, 1, 9, tzinfo=UTC)
    assert business_seconds(friday, monday, LONDON) == 2 * HOUR


def test_an_end_before_its_start_is_refused() -> None:
    """And so is a time without a zone."""
    with pytest.raises(ParameterError, match="end: expected an instant not before"):
        business_seconds(at(16, 1), at(15, 1), Calendar())
    with pytest.raises(ParameterError, match="expected instants with a zone"):
        business_seconds(datetime(2024, 1, 15), at(16, 1), Calendar())  # noqa: DTZ001 -- what is refused


instants = st.datetimes(datetime(2024, 1, 1), datetime(2024, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.lists(instants, min_size=3, max_size=3))
def test_the_parts_of_a_span_sum_to_it(three: list[datetime]) -> None:
    """And never exceed the wall clock."""
    start, middle, end = sorted(three)
    whole = business_seconds(start, end, NEW_YORK)
    parts = business_seconds(start, middle, NEW_YORK) + business_seconds(middle, end, NEW_YORK)
    assert parts == pytest.approx(whole)
    assert whole <= (end - start).total_seconds()


def test_all_at_once_counts_as_one_by_one() -> None:
    """Over a change of summer time, weekends and within one day, at odd microseconds."""
    calendar = Calendar(zone="America/New_York")
    starts = [datetime(2024, 3, 1, 3 * hour, 7, 11, 123_457, UTC) + timedelta(days=hour) for hour in range(8)]
    ends = [start + timedelta(hours=40 * place, seconds=0.25) for place, start in enumerate(starts)]
    singly = [business_seconds(start, end, calendar) for start, end in zip(starts, ends, strict=True)]
    assert business_seconds_of_all(starts, ends, calendar).tolist() == pytest.approx(singly, abs=1e-6)
    assert business_seconds_of_all([], [], calendar).tolist() == []
