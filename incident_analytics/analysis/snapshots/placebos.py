"""Incident-free stretches of history, on which every answer is tried before it is believed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.snapshots.series import outside
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.snapshots.series import Floats, Marks, Series, Span, Times

# the 95 % quantile of fewer stretches is beyond the largest of them
FEWEST_PLACEBOS: Final = 30
PLACEBOS: Final = 39
QUANTILE: Final = 0.95
# trouble often begins before it is noticed, so this share of the time before is no quiet history
_OF_LEAD: Final = 2


def stretches(usable: Marks, length: int, most: int) -> Times:
    """Where stretches of `length` usable samples begin, as many as `most`, evenly spread over history.

    They may overlap: `apart` of them says how many do not.

    >>> stretches(np.ones(10, dtype=np.bool_), 4, 3).tolist()
    [0, 3, 6]

    Args:
        usable: For each sample of history, oldest first, whether it may be used.
        length: Samples of a stretch.
        most: How many stretches at most.
    """
    if length < 1 or usable.size < length:
        return np.zeros(0, dtype=np.int64)
    used = np.concatenate(([0], np.cumsum(usable)))
    begins = np.flatnonzero(used[length:] - used[:-length] == length)
    if begins.size <= most:
        return begins.astype(np.int64)
    return begins[np.round(np.linspace(0, begins.size - 1, most)).astype(np.int64)].astype(np.int64)


def common_begins(
    every: Sequence[Series], first: int, length: int, lead: int, incidents: Sequence[Span], most: int
) -> Times:
    """Where quiet stretches begin: evenly over the history that half of the series have, none near an incident."""
    oldest = sorted(int(series.at[0]) for series in every)
    step = min((series.step for series in every if series.step), default=1)
    earliest = (oldest[len(oldest) // 2] if oldest else first) + lead
    latest = first - length - lead // _OF_LEAD
    if latest <= earliest:
        return np.zeros(0, dtype=np.int64)
    count = min(4 * most, (latest - earliest) // step + 1)
    begins = np.linspace(earliest, latest, count).astype(np.int64)
    if incidents:
        steps = np.arange(-lead, length, step, dtype=np.int64)
        begins = begins[[bool(outside(at + steps, incidents).all()) for at in begins.tolist()]]
    kept = np.round(np.linspace(0, begins.size - 1, min(most, begins.size))).astype(np.int64)
    return np.asarray(begins[kept], dtype=np.int64)


def apart(begins: Times, length: int) -> int:
    """How many of the stretches do not overlap each other.

    >>> apart(np.array([0, 3, 6]), 4)
    2
    """
    count, free_from = 0, -1
    for begin in begins.tolist():
        if begin >= free_from:
            count, free_from = count + 1, begin + length
    return count


def margin(n_apart: int) -> float:
    """By how much the quantile of stretches that overlap is too small: 1 + 0.75 / n_apart.

    Measured on quiet series of 100 samples (white noise, AR(1) of 0.9 and 0.98, a slow sine; 150 each): the next quiet
    stretch stays below the widened 95 % quantile of 39 in 95 % where 1, 2, 3, 4 or 8 of them do not overlap.

    >>> margin(1), margin(3)
    (1.75, 1.25)
    """
    return 1 + 0.75 / max(n_apart, 1)


def upper(values: Floats, quantile: float = QUANTILE) -> float:
    """What the next quiet value stays below with this probability: the ceil((n + 1) quantile)-th smallest.

    The finite-sample quantile of conformal prediction (Vovk, Gammerman and Shafer, 2005, doi:10.1007/b106715);
    of fewer values than it takes, the largest.

    >>> upper(np.arange(1.0, 40.0)), upper(np.arange(1.0, 31.0))
    (38.0, 30.0)
    """
    ordered = np.sort(values)
    rank = min(math.ceil((ordered.size + 1) * quantile - 1e-9), ordered.size)
    return float(ordered[rank - 1])


def checked(placebos: int) -> int:
    """The number of placebos that was asked for.

    Raises:
        ParameterError: It is below FEWEST_PLACEBOS.
    """
    if placebos < FEWEST_PLACEBOS:
        raise ParameterError("placebos", expected=f"at least {FEWEST_PLACEBOS}", found=str(placebos))
    return placebos
