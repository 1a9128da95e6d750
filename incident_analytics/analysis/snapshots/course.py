"""A metric beside what it usually would have been, in even steps few enough to draw."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.engine_door import instant_at
from incident_analytics.analysis.snapshots.amounts import Course

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.series import Floats, Series, Times

MOST_STEPS: Final = 240
_MINUTE: Final = dt.timedelta(minutes=1) // dt.timedelta(microseconds=1)
_SECOND: Final = 1_000_000


def course_of(actual: Series, usual: Floats, since: int, until: int) -> Course | None:
    """Means by the minute, or by as many minutes as keep them few; by the sample where samples lie farther apart.

    Args:
        actual: The samples after `since` up to `until`; a value is that of the time before its instant.
        usual: What each would usually have been; NaN where that is not known.
        since: Where the course begins, in microseconds; the minute before it is begun with.
        until: Where it ends.

    Returns:
        The course; None where nothing usual is known.
    """
    if not np.isfinite(usual).any():
        return None
    since = since // _MINUTE * _MINUTE
    wide = max(-(-(until - since) // (MOST_STEPS * _MINUTE)) * _MINUTE, actual.step, 1)
    steps = -(-(until - since) // wide)
    step = (actual.at - since - 1) // wide
    return Course(instant_at(since), wide / _SECOND, _means(step, actual.value, steps), _means(step, usual, steps))


def _means(step: Times, values: Floats, steps: int) -> tuple[float | None, ...]:
    """The mean of the known values of each step; None where there are none."""
    known = np.isfinite(values)
    many = np.bincount(step[known], minlength=steps)
    sums = np.bincount(step[known], values[known], minlength=steps)
    return tuple(float(total / n) if n else None for total, n in zip(sums.tolist(), many.tolist(), strict=True))
