"""A survival curve of at most some two hundred steps, its shape kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.statistics.durations import MOST_PAIRED, SHORTEST_SECONDS, thinned
from incident_analytics.analysis.statistics.survival import Survival, survival

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.durations import Durations

MOST_STEPS: Final = 200


def curve_of(given: Durations) -> Survival:
    """The survival curve of durations, thinned.

    Of more than 2,000 the curve is that of as many quantiles of theirs, without an interval: it would be thinner
    than a line.

    >>> from incident_analytics.analysis.statistics.durations import durations
    >>> curve_of(durations([60, 120, 180, 240])).share_open
    (0.75, 0.5, 0.25, 0.0)
    """
    if given.n <= MOST_PAIRED:
        return thinned_curve(survival(given.seconds, given.is_open))
    fewer = thinned(given)
    curve = thinned_curve(survival(fewer.seconds, fewer.is_open))
    nothing = (None,) * len(curve.seconds)
    return replace(curve, low=nothing, high=nothing, n=given.n, n_open=given.n_open)


def thinned_curve(curve: Survival, *, most: int = MOST_STEPS) -> Survival:
    """The curve with at most about so many steps: even ones of the share, and even ones of time on logarithms.

    >>> len(thinned_curve(survival(range(1, 1001))).seconds) <= 201
    True
    """
    if len(curve.seconds) <= most:
        return curve
    seconds, done = np.asarray(curve.seconds), 1 - np.asarray(curve.share_open)
    by_share = np.searchsorted(done, np.linspace(done[0], done[-1], most // 2))
    times = np.geomspace(max(seconds[0], SHORTEST_SECONDS), max(seconds[-1], SHORTEST_SECONDS), most // 2)
    by_time = np.searchsorted(seconds, times, side="right") - 1
    chosen = np.unique(np.clip(np.concatenate([[0], by_share, by_time, [seconds.size - 1]]), 0, seconds.size - 1))
    kept = [int(place) for place in chosen]
    return replace(
        curve,
        seconds=tuple(curve.seconds[place] for place in kept),
        share_open=tuple(curve.share_open[place] for place in kept),
        low=tuple(curve.low[place] for place in kept),
        high=tuple(curve.high[place] for place in kept),
    )
