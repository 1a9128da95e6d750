"""Whether durations moved to another level at some time, and when. It says "signal", never "changed"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from incident_analytics.analysis.statistics.durations import Durations, durations, logs
from incident_analytics.analysis.statistics.survival import kaplan_meier_quantile

if TYPE_CHECKING:
    import numpy.typing as npt

    from incident_analytics.analysis.statistics.durations import Flags, Seconds

FEWEST_ON_A_SIDE: Final = 3
PERMUTATIONS: Final = 499
# Past this many, the search of all splits costs more than it tells; the limits of both steps agree with it.
_MOST_SEARCHED: Final = 2_000


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """The best place to cut a series of durations in two, and whether chance alone would cut so well.

    Args:
        first_after: The position of the first duration at the new level; None where there is no series. It is given
            however doubtful it is: look at the p-value first.
        p_value: The chance of a cut at least as good where there is no change; None where there is no series.
        before_seconds: The median before; None where too many are open for one.
        after_seconds: The median from there on.
        n: How many durations, open ones included.
        n_open: How many of them are open.
        method: How it was computed, for the receipt.
        reason: Why there is none.
    """

    first_after: int | None
    p_value: float | None
    before_seconds: float | None
    after_seconds: float | None
    n: int
    n_open: int
    method: str
    reason: str = ""


def change_point(
    seconds: Seconds, is_open: Flags | None = None, *, seed: int, permutations: int = PERMUTATIONS
) -> ChangePoint:
    """Where durations, in the order of their incidents, moved to another level.

    The p-value: how often the largest |sum of the first k deviations of logarithms from their mean| of a shuffled
    series is as large as that of this one, (1 + as large) / (1 + permutations). The place: the cut that leaves the
    smallest squared deviations (`ruptures`' KernelCPD with a linear kernel). No penalty is used as evidence: the usual
    one gives false alarms in one of six series of 48.

    With anything open, deviations are log-rank scores (`logrank_scores`), so that the youngest are not taken for
    fast because their slow ones are still open.

    Args:
        seconds: Durations in the order of their incidents; of an open one, how old it is.
        is_open: Which are open.
        seed: Of the shuffles; the same gives the same.
        permutations: How many.

    Raises:
        ParameterError: A duration is negative or missing.

    >>> found = change_point([3600, 3000, 4000, 3300, 3900, 3500] * 4 + [600, 500, 700] * 8, seed=1)
    >>> found.first_after, found.p_value, found.after_seconds
    (24, 0.002, 600.0)
    """
    given = durations(seconds, is_open)
    scores = logrank_scores(given) if given.n_open else logs(given.seconds)
    what = "log-rank scores" if given.n_open else "logarithms"
    method = f"permutation of the largest cumulative sum of {what}, seed {seed}"
    if given.n < 2 * FEWEST_ON_A_SIDE or not float(np.ptp(scores)):
        reason = "all are equally long" if given.n >= 2 * FEWEST_ON_A_SIDE else "a change takes three on each side"
        return ChangePoint(None, None, None, None, given.n, given.n_open, method, reason)
    cut = _cut(scores)
    before, after = (kaplan_meier_quantile(part) for part in _parts(given, cut))
    p_value = _chance(scores, seed=seed, permutations=permutations)
    return ChangePoint(cut, p_value, before, after, given.n, given.n_open, method)


def logrank_scores(given: Durations) -> npt.NDArray[np.float64]:
    """Each duration's cumulated hazard less one if it ended: above 0 for long ones, 0 on average, open or not.

    Peto and Peto, 1972, doi:10.2307/2344317, with the hazard of Nelson and Aalen.

    >>> logrank_scores(durations([1, 2], [False, True])).tolist()
    [-0.5, 0.5]
    """
    done = np.sort(given.done)
    times, counts = np.unique(done, return_counts=True)
    at_risk = given.n - np.searchsorted(np.sort(given.seconds), times, side="left")
    hazard = np.concatenate([[0.0], np.cumsum(counts / at_risk)])
    scores: npt.NDArray[np.float64] = hazard[np.searchsorted(times, given.seconds, side="right")] - ~given.is_open
    return scores


def _cut(scores: npt.NDArray[np.float64]) -> int:
    if scores.size > _MOST_SEARCHED:  # the same optimum, in linear time
        sides = np.arange(1, scores.size)
        gain = np.cumsum(scores - scores.mean())[:-1] ** 2 / (sides * (scores.size - sides))
        inner = slice(FEWEST_ON_A_SIDE - 1, scores.size - FEWEST_ON_A_SIDE)
        return int(np.argmax(gain[inner])) + FEWEST_ON_A_SIDE
    import ruptures  # noqa: PLC0415 -- only where a change is looked for

    search = ruptures.KernelCPD(kernel="linear", min_size=FEWEST_ON_A_SIDE)
    return int(search.fit(scores.reshape(-1, 1)).predict(n_bkps=1)[0])


def _chance(scores: npt.NDArray[np.float64], *, seed: int, permutations: int) -> float:
    deviations = scores - scores.mean()
    largest = float(np.abs(np.cumsum(deviations)).max())
    if scores.size > _MOST_SEARCHED:  # the shuffles' limit: Kolmogorov's distribution
        return float(stats.kstwobign.sf(largest / (float(scores.std()) * math.sqrt(scores.size))))
    shuffled = np.random.default_rng(seed).permuted(np.tile(deviations, (permutations, 1)), axis=1)
    # sums of the same numbers in another order differ in their last digit
    as_large = np.abs(np.cumsum(shuffled, axis=1)).max(axis=1) >= largest * (1 - 1e-12)
    return (1 + int(np.count_nonzero(as_large))) / (1 + permutations)


def _parts(given: Durations, cut: int) -> tuple[Durations, Durations]:
    return (
        Durations(given.seconds[:cut], given.is_open[:cut]),
        Durations(given.seconds[cut:], given.is_open[cut:]),
    )
