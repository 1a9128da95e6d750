"""How long until done, when some are not done yet: Kaplan-Meier."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from scipy import stats

from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.quantiles import fewest_for_interval, quantile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from incident_analytics.analysis.statistics.durations import Durations, Flags, Seconds

_KAPLAN_MEIER: Final = "Kaplan-Meier"
_ROUNDING: Final = 1e-9


class _Curve(Protocol):
    """A curve as `scipy.stats.ecdf` gives it."""

    @property
    def quantiles(self) -> npt.NDArray[np.float64]:
        """Where it steps."""

    @property
    def probabilities(self) -> npt.NDArray[np.float64]:
        """Its height after each step."""


@dataclass(frozen=True, slots=True)
class Survival:
    """The share still open after some time, as the steps of a curve.

    Args:
        seconds: Where the curve may step: each duration once, ascending.
        share_open: The share still open after it.
        low: The lower end of that share's interval; None before the first and after the last one done.
        high: Its upper end.
        n: How many incidents.
        n_open: How many of them are still open.
        level: The confidence of each interval.
    """

    seconds: tuple[float, ...]
    share_open: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    n: int
    n_open: int
    level: float


def survival(seconds: Seconds, is_open: Flags | None = None, *, level: float = 0.95) -> Survival:
    """The share of incidents still open after each duration, open ones used for as long as they were watched.

    S(t) is the product over durations u <= t of (1 - done at u / still watched at u). Intervals are log-log.
    Kaplan and Meier, 1958, doi:10.1080/01621459.1958.10501452 (`scipy.stats.ecdf`).

    >>> survival([60, 120, 180, 240], [False, False, True, False]).share_open
    (0.75, 0.5, 0.5, 0.0)

    Raises:
        ParameterError: A duration is negative or missing.
    """
    given = durations(seconds, is_open)
    if not given.n:
        return Survival((), (), (), (), 0, 0, level)
    curve = stats.ecdf(censored(given)).sf
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        # where the curve is at 0 or 1 the formula has no value, and we give none
        warnings.filterwarnings("ignore", "The confidence interval is undefined", RuntimeWarning)
        ends = curve.confidence_interval(confidence_level=level, method="log-log")
    steps, shares = curve.quantiles.tolist(), curve.probabilities.tolist()
    low, high = _within(ends.low.probabilities, shares), _within(ends.high.probabilities, shares)
    return Survival(tuple(steps), tuple(shares), low, high, given.n, given.n_open, level)


def time_until_done(
    seconds: Seconds, is_open: Flags | None = None, *, share: float = 0.5, level: float = 0.95
) -> Estimate:
    """The time by which a share of incidents was done: the median by default.

    With nothing open it is the quantile with its exact interval (`quantiles.quantile`). Else it is where the
    Kaplan-Meier curve falls to 1 - share, its interval the times at which the log-log interval of the curve holds
    1 - share: Brookmeyer and Crowley, 1982, doi:10.2307/2530286 (`statsmodels`' `SurvfuncRight.quantile_ci`).

    Leaving out open incidents makes slow quarters look fast, so none are: four days at the median with a tenth open
    lose a third of the ninetieth percentile that way.

    >>> time_until_done([60, 120, 180, 240], [False, False, False, True]).estimate
    150.0

    Returns:
        No estimate where fewer than `share` are done; no interval where fewer than
        `quantiles.fewest_for_interval(share)` are.

    Raises:
        ParameterError: A duration is negative or missing, or `share` does not lie between 0 and 1.
    """
    return times_until_done(durations(seconds, is_open), (share,), level=level)[0]


def times_until_done(given: Durations, shares: Sequence[float], *, level: float = 0.95) -> tuple[Estimate, ...]:
    """`time_until_done` of several shares; the curve is drawn once for all of them.

    >>> [each.estimate for each in times_until_done(durations([60, 120, 180]), (0.5, 0.9))]
    [120.0, 168.0]

    Raises:
        ParameterError: A share does not lie between 0 and 1.
    """
    if not given.n_open:
        return tuple(quantile(given.seconds, share, level=level) for share in shares)
    curve = stats.ecdf(censored(given)).sf
    ends = _ends_of_quantiles(given, shares, level)
    return tuple(_time_until_done(given, share, level, curve, ends.get(share)) for share in shares)


def _ends_of_quantiles(
    given: Durations, shares: Sequence[float], level: float
) -> dict[float, tuple[float | None, float | None]]:
    """The interval of each share's time that enough are done for."""
    from statsmodels.duration.survfunc import SurvfuncRight  # noqa: PLC0415 -- loads pandas

    done = given.n - given.n_open
    told = [share for share in shares if done >= fewest_for_interval(share, level=level)]
    if not told:
        return {}
    curve = SurvfuncRight(given.seconds, (~given.is_open).astype(np.int64))
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = {share: curve.quantile_ci(share, alpha=1 - level) for share in told}
    return {share: (_number(low), _number(high)) for share, (low, high) in ends.items()}


def _time_until_done(
    given: Durations,
    share: float,
    level: float,
    curve: _Curve,
    ends: tuple[float | None, float | None] | None,
) -> Estimate:
    low, high = ends or (None, None)
    estimate = _where_it_falls(curve, share)
    if estimate is None:
        reason = f"fewer than {share:.0%} are done, as far as they were watched"
    elif ends is None:
        reason = f"an interval takes {fewest_for_interval(share, level=level)} that are done"
    else:
        reason = "" if high is not None else "too many are open for an upper end"
    return Estimate(estimate, low, high, given.n, given.n_open, level, _KAPLAN_MEIER, reason)


def share_done_within(
    target_seconds: float, seconds: Seconds, is_open: Flags | None = None, *, level: float = 0.95
) -> Estimate:
    """The share done within a target, a duration of exactly the target included.

    Where nothing was open before the target it is k of n with the interval of Clopper and Pearson, 1934,
    doi:10.1093/biomet/26.4.404; else 1 - S(target) of `survival`, with its log-log interval.

    >>> share_done_within(300, [100, 200, 300, 400]).estimate
    0.75

    Returns:
        None where nobody was watched for as long as the target and some are open.

    Raises:
        ParameterError: A duration is negative or missing.
    """
    given = durations(seconds, is_open)
    if not given.n:
        return Estimate(None, None, None, 0, level=level, reason="no incidents")
    low: float | None
    high: float | None
    done = int(np.count_nonzero(given.done <= target_seconds))
    beyond = int(np.count_nonzero(given.seconds > target_seconds))
    beyond += int(np.count_nonzero(given.is_open & (given.seconds == target_seconds)))
    if done + beyond == given.n:
        low, high = _clopper_pearson(done, given.n, level)
        return Estimate(done / given.n, low, high, given.n, given.n_open, level, "Clopper-Pearson")
    curve = survival(given.seconds, given.is_open, level=level)
    place = int(np.searchsorted(curve.seconds, target_seconds, side="right")) - 1
    still_open = curve.share_open[place] if place >= 0 else 1.0
    if not beyond and still_open > 0:
        reason = "nobody was watched for as long as the target, and some are open"
        return Estimate(None, None, None, given.n, given.n_open, level, _KAPLAN_MEIER, reason)
    if 0 < still_open < 1:
        share_low, share_high = curve.low[place], curve.high[place]
        low = None if share_high is None else 1 - share_high
        high = None if share_low is None else 1 - share_low
    else:  # the log-log interval has no width here, so it is that of the ones whose end is known
        low, high = _clopper_pearson(done, done + beyond, level)
    return Estimate(1 - still_open, low, high, given.n, given.n_open, level, _KAPLAN_MEIER)


def kaplan_meier_quantile(given: Durations, *, share: float = 0.5) -> float | None:
    """Where the curve falls to 1 - share; the middle of the step where it rests there; None where it never does."""
    if not given.n:
        return None
    return _where_it_falls(stats.ecdf(censored(given)).sf, share)


def _where_it_falls(curve: _Curve, share: float) -> float | None:
    open_share = curve.probabilities
    reached = np.flatnonzero(open_share <= 1 - share + _ROUNDING)
    if not reached.size:
        return None
    first = int(reached[0])
    falls = np.flatnonzero(open_share < 1 - share - _ROUNDING)
    rests = open_share[first] >= 1 - share - _ROUNDING
    until = curve.quantiles[falls[0]] if rests and falls.size else curve.quantiles[first]
    return float((curve.quantiles[first] + until) / 2)


def censored(given: Durations) -> stats.CensoredData:
    """The durations as scipy takes them."""
    return stats.CensoredData(uncensored=given.done, right=given.seconds[given.is_open])


def _within(ends: Iterable[float], shares: Iterable[float]) -> tuple[float | None, ...]:
    return tuple(_number(end) if 0 < share < 1 else None for end, share in zip(ends, shares, strict=True))


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _clopper_pearson(done: int, known: int, level: float) -> tuple[float, float]:
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415 -- loads pandas

    low, high = proportion_confint(done, known, alpha=1 - level, method="beta")
    return float(low), float(high)
