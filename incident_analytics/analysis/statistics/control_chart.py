"""The XmR chart of durations, on logarithms: which single incidents stand out. It says "signal", never "changed"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.statistics.durations import durations, logs, numbers

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.durations import Flags, Numbers, Seconds

# Three standard deviations, which are the mean moving range / 1.128; and the range's own limit.
_LIMIT, _RANGE_LIMIT = 2.66, 3.268
FEWEST_POINTS: Final = 6


@dataclass(frozen=True, slots=True)
class Limits:
    """Natural process limits of a series.

    Args:
        centre: The mean.
        low: The lower limit.
        high: The upper limit.
        moving_range: The mean of the differences between neighbours.
        range_high: The upper limit of such a difference.
    """

    centre: float
    low: float
    high: float
    moving_range: float
    range_high: float


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A chart of durations in the order of their incidents.

    Args:
        centre_seconds: The geometric mean; None where there are no limits.
        low_seconds: The lower limit.
        high_seconds: The upper limit.
        signals: Which durations lie outside, by position; an open one once it is older than the upper limit.
        n: How many incidents ended.
        n_open: How many are open; they do not count for the limits.
        reason: Why there are no limits.
    """

    centre_seconds: float | None
    low_seconds: float | None
    high_seconds: float | None
    signals: tuple[int, ...]
    n: int
    n_open: int
    reason: str = ""


def limits(values: Numbers) -> Limits | None:
    """Mean -+ 2.66 times the mean moving range; the range's limit is 3.268 times it. None of fewer than two values.

    Wheeler, Understanding Variation, 1993; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.

    >>> found = limits([5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925])
    >>> found.centre, round(found.moving_range, 2), round(found.low, 2), round(found.high, 2)
    (4311.5, 237.78, 3679.01, 4943.99)

    Raises:
        ParameterError: A value is missing.
    """
    array = numbers(values, "values")
    if array.size < 2:  # noqa: PLR2004 -- one has no range
        return None
    centre, moving = float(array.mean()), float(np.abs(np.diff(array)).mean())
    return Limits(centre, centre - _LIMIT * moving, centre + _LIMIT * moving, moving, _RANGE_LIMIT * moving)


def control_chart(seconds: Seconds, is_open: Flags | None = None) -> ControlChart:
    """Limits in seconds, computed on logarithms, and the incidents outside.

    On durations as they are, nine of ten charts without any change show a signal, as a few incidents always last much
    longer; on logarithms one in fourteen. What took less than a second counts as one.

    >>> control_chart([600, 900, 700, 800, 600, 900, 700, 800, 700, 80_000]).signals
    (9,)

    Args:
        seconds: Durations in the order of their incidents; of an open one, how old it is.
        is_open: Which are open.

    Raises:
        ParameterError: A duration is negative or missing.
    """
    given = durations(seconds, is_open)
    found = limits(logs(given.done))
    n = given.n - given.n_open
    if found is None or n < FEWEST_POINTS:
        return ControlChart(None, None, None, (), n, given.n_open, f"limits take {FEWEST_POINTS} incidents that ended")
    values = logs(given.seconds)
    outside = (values > found.high) | (~given.is_open & (values < found.low))
    signals = tuple(int(place) for place in np.flatnonzero(outside))
    return ControlChart(math.exp(found.centre), math.exp(found.low), math.exp(found.high), signals, n, given.n_open)
