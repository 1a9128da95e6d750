"""A metric beside what it usually would have been."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from incident_analytics.analysis.snapshots.course import course_of
from incident_analytics.analysis.snapshots.series import Series

MINUTE = 60_000_000
NOON = int(datetime(2024, 1, 15, 12, tzinfo=UTC).timestamp()) * 1_000_000


def samples(*minutes: float) -> Series:
    """Samples of 10, 20, 30, ... at so many minutes after noon."""
    at = np.array([NOON + round(minute * MINUTE) for minute in minutes], dtype=np.int64)
    return Series(at, np.linspace(10.0, 10.0 * at.size, at.size), "orders", 0)


def test_samples_of_a_minute_become_their_mean() -> None:
    """The first minute has two; the one without samples stays empty."""
    course = course_of(samples(0.5, 1, 1.5, 3), np.array([40.0, 60, 50, np.nan]), NOON, NOON + 3 * MINUTE)
    assert course is not None
    assert (course.first_at, course.step_seconds) == (datetime(2024, 1, 15, 12, tzinfo=UTC), 60.0)
    assert course.actual == (15.0, 30.0, 40.0)
    assert course.usual == (50.0, 50.0, None)


def test_long_stretches_keep_few_steps_of_whole_minutes() -> None:
    """Ten hours are 600 minutes: three a step make 200."""
    course = course_of(samples(*range(1, 601)), np.full(600, 7.0), NOON, NOON + 600 * MINUTE)
    assert course is not None
    assert (course.step_seconds, len(course.actual), course.actual[0]) == (180.0, 200, 20.0)


def test_coarse_samples_set_the_step() -> None:
    """Every five minutes."""
    course = course_of(samples(5, 10, 15), np.full(3, 7.0), NOON, NOON + 15 * MINUTE)
    assert course is not None
    assert (course.step_seconds, course.actual) == (300.0, (10.0, 20.0, 30.0))


def test_without_anything_usual_there_is_no_course() -> None:
    """A line alone says nothing of a loss."""
    assert course_of(samples(1, 2), np.full(2, np.nan), NOON, NOON + 2 * MINUTE) is None
