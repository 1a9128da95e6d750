"""A mean or median in which each duration counts by a weight, open ones as long as they were watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from incident_analytics.analysis.statistics.durations import Durations

Statistic: TypeAlias = Literal["median", "mean"]
_ROUNDING: Final = 1e-9


def weighted(given: Durations, weights: npt.NDArray[np.float64], statistic: Statistic) -> float | None:
    """The weighted mean of those that ended, or the weighted Kaplan-Meier median; None where there is none.

    >>> from incident_analytics.analysis.statistics.durations import durations
    >>> weighted(durations([10, 20, 60]), np.array([1.0, 1.0, 2.0]), "mean")
    37.5
    >>> weighted(durations([10, 20, 60]), np.array([1.0, 1.0, 2.0]), "median")
    40.0
    """
    if statistic == "mean":
        counted = weights[~given.is_open]
        return float(np.average(given.done, weights=counted)) if counted.sum() > 0 else None
    order = np.lexsort((given.is_open, given.seconds))
    seconds, weight, is_done = given.seconds[order], weights[order], ~given.is_open[order]
    at_risk = np.cumsum(weight[::-1])[::-1]
    stays = np.where(is_done & (at_risk > 0), 1 - weight / np.where(at_risk > 0, at_risk, 1.0), 1.0)
    share_open = np.cumprod(np.maximum(stays, 0.0))
    reached = np.flatnonzero(share_open <= 1 / 2 + _ROUNDING)
    if not reached.size:
        return None
    below = np.flatnonzero(share_open < 1 / 2 - _ROUNDING)
    first = int(reached[0])
    last = int(below[0]) if below.size else first
    return float((seconds[first] + seconds[last]) / 2)
