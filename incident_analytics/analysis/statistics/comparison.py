"""Two groups of durations: by how much the second is longer, and whether chance alone could do it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from incident_analytics.analysis.statistics.durations import durations, logs, thinned
from incident_analytics.analysis.statistics.logrank import logrank, ratio_of_times

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.durations import Durations, Flags, Seconds

# Below this many that are done, the log-rank test's normal distribution is not one.
FEWEST_DONE: Final = 8
# Whoever is more than this is counted as this many: binomials of millions are long numbers.
_SURELY_ENOUGH: Final = 1_000
_ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two groups of durations differ.

    Args:
        estimate: The ratio of the typical duration, after / before: 0.5 is half as long. None where there is none.
        low: The lower end of its interval; None where there is none.
        high: Its upper end.
        p_value: The chance of a difference at least as large where there is none; None where the groups are too small
            to show any.
        n_before: How many incidents before, open ones included.
        n_after: How many after.
        n_open: How many of both are open.
        level: The confidence of the interval.
        method: How it was computed, for the receipt.
        reason: Why a number is missing; empty where none is.
    """

    estimate: float | None
    low: float | None
    high: float | None
    p_value: float | None
    n_before: int
    n_after: int
    n_open: int
    level: float
    method: str
    reason: str = ""


def compare(
    before: Seconds,
    after: Seconds,
    *,
    before_open: Flags | None = None,
    after_open: Flags | None = None,
    level: float = 0.95,
) -> Comparison:
    """Durations of two groups or periods beside each other, without assuming their shape.

    Nothing open: the Mann-Whitney test, doi:10.1214/aoms/1177730491, and the ratio of Hodges and Lehmann, 1963,
    doi:10.1214/aoms/1177704172: exp of the median of all differences of logarithms; its interval are two of these
    differences. Anything open: the log-rank test, and the ratio it fits best (`logrank.ratio_of_times`).

    Args:
        before: Seconds of the first group.
        after: Seconds of the second.
        before_open: Which of the first are still open.
        after_open: Which of the second are.
        level: The interval's confidence; a group is too small where no data could give a p-value below 1 - level.

    Raises:
        ParameterError: A duration is negative or missing.

    >>> found = compare([100, 200, 300, 400, 500], [50, 100, 150, 200, 251])
    >>> round(found.estimate, 3), round(found.p_value, 3)
    (0.5, 0.141)
    """
    old, new = durations(before, before_open), durations(after, after_open)
    is_censored = old.n_open + new.n_open > 0
    method = "log-rank" if is_censored else "Mann-Whitney, Hodges-Lehmann"
    counts = (old.n, new.n, old.n_open + new.n_open)
    reason = _too_few(old, new, level)
    if reason:
        return Comparison(None, None, None, None, *counts, level, method, reason)
    ratios: tuple[float | None, ...]
    if is_censored:
        ratios = ratio_of_times(old, new, level=level)
        p_value = logrank(old.seconds, new.seconds, first_open=old.is_open, second_open=new.is_open).p_value
    else:
        ratios = _hodges_lehmann(old, new, level)
        p_value = float(stats.mannwhitneyu(new.seconds, old.seconds, alternative="two-sided").pvalue)
    estimate, low, high = ratios
    reason = "too many are open to tell how far the ratio reaches" if None in ratios else ""
    return Comparison(estimate, low, high, p_value, *counts, level, method, reason)


def can_differ(n_before: int, n_after: int, *, level: float = 0.95) -> bool:
    """Whether groups so small could give a p-value below 1 - level at all.

    The smallest two-sided one is 2 / C(n_before + n_after, n_before), where all of one lie below all of the other.

    >>> can_differ(3, 3), can_differ(4, 4), can_differ(2, 8)
    (False, True, True)
    """
    fewer, more = sorted((min(n_before, _SURELY_ENOUGH), min(n_after, _SURELY_ENOUGH)))
    return fewer > 0 and 2 / math.comb(fewer + more, fewer) < 1 - level - _ROUNDING


def _too_few(before: Durations, after: Durations, level: float) -> str:
    if not before.n or not after.n:
        return "no incidents in one of the groups"
    if not can_differ(before.n, after.n, level=level):
        return f"groups of {before.n} and {after.n} are too small to show any difference"
    n_open = before.n_open + after.n_open
    if n_open and before.n + after.n - n_open < FEWEST_DONE:
        return f"with open incidents a comparison takes {FEWEST_DONE} that are done"
    return ""


def _hodges_lehmann(before: Durations, after: Durations, level: float) -> tuple[float, float, float]:
    """Ratio, low, high."""
    pairs = before.n * after.n
    spread = math.sqrt(pairs * (before.n + after.n + 1) / 12)
    # as R's wilcox.test with its correction for continuity; exact for groups as small as 4 and 4
    outside = max(math.floor(pairs / 2 - float(stats.norm.ppf((1 + level) / 2)) * spread + 0.5), 1) / pairs
    differences = np.subtract.outer(logs(thinned(after).seconds), logs(thinned(before).seconds)).ravel()
    differences.sort()
    place = max(math.floor(outside * differences.size + 0.5), 1) - 1
    low, high = differences[place], differences[-1 - place]
    return math.exp(np.median(differences)), math.exp(low), math.exp(high)
