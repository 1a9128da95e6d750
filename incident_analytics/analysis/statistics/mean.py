"""The mean, for those who ask for it: never without what the longest incident does to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.durations import durations

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.durations import Flags, Seconds


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the durations that ended.

    Args:
        seconds: The mean; None of fewer than two, as one incident's duration is nobody's mean.
        longest_share: The longest incident's share of the sum; None where the sum is 0 or there is no mean.
        n: How many ended.
        n_open: How many are open; they are not in the mean, which is too small by what they will add.
        reason: Why there is no mean.
    """

    seconds: float | None
    longest_share: float | None
    n: int
    n_open: int
    reason: str = ""


def mean(seconds: Seconds, is_open: Flags | None = None) -> Mean:
    """The mean of durations, without an interval: below some hundred incidents none keeps its promise.

    A 95 % interval of the mean holds it in 80 to 92 of 100 cases with 15 to 120 incidents, whether by Student or by
    the bootstrap. Print the median.

    >>> mean([44 * 3600, 100 * 3600, 40 * 3600, 20 * 3600]).seconds / 3600  # BMC Helix's example
    51.0

    Raises:
        ParameterError: A duration is negative or missing.
    """
    given = durations(seconds, is_open)
    done = given.done
    if done.size < 2:  # noqa: PLR2004 -- one is no mean
        return Mean(None, None, done.size, given.n_open, "a mean takes two incidents that ended")
    total = float(done.sum())
    return Mean(total / done.size, float(done.max()) / total if total else None, done.size, given.n_open)
