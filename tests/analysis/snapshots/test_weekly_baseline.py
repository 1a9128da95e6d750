"""What a metric usually is: the median of the same local time of up to four weeks before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from incident_analytics.analysis.snapshots.series import Series
from incident_analytics.analysis.snapshots.weekly_baseline import WeeklyBaseline, local

MONDAY = datetime(2024, 1, 15, 12, tzinfo=UTC)
HOUR = 3_600_000_000
WEEK = 168 * HOUR
AT = int(MONDAY.timestamp() * 1_000_000)


def hourly(hours: range, value: dict[int, float], usual: float = 100.0) -> Series:
    """An hourly history before and after Monday noon; the hours of `value` otherwise."""
    at = AT + np.array(hours, dtype=np.int64) * HOUR
    return Series(at, np.array([value.get(hour, usual) for hour in hours]), "", 0)


def usual_of(history: Series, at: int, *, free: np.ndarray | None = None, zone: str = "UTC") -> tuple[float, int]:
    """The usual value at an instant and of how many weeks."""
    marks = np.ones(history.at.size, dtype=np.bool_) if free is None else free
    value, weeks = WeeklyBaseline.of(history, marks, zone).usual(local(np.array([at], dtype=np.int64), zone))
    return float(value[0]), int(weeks[0])


def test_the_median_of_four_weeks_is_usual() -> None:
    """90, 100, 110 and 500 at noon of the Mondays before: 105, and one odd week does not matter."""
    history = hourly(range(-5 * 168, 0), {-168: 90.0, -336: 100.0, -504: 110.0, -672: 500.0}, usual=1.0)
    assert usual_of(history, AT) == (105.0, 4)


@pytest.mark.parametrize(("weeks", "known"), [(0, 0), (1, 1), (2, 2), (3, 3)])
def test_fewer_than_two_weeks_tell_nothing(weeks: int, known: int) -> None:
    """The median of one week would be that week."""
    value, told = usual_of(hourly(range(-weeks * 168, 0), {}), AT)
    assert told == known
    assert (value == 100.0) == (weeks >= 2)
    assert np.isnan(value) == (weeks < 2)


def test_between_two_samples_a_straight_line_is_usual() -> None:
    """Half past noon lies halfway between 100 and 200."""
    history = hourly(range(-5 * 168, 0), {week * -168 + 1: 200.0 for week in range(1, 5)})
    assert usual_of(history, AT + HOUR // 2) == (150.0, 4)


def test_across_a_gap_nothing_is_known() -> None:
    """Of one week half a day is missing around noon, so three weeks are left."""
    history = hourly(range(-5 * 168, 0), {})
    kept = np.abs(history.at - (AT - WEEK)) > 6 * HOUR
    assert usual_of(Series(history.at[kept], history.value[kept], "", 0), AT) == (100.0, 3)


def test_hours_of_incidents_are_left_out() -> None:
    """An outage last Monday from ten to two is not what is usual."""
    history = hourly(range(-5 * 168, 0), dict.fromkeys(range(-170, -165), 0.0))
    free = np.abs(history.at - (AT - WEEK)) > 2 * HOUR
    assert usual_of(history, AT, free=free) == (100.0, 3)


def test_noon_is_noon_on_both_sides_of_a_clock_change() -> None:
    """Clocks in Berlin went forward on 2024-03-31; shops that sell at noon alone sell at noon the week after too."""
    zone = ZoneInfo("Europe/Berlin")
    first = datetime(2024, 3, 1, tzinfo=zone).astimezone(UTC)
    instants = [first + timedelta(hours=hour) for hour in range(31 * 24)]
    at = np.array([int(each.timestamp() * 1_000_000) for each in instants], dtype=np.int64)
    values = np.array([500.0 if each.astimezone(zone).hour == 12 else 1.0 for each in instants])
    noon = int(datetime(2024, 4, 2, 12, tzinfo=zone).timestamp() * 1_000_000)
    assert usual_of(Series(at, values, "", 0), noon, zone="Europe/Berlin") == (500.0, 4)


def test_without_history_nothing_is_known() -> None:
    """No sample at all."""
    value, weeks = usual_of(hourly(range(0), {}), AT)
    assert (np.isnan(value), weeks) == (True, 0)
