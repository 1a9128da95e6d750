"""Where a change of level may lie: the stretch of a series that holds its place with some confidence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from incident_analytics.analysis.statistics.change_point import FEWEST_ON_A_SIDE, logrank_scores
from incident_analytics.analysis.statistics.durations import durations, logs

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.durations import Flags, Numbers


def change_place(seconds: Numbers, is_open: Flags | None = None, *, level: float = 0.95) -> tuple[int, int] | None:
    """The first and the last position at which the new level of a series may begin.

    All cuts whose likelihood ratio to the best one, n ln(squares left / squares left by the best), is at most
    -2 ln(1 - sqrt(level)): Eo and Morley, 2015, doi:10.3982/QE186. Deviations are those of `change_point`, whose best
    cut always lies between the two. It answers where a change lies, never whether there is one.

    >>> change_place([3600, 3000, 4000, 3300, 3900, 3500] * 4 + [600, 500, 700] * 8)
    (24, 24)

    Args:
        seconds: Durations in the order of their incidents; of an open one, how old it is.
        is_open: Which are open.
        level: How often the stretch holds the true place.

    Returns:
        None where there is no series to cut.

    Raises:
        ParameterError: A duration is negative or missing.
    """
    given = durations(seconds, is_open)
    scores = logrank_scores(given) if given.n_open else logs(given.seconds)
    if given.n < 2 * FEWEST_ON_A_SIDE or not float(np.ptp(scores)):
        return None
    deviations = scores - scores.mean()
    cuts = np.arange(FEWEST_ON_A_SIDE, given.n - FEWEST_ON_A_SIDE + 1)
    explained = np.cumsum(deviations)[cuts - 1] ** 2 * (given.n / (cuts * (given.n - cuts)))
    left = np.maximum(float((deviations**2).sum()) - explained, 0.0)
    most = float(left.min()) * math.exp(-2 * math.log(1 - math.sqrt(level)) / given.n)
    held = cuts[left <= most * (1 + 1e-12)]
    return int(held[0]), int(held[-1])
