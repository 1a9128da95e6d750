"""What could be seen at all: the smallest change that so few incidents would show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from scipy import optimize, stats

from incident_analytics.errors import ParameterError

Test: TypeAlias = Literal["t-test of logarithms", "Mann-Whitney"]
# Of normal data the Mann-Whitney test needs this much more.
_MANN_WHITNEY_SHARE: Final = 3 / math.pi
# statsmodels' power is NaN where both the effect and n are large; no power short of 1 is sought beyond this.
_MOST_STANDARD_ERRORS: Final = 6.0
# The exact conditional test tells no events from six and more (2 * 0.5^6 = 0.03), and from no fewer.
_FEWEST_TOLD_FROM_NONE: Final = 6


@dataclass(frozen=True, slots=True)
class DetectableDuration:
    """The smallest reduction of the typical duration that would mostly be found.

    Args:
        ratio: After / before: 0.49 is 51 % less. None where no reduction would be found that often.
        n_before: How many incidents before.
        n_after: How many after.
        spread: The standard deviation of the natural logarithms of the durations.
        power: How often such a reduction would be found.
        alpha: How often none would be called one.
        method: The test that would find it.
        reason: Why there is none.
    """

    ratio: float | None
    n_before: int
    n_after: int
    spread: float
    power: float
    alpha: float
    method: str
    reason: str = ""

    @property
    def reduction(self) -> float | None:
        """The reduction as a share: 0.51 is 51 % less."""
        return None if self.ratio is None else 1 - self.ratio


@dataclass(frozen=True, slots=True)
class DetectableCount:
    """Which counts of the next, equally long period would mostly be told from chance.

    Args:
        expected: The count if nothing changes.
        fewest: So many or fewer would be found to be less; None where not even none would.
        most: So many or more would be found to be more.
        power: How often a true rate at that limit would be found.
        reason: Why there is no `fewest`.
    """

    expected: float
    fewest: float | None
    most: float
    power: float
    reason: str = ""


def power_of_reduction(
    ratio: float,
    n_before: int,
    n_after: int,
    *,
    spread: float,
    alpha: float = 0.05,
    test: Test = "t-test of logarithms",
) -> float:
    """How often a true change of the typical duration would be found.

    The power of the two-sided t-test of logarithms with the effect |ln ratio| / spread (`statsmodels`'
    `TTestIndPower`).

    >>> round(power_of_reduction(0.5, 100, 100, spread=1.25), 4)
    0.9739

    Args:
        ratio: After / before.
        n_before: How many incidents before.
        n_after: How many after.
        spread: The standard deviation of the natural logarithms of the durations (`durations.spread_of_logs`).
        alpha: How often no change would be called one.
        test: For "Mann-Whitney" n counts 3 / pi as much.

    Raises:
        ParameterError: A ratio or spread that is not above 0, or fewer than two incidents.
    """
    _check(n_before, n_after, spread)
    if not ratio > 0:
        raise ParameterError("ratio", expected="a number above 0", found=f"{ratio:g}")
    return _power(abs(math.log(ratio)) / spread, n_before, n_after, alpha, test)


def smallest_detectable_reduction(
    n_before: int,
    n_after: int,
    *,
    spread: float,
    power: float = 0.8,
    alpha: float = 0.05,
    test: Test = "t-test of logarithms",
) -> DetectableDuration:
    """The smallest reduction of the typical duration that would be found with some power.

    About exp(-(z_alpha/2 + z_power) * spread * sqrt(1 / n_before + 1 / n_after)); here with Student's distribution.

    >>> round(smallest_detectable_reduction(50, 50, spread=1.25).reduction, 2)
    0.51

    Args:
        n_before: How many incidents before.
        n_after: How many after.
        spread: The standard deviation of the natural logarithms of the durations (`durations.spread_of_logs`).
        power: How often it shall be found.
        alpha: How often no change would be called one.
        test: For "Mann-Whitney" n counts 3 / pi as much.

    Raises:
        ParameterError: A spread that is not above 0.
    """
    told = (n_before, n_after, spread, power, alpha, test)
    if min(n_before, n_after) < 2:  # noqa: PLR2004 -- one duration has no spread
        return DetectableDuration(None, *told, reason="a comparison takes two incidents in each group")
    _check(n_before, n_after, spread)

    def missing(effect: float) -> float:
        return _power(effect, n_before, n_after, alpha, test) - power

    largest = _MOST_STANDARD_ERRORS * math.sqrt(1 / n_before + 1 / n_after)
    if missing(largest) < 0:
        return DetectableDuration(None, *told, reason="no reduction would be found that often among so few")
    effect = float(optimize.brentq(missing, 1e-9, largest))
    return DetectableDuration(math.exp(-effect * spread), *told)


def detectable_counts(expected: float, *, power: float = 0.8, alpha: float = 0.05) -> DetectableCount:
    """Which later counts would be told from chance: (sqrt(expected) -+ (z_alpha/2 + z_power) / sqrt 2) squared.

    >>> found = detectable_counts(50)
    >>> round(found.fewest, 1), round(found.most, 1)
    (25.9, 81.9)

    Args:
        expected: The count of a period of the same length.
        power: How often it shall be found.
        alpha: How often chance would be called a change.

    Returns:
        No `fewest` where even no events at all would not be told from chance with that power.

    Raises:
        ParameterError: The expected count is negative.
    """
    if not expected >= 0:
        raise ParameterError("expected", expected="a count of 0 or more", found=f"{expected:g}")
    step = float(stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power)) / math.sqrt(2)
    most = (math.sqrt(expected) + step) ** 2
    if float(stats.poisson.sf(_FEWEST_TOLD_FROM_NONE - 1, expected)) < power:
        return DetectableCount(expected, None, most, power, "not even no events at all would be told from chance")
    return DetectableCount(expected, (math.sqrt(expected) - step) ** 2, most, power)


def _power(effect: float, n_before: int, n_after: int, alpha: float, test: Test) -> float:
    from statsmodels.stats.power import TTestIndPower  # noqa: PLC0415 -- loads pandas

    effect = min(effect, _MOST_STANDARD_ERRORS * math.sqrt(1 / n_before + 1 / n_after))
    share = _MANN_WHITNEY_SHARE if test == "Mann-Whitney" else 1.0
    return float(TTestIndPower().power(effect, n_before * share, alpha, ratio=n_after / n_before))


def _check(n_before: int, n_after: int, spread: float) -> None:
    if min(n_before, n_after) < 2:  # noqa: PLR2004 -- one duration has no spread
        raise ParameterError("n", expected="two incidents in each group", found=f"{n_before} and {n_after}")
    if not spread > 0:
        raise ParameterError("spread", expected="a number above 0", found=f"{spread:g}")
