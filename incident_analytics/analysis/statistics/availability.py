"""Availability: what of a period was not in an impact, each moment counted once however many incidents share it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from incident_analytics.analysis.statistics.durations import numbers
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from incident_analytics.analysis.statistics.durations import Numbers


@dataclass(frozen=True, slots=True)
class Availability:
    """One period's availability.

    Args:
        availability: 1 - downtime / period; None where the period has no length yet.
        downtime_seconds: The length of the union of impacts within the period; None likewise.
        period_seconds: The length of the period, cut at `as_of`.
        n: How many impacts touched it.
        n_open: How many of these had no end.
        reason: Why there is none.
    """

    availability: float | None
    downtime_seconds: float | None
    period_seconds: float
    n: int
    n_open: int
    reason: str = ""


def availability(
    starts: Numbers,
    ends: Sequence[float | None] | npt.NDArray[np.float64],
    *,
    periods: Sequence[tuple[float, float]],
    as_of: float,
) -> tuple[Availability, ...]:
    """Each period's availability: 1 - the union of impacts within it / its length.

    All times are seconds on one clock, such as since 1970. Ninety minutes in thirty days are 99.7917 %; a second
    incident at the same time takes nothing more.

    >>> day = 86_400
    >>> found, = availability([day, day], [day + 5400, day + 5400], periods=[(0, 30 * day)], as_of=30 * day)
    >>> round(found.availability, 7), found.n
    (0.9979167, 2)

    Args:
        starts: When each impact began.
        ends: When it ended; None (of an array NaN) of one that goes on, which counts until `as_of`.
        periods: Start and end of each period.
        as_of: From here on nothing is known: a period that goes on is cut here.

    Returns:
        One a period, in the same order.

    Raises:
        ParameterError: An impact or a period ends before it starts, or there are not as many ends as starts.
    """
    begun = numbers(starts, "starts")
    if len(ends) != begun.size:
        raise ParameterError("ends", expected=f"{begun.size}, one an impact", found=str(len(ends)))
    ended = np.asarray(ends, dtype=np.float64)
    is_open = np.isnan(ended)
    ended = np.where(is_open, as_of, ended)
    if (ended < begun)[~is_open].any():
        raise ParameterError("ends", expected="no end before its start", found="an end before its start")
    found = []
    for start, end in periods:
        if end < start:
            raise ParameterError("periods", expected="an end after the start", found=f"{start:g} to {end:g}")
        last = min(end, as_of)
        touches = (begun < last) & (ended > start)
        n, n_open = int(touches.sum()), int((touches & is_open).sum())
        if last <= start:
            found.append(Availability(None, None, 0.0, n, n_open, "the period has not begun"))
            continue
        downtime = union_seconds(np.clip(begun[touches], start, last), np.clip(ended[touches], start, last))
        found.append(Availability(1 - downtime / (last - start), downtime, last - start, n, n_open))
    return tuple(found)


def union_seconds(starts: Numbers, ends: Numbers) -> float:
    """The length of the union of intervals.

    >>> union_seconds([0, 10, 100], [60, 20, 110])
    70.0

    Raises:
        ParameterError: A time is missing.
    """
    begun, ended = numbers(starts, "starts"), numbers(ends, "ends")
    if not begun.size:
        return 0.0
    order = np.argsort(begun, kind="stable")
    begun, reached = begun[order], np.maximum.accumulate(ended[order])
    before = np.concatenate([[-math.inf], reached[:-1]])
    return float(np.maximum(reached - np.maximum(begun, before), 0).sum())
