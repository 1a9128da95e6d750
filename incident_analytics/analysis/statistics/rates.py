"""Counts in a time: rates with exact intervals, two rates beside each other, and whether counts come in clusters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from incident_analytics.analysis.statistics.durations import numbers
from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.durations import Numbers

# From here on Poisson intervals are too narrow to be believed.
CLUSTERED: Final = 1.5


@dataclass(frozen=True, slots=True)
class RateRatio:
    """Two rates beside each other.

    Args:
        estimate: The second rate divided by the first; None where the first is 0.
        low: The lower end of the ratio's interval.
        high: Its upper end; None where there is none.
        p_value: The chance of a difference at least as large where there is none; None where there is nothing to count.
        events_before: Events in the first exposure.
        events_after: Events in the second.
        level: The confidence of the interval.
        method: How it was computed, for the receipt.
        reason: Why a number is missing.
    """

    estimate: float | None
    low: float | None
    high: float | None
    p_value: float | None
    events_before: int
    events_after: int
    level: float
    method: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Whether counts of equal stretches vary more than chance alone.

    Args:
        ratio: Their variance divided by their mean: 1 where events come by chance, more where they come in clusters.
            None where nothing was counted.
        n: How many stretches.
        is_clustered: Whether the ratio is above 1.5.
        reason: What that means for an interval; empty where it may be believed.
    """

    ratio: float | None
    n: int
    is_clustered: bool
    reason: str = ""


def rate(events: int, exposure: float = 1.0, *, level: float = 0.95) -> Estimate:
    """Events per unit of exposure, with an interval that holds for few events and for none.

    Garwood, 1936, doi:10.2307/2333958 (`statsmodels`' `confint_poisson`, "exact-c"): the chi-squared quantiles with
    2k and 2k + 2 degrees of freedom, halved.

    >>> round(rate(10).low, 4), round(rate(10).high, 4)
    (4.7954, 18.3904)

    Args:
        events: How many were counted.
        exposure: In how many weeks, service-months, deploys.
        level: The interval's confidence.

    Raises:
        ParameterError: There is no exposure, or fewer than no events.
    """
    from statsmodels.stats.rates import confint_poisson  # noqa: PLC0415 -- loads pandas

    _check_count(events, exposure)
    low, high = confint_poisson(events, exposure, method="exact-c", alpha=1 - level)
    return Estimate(events / exposure, float(low), float(high), events, level=level, method="exact Poisson")


def compare_rates(
    events_before: int, exposure_before: float, events_after: int, exposure_after: float, *, level: float = 0.95
) -> RateRatio:
    """Whether events became more or fewer: of all events, is the second's share that of its exposure?

    The exact conditional test of Przyborowski and Wilenski, 1940, doi:10.1093/biomet/31.3-4.313 (`statsmodels`'
    `test_poisson_2indep`, "exact-cond"). The ratio's interval is that of Clopper and Pearson for the second's share.

    >>> round(compare_rates(20, 1, 10, 1).p_value, 4)
    0.0987

    Raises:
        ParameterError: There is no exposure, or fewer than no events.
    """
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415 -- loads pandas
    from statsmodels.stats.rates import test_poisson_2indep  # noqa: PLC0415 -- loads pandas

    _check_count(events_before, exposure_before)
    _check_count(events_after, exposure_after)
    total, method = events_before + events_after, "exact conditional Poisson"
    if not total:
        return RateRatio(None, None, None, None, 0, 0, level, method, "nothing was counted in either")
    with np.errstate(divide="ignore"):  # it divides the rates on the way
        test = test_poisson_2indep(events_after, exposure_after, events_before, exposure_before, method="exact-cond")
    share_low, share_high = proportion_confint(events_after, total, alpha=1 - level, method="beta")
    exposures = exposure_before / exposure_after
    low = exposures * float(share_low) / (1 - float(share_low))
    high = exposures * float(share_high) / (1 - float(share_high)) if events_before else None
    estimate = exposures * events_after / events_before if events_before else None
    reason = "" if events_before else "nothing was counted before, so there is no ratio to it"
    return RateRatio(estimate, low, high, float(test.pvalue), events_before, events_after, level, method, reason)


def compare_counts(before: Numbers, after: Numbers, *, level: float = 0.95) -> RateRatio:
    """Whether there are more or fewer events, from the counts of equal stretches such as weeks.

    `compare_rates` of their sums; where the counts come in clusters, the Mann-Whitney test of the stretches instead,
    and no interval, as events that come together are fewer than they look.

    Args:
        before: The count of each week of the first period, those with none included.
        after: The count of each week of the second.
        level: The interval's confidence.

    >>> compare_counts([3, 1, 2, 2], [2, 1, 3, 1]).method
    'exact conditional Poisson'

    Raises:
        ParameterError: A period has no stretches, or a count is missing.
    """
    first, second = numbers(before, "before"), numbers(after, "after")
    if not min(first.size, second.size):
        found = f"{first.size} and {second.size}"
        raise ParameterError("before, after", expected="one count or more a period", found=found)
    ratio = compare_rates(int(first.sum()), first.size, int(second.sum()), second.size, level=level)
    own_means = np.concatenate([np.full(first.size, first.mean()), np.full(second.size, second.mean())])
    left = np.concatenate([first, second]) - own_means
    mean, degrees = float(own_means.mean()), left.size - 2
    if not mean or degrees < 1 or float((left**2).sum()) / degrees / mean <= CLUSTERED:
        return ratio
    p_value = float(stats.mannwhitneyu(second, first, alternative="two-sided").pvalue)
    events = (ratio.events_before, ratio.events_after)
    reason = "counts come in clusters, so an interval would be too narrow"
    return RateRatio(ratio.estimate, None, None, p_value, *events, level, "Mann-Whitney of the counts", reason)


def dispersion(counts: Numbers) -> Dispersion:
    """How counts of equal stretches, such as weeks, vary beside what chance would do.

    >>> dispersion([0, 0, 12, 0, 0, 12]).is_clustered
    True

    Raises:
        ParameterError: A count is missing.
    """
    values = numbers(counts, "counts")
    if values.size < 2 or not values.sum():  # noqa: PLR2004 -- one stretch varies from nothing
        return Dispersion(None, values.size, is_clustered=False, reason="too few counts to tell")
    ratio = float(values.var(ddof=1) / values.mean())
    is_clustered = ratio > CLUSTERED
    reason = f"counts vary {ratio:.1f} times as much as by chance: Poisson intervals are too narrow"
    return Dispersion(ratio, values.size, is_clustered, reason if is_clustered else "")


def _check_count(events: int, exposure: float) -> None:
    if events < 0:
        raise ParameterError("events", expected="0 or more", found=str(events))
    if not exposure > 0:
        raise ParameterError("exposure", expected="a time above 0", found=f"{exposure:g}")
