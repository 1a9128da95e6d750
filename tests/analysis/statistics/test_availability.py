"""Availability: each moment counts once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.analysis.statistics.availability import availability, union_seconds
from incident_analytics.errors import ParameterError

DAY = 86_400.0
MONTH = (0.0, 30 * DAY)


def test_ninety_minutes_of_thirty_days() -> None:
    """1 - 90 / 43,200 = .9979167."""
    (found,) = availability([DAY], [DAY + 5400], periods=[MONTH], as_of=30 * DAY)
    assert round(found.availability or 0, 7) == 0.9979167
    assert (found.downtime_seconds, found.n) == (5400.0, 1)


def test_incidents_at_the_same_time_count_once() -> None:
    """Two that overlap fully, and one that overlaps half: 90 and 135 minutes."""
    (both,) = availability([DAY, DAY], [DAY + 5400, DAY + 5400], periods=[MONTH], as_of=30 * DAY)
    (half,) = availability([DAY, DAY + 2700], [DAY + 5400, DAY + 8100], periods=[MONTH], as_of=30 * DAY)
    assert (both.downtime_seconds, both.n) == (5400.0, 2)
    assert half.downtime_seconds == 8100.0


def test_three_nines_of_thirty_days_are_43_minutes() -> None:
    """43.2 minutes."""
    (found,) = availability([0.0], [43.2 * 60], periods=[MONTH], as_of=30 * DAY)
    assert found.availability == pytest.approx(0.999)


def test_an_incident_over_midnight_belongs_to_both_days() -> None:
    """An hour before and two after."""
    first, second = availability([DAY - 3600], [DAY + 7200], periods=[(0, DAY), (DAY, 2 * DAY)], as_of=2 * DAY)
    assert (first.downtime_seconds, second.downtime_seconds) == (3600.0, 7200.0)
    assert (first.n, second.n) == (1, 1)


def test_downtime_is_never_more_than_the_period() -> None:
    """Down since before and beyond."""
    (found,) = availability([-DAY, 0.0], [9 * DAY, 5 * DAY], periods=[(0, DAY)], as_of=30 * DAY)
    assert (found.availability, found.downtime_seconds) == (0.0, DAY)


def test_an_open_impact_counts_until_the_report() -> None:
    """It went on for a day of the two that are known of the month."""
    (found,) = availability([DAY], [None], periods=[MONTH], as_of=2 * DAY)
    assert (found.availability, found.period_seconds, found.n_open) == (0.5, 2 * DAY, 1)


def test_a_period_that_has_not_begun_has_no_availability() -> None:
    """It is not 100 %."""
    (found,) = availability([], [], periods=[(5 * DAY, 6 * DAY)], as_of=DAY)
    assert (found.availability, found.reason) == (None, "the period has not begun")


def test_a_month_without_incidents_was_available() -> None:
    """All of it."""
    (found,) = availability([], [], periods=[MONTH], as_of=30 * DAY)
    assert (found.availability, found.downtime_seconds, found.n) == (1.0, 0.0, 0)


def test_an_end_before_its_start_is_refused() -> None:
    """It is a finding, and not clamped."""
    with pytest.raises(ParameterError, match="ends: expected no end before its start"):
        availability([10.0], [5.0], periods=[MONTH], as_of=DAY)
    with pytest.raises(ParameterError, match="ends: expected 1, one an impact"):
        availability([10.0], [], periods=[MONTH], as_of=DAY)
    with pytest.raises(ParameterError, match="periods: expected an end after the start"):
        availability([], [], periods=[(2.0, 1.0)], as_of=DAY)


intervals = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=12)


@given(intervals)
def test_the_union_is_the_seconds_that_any_covers(pairs: list[tuple[int, int]]) -> None:
    """Counted one by one, in whatever order."""
    starts, ends = [float(start) for start, _ in pairs], [float(start + length) for start, length in pairs]
    covered = {second for start, length in pairs for second in range(start, start + length)}
    assert union_seconds(starts, ends) == len(covered)


@given(intervals, st.integers(-1000, 1000))
def test_moving_all_times_changes_no_union(pairs: list[tuple[int, int]], moved: int) -> None:
    """By an hour or a year."""
    starts, ends = [float(start) for start, _ in pairs], [float(start + length) for start, length in pairs]
    there = union_seconds([start + moved for start in starts], [end + moved for end in ends])
    assert there == union_seconds(starts, ends)
