"""What a series did at the onset, on series written by hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from incident_analytics.analysis.patterns.movements import MINUTE, Stretches, as_gauge, grew, moved, reached
from incident_analytics.analysis.snapshots.series import Series

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ONSET = dt.datetime(2024, 1, 15, 14, tzinfo=dt.UTC)
BEGINS = round(ONSET.timestamp() * 1e6)
AROUND = Stretches.around(ONSET, ONSET + dt.timedelta(hours=1))


def of(values: Callable[[int], float], minutes: Sequence[int] = range(-240, 60)) -> Series:
    """A sample a minute, by its minute after the onset."""
    at = np.array([BEGINS + each * MINUTE for each in minutes], dtype=np.int64)
    return Series(at, np.array([float(values(each)) for each in minutes]), "", 0)


def minute(at: int) -> float:
    """Minutes after the onset."""
    return (at - BEGINS) / MINUTE


def test_a_rise_at_the_onset_is_told_with_its_first_sample() -> None:
    """Three in a row beyond what is usual."""
    found = moved(of(lambda at: 80 if 2 <= at < 20 else 10 + at % 3), AROUND, 1)
    assert found is not None
    assert (found.is_so, found.number, found.usual, minute(found.at)) == (True, 80, 11, 2)


def test_two_samples_are_a_peak_and_no_rise() -> None:
    """The third must be beyond too."""
    found = moved(of(lambda at: 80 if at in {2, 3} else 10 + at % 3), AROUND, 1)
    assert found is not None
    assert (found.is_so, found.number, found.reason) == (False, 80, "")


def test_a_fall_is_no_rise() -> None:
    """The direction is asked for."""
    fell = of(lambda at: 0.2 if at >= 0 else 0.99)
    assert [found.is_so for sign in (1, -1) if (found := moved(fell, AROUND, sign))] == [False, True]


def test_what_rose_before_as_often_did_not_move_at_the_onset() -> None:
    """Once in four hours is too often for a stretch of forty minutes."""
    found = moved(of(lambda at: 80 if at in {-120, -119, -118, 2, 3, 4} else 10), AROUND, 1)
    assert found is not None
    assert (found.is_so, found.reason) == (False, "it was there before the onset too, 1 times")


def test_what_rises_long_after_the_onset_did_not_move_at_it() -> None:
    """More than half an hour."""
    found = moved(of(lambda at: 80 if at >= 31 else 10), AROUND, 1)
    assert found is not None
    assert (found.is_so, found.reason) == (False, "it came later than half an hour after the onset")


@pytest.mark.parametrize("minutes", [range(60), range(-240, -20), range(-13, 60), range(0)])
def test_without_a_time_before_or_during_nothing_can_be_told(minutes: range) -> None:
    """Fewer than four samples before, none during, none at all."""
    assert moved(of(lambda _: 1, minutes), AROUND, 1) is None


def test_a_limit_that_is_raised_is_the_limit_of_its_time() -> None:
    """20 of 20 at first, 39 of 50 once it was resized."""
    in_use = of(lambda at: 5 if at < 0 else 20 if at < 28 else 39)
    limit = of(lambda at: 20 if at < 28 else 50)
    found = reached(in_use, limit, AROUND, 0.95)
    assert found is not None
    assert (found.is_so, found.number, found.limit, minute(found.at)) == (True, 20, 20, 0)


def test_a_limit_that_is_not_reached_is_told_with_the_nearest() -> None:
    """15 of 20 are no 95 %."""
    found = reached(of(lambda at: 15 if at == 5 else 3), 20.0, AROUND, 0.95)
    assert found is not None
    assert (found.is_so, found.number, found.limit, minute(found.at)) == (False, 15, 20, 5)


def test_steady_growth_is_told_from_its_beginning() -> None:
    """From 100 to 400 over five hours."""
    found = grew(of(lambda at: 100 + (at + 240)), AROUND, 0.2)
    assert found is not None
    assert (found.is_so, found.usual, found.number, minute(found.at)) == (True, 114.5, 384.5, -240)


def test_growth_that_begins_late_is_found_in_the_last_quarter() -> None:
    """Level for four hours, then rising for one."""
    found = grew(of(lambda at: 100 + max(at, 0) * 5), AROUND, 0.2)
    assert found is not None
    assert (found.is_so, minute(found.at)) == (True, 0)


def test_growth_between_restarts_is_told_from_where_it_first_began() -> None:
    """Level for hours, growing from 40 minutes before the onset on, killed at it, and growing again."""
    found = grew(
        of(lambda at: 100.0 if at < -40 else 100 + 3.0 * (at + 40) if at < 2 else 60 + 4.0 * (at - 2)), AROUND, 0.2
    )
    assert found is not None
    assert (found.is_so, minute(found.at), found.reason) == (True, -40, "fell back 1 times, as at a restart")


def test_a_step_is_no_steady_growth() -> None:
    """Most of the ten medians do not rise."""
    found = grew(of(lambda at: 100 if at < 0 else 300), AROUND, 0.2)
    assert found is not None
    assert not found.is_so


def test_growth_that_ended_before_the_onset_is_none_of_it() -> None:
    """It fell back for good an hour before."""
    found = grew(of(lambda at: 100 + at + 240 if at < -60 else 90 + at % 2), AROUND, 0.2)
    assert found is not None
    assert not found.is_so


def test_a_counter_is_read_as_what_it_grew_by() -> None:
    """In the last five minutes, its restarts apart."""
    counter = of(lambda at: 2 * (at + 20) if at < 0 else 2 * at, range(-20, 20))
    grown = [0, 2, 4, 6, 8, *[10] * 15, 8, 8, 8, 8, 8, *[10] * 15]
    assert as_gauge("errors_total", counter).value.tolist() == grown
    assert as_gauge("errors", counter) is counter


@pytest.mark.parametrize("remembers", [0.0, 0.9, 0.98])
@pytest.mark.parametrize("before", [60, 240])
def test_quiet_series_seldom_move(remembers: float, before: int) -> None:
    """In at most eight of 100, with an hour before and with four, however slowly they wander."""
    rose = fell = grown = 0
    for seed in range(100):
        value, values = 0.0, []
        for step in np.random.default_rng(seed).normal(size=before + 60).tolist():
            value = remembers * value + step
            values.append(100 + 3 * value)
        series = of(lambda at, values=values: values[at + before], range(-before, 60))  # type: ignore[misc]
        up, down, growth = moved(series, AROUND, 1), moved(series, AROUND, -1), grew(series, AROUND, 0.2)
        rose, fell = rose + bool(up and up.is_so), fell + bool(down and down.is_so)
        grown += bool(growth and growth.is_so)
    assert max(rose, fell, grown) <= 8
