"""Business days: the runbook's "Next business day" for SEV4."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from incident_analytics.analysis.business_days import end_of_next_business_day, is_business_day
from incident_analytics.errors import RunbookError
from incident_analytics.model.runbook import Calendar

NEW_YORK = Calendar(zone="America/New_York")


def test_friday_afternoon_is_due_at_the_end_of_monday() -> None:
    """Friday 19 January 2024, 17:00: Monday ends when Tuesday begins."""
    friday = datetime(2024, 1, 19, 17, tzinfo=UTC)
    assert end_of_next_business_day(friday, Calendar()) == datetime(2024, 1, 23, tzinfo=UTC)


@pytest.mark.parametrize("day", [20, 21])
def test_a_weekend_day_is_due_at_the_end_of_monday(day: int) -> None:
    """Saturday and Sunday have the same next business day as Friday."""
    assert end_of_next_business_day(datetime(2024, 1, day, 9, tzinfo=UTC), Calendar()) == datetime(
        2024, 1, 23, tzinfo=UTC
    )


def test_the_first_minute_of_a_business_day_still_has_the_next_day_too() -> None:
    """Monday 00:00 is Monday's own day, so Tuesday is the next one."""
    assert end_of_next_business_day(datetime(2024, 1, 15, tzinfo=UTC), Calendar()) == datetime(2024, 1, 17, tzinfo=UTC)


def test_the_day_is_taken_in_the_zone_of_the_calendar() -> None:
    """Tuesday 03:00 in UTC is Monday evening in New York (-5 h), so Tuesday there is the next day."""
    night = datetime(2024, 1, 16, 3, tzinfo=UTC)
    assert end_of_next_business_day(night, NEW_YORK) == datetime(2024, 1, 17, 5, tzinfo=UTC)
    assert end_of_next_business_day(night, Calendar()) == datetime(2024, 1, 18, tzinfo=UTC)


def test_the_end_of_a_day_moves_with_the_change_to_summer_time() -> None:
    """New York is five hours behind on Friday 8 March 2024 and four on Monday 11 March."""
    friday = datetime(2024, 3, 8, 22, tzinfo=UTC)
    assert end_of_next_business_day(friday, NEW_YORK) == datetime(2024, 3, 12, 4, tzinfo=UTC)


def test_a_public_holiday_is_stepped_over() -> None:
    """Monday 15 January 2024 is Martin Luther King Jr. Day in the United States."""
    friday = datetime(2024, 1, 12, 12, tzinfo=UTC)
    assert end_of_next_business_day(friday, Calendar(country="US")) == datetime(2024, 1, 17, tzinfo=UTC)
    assert end_of_next_business_day(friday, Calendar()) == datetime(2024, 1, 16, tzinfo=UTC)


def test_a_holiday_of_a_subdivision_counts_only_there() -> None:
    """Epiphany, 6 January 2025 (a Monday), is a holiday in Bavaria and not in Berlin."""
    epiphany = datetime(2025, 1, 6, tzinfo=UTC).date()
    assert not is_business_day(epiphany, Calendar(country="DE", subdivision="BY"))
    assert is_business_day(epiphany, Calendar(country="DE", subdivision="BE"))


def test_a_day_off_of_the_organisation_is_stepped_over() -> None:
    """A runbook may list its own days off as plain dates."""
    calendar = Calendar.model_validate({"days_off": ["2024-01-22"]})
    assert end_of_next_business_day(datetime(2024, 1, 19, 17, tzinfo=UTC), calendar) == datetime(
        2024, 1, 24, tzinfo=UTC
    )


def test_other_workdays_move_the_weekend() -> None:
    """Where people work Sunday to Thursday, Thursday is due at the end of Sunday."""
    calendar = Calendar(workdays=("Sun", "Mon", "Tue", "Wed", "Thu"))
    assert end_of_next_business_day(datetime(2024, 1, 18, 9, tzinfo=UTC), calendar) == datetime(2024, 1, 22, tzinfo=UTC)


@pytest.mark.parametrize("calendar", [Calendar(country="XX"), Calendar(country="DE", subdivision="XX")])
def test_an_unknown_country_is_an_error_that_names_it(calendar: Calendar) -> None:
    """Nobody's holidays are not silently those of a country without any."""
    with pytest.raises(RunbookError, match=r"calendar\.country: expected an ISO 3166 code .*, found '.*XX'"):
        end_of_next_business_day(datetime(2024, 1, 19, 17, tzinfo=UTC), calendar)


def test_a_calendar_without_a_business_day_is_an_error() -> None:
    """A year of days off has no next business day."""
    days_off = tuple(datetime.fromtimestamp(86_400 * day, UTC).date() for day in range(19_700, 20_200))
    with pytest.raises(RunbookError, match="no business day within a year"):
        end_of_next_business_day(datetime(2024, 1, 19, tzinfo=UTC), Calendar(days_off=days_off))


def test_a_calendar_in_no_known_zone_is_refused() -> None:
    """A misspelt zone is an error when the runbook is read."""
    with pytest.raises(ValueError, match="'Mars/Olympus' is no offset or zone name"):
        Calendar(zone="Mars/Olympus")
