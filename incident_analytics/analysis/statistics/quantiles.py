"""Quantiles of durations with exact intervals, and how many incidents an interval takes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.durations import Seconds


def fewest_for_interval(share: float = 0.5, *, level: float = 0.95) -> int:
    """How many incidents a two-sided interval of a quantile takes.

    The smallest n for which all n lie on one side of the quantile with a chance of at most (1 - level) / 2:
    max(share, 1 - share)^n <= (1 - level) / 2.

    >>> fewest_for_interval(0.5), fewest_for_interval(0.9), fewest_for_interval(0.95)
    (6, 36, 72)
    """
    _check_share(share)
    return math.ceil(math.log((1 - level) / 2) / math.log(max(share, 1 - share)))


def quantile(seconds: Seconds, share: float = 0.5, *, level: float = 0.95) -> Estimate:
    """A quantile of durations that all ended, with its exact interval.

    The estimate interpolates linearly. The interval's ends are two of the durations themselves, chosen by the binomial
    distribution, so it assumes nothing about their shape: Conover, Practical Nonparametric Statistics, 3rd edition,
    1999, section 3.2 (`scipy.stats.quantile_test`).

    Of open incidents use `survival.time_until_done`.

    Args:
        seconds: Durations that ended.
        share: 0.5 for the median, 0.9 for the ninetieth percentile.
        level: The interval's confidence.

    Returns:
        Without an upper end where n is below `fewest_for_interval` and the lower end is still known ("at least");
        without any interval where neither is.

    Raises:
        ParameterError: A duration is negative, missing or still open, or `share` does not lie between 0 and 1.

    >>> quantile([44, 100, 40, 20])
    Estimate(estimate=42.0, low=None, high=None, n=4, n_open=0, level=0.95, method='order statistics', \
reason='an interval takes 6 incidents')
    """
    _check_share(share)
    given = durations(seconds)
    if given.n_open:
        nearest = "survival.time_until_done uses open ones"
        raise ParameterError("seconds", expected="durations that ended", found=f"{given.n_open} open", nearest=nearest)
    values = given.seconds
    if not values.size:
        return Estimate(None, None, None, 0, level=level, method="order statistics", reason="no incidents")
    interval = stats.quantile_test(values, q=0, p=share).confidence_interval(confidence_level=level)
    low, high = (None if math.isnan(end) else float(end) for end in interval)
    fewest = fewest_for_interval(share, level=level)
    return Estimate(
        float(np.quantile(values, share)),
        low,
        high if low is not None else None,
        values.size,
        level=level,
        method="order statistics",
        reason="" if values.size >= fewest else f"an interval takes {fewest} incidents",
    )


def _check_share(share: float) -> None:
    if not 0 < share < 1:
        raise ParameterError("share", expected="a number between 0 and 1", found=f"{share:g}")
