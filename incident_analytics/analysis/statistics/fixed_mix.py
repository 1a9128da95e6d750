"""Each period as it would be with the mix of groups of the whole history: periods that can be set beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from incident_analytics.analysis.statistics.durations import Durations, durations
from incident_analytics.analysis.statistics.groups import coded, labelled
from incident_analytics.analysis.statistics.weighted import Statistic, weighted

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from incident_analytics.analysis.statistics.durations import Flags, Numbers


@dataclass(frozen=True, slots=True)
class FixedMix:
    """One period's mean or median, as recorded and with the mix of all periods.

    Args:
        period: Its label.
        recorded_seconds: As recorded; None where too many are open.
        fixed_seconds: With each group as frequent as in the whole history.
        missing: Groups that the period does not have; the others stand for them.
        n: How many incidents, open ones included (for a mean without them).
    """

    period: Hashable
    recorded_seconds: float | None
    fixed_seconds: float | None
    missing: tuple[Hashable, ...]
    n: int


def fixed_mix(
    seconds: Numbers,
    groups: Sequence[Hashable],
    periods: Sequence[Hashable],
    *,
    statistic: Statistic = "median",
    is_open: Flags | None = None,
) -> tuple[FixedMix, ...]:
    """Each period with the mix of groups held fixed (direct standardisation).

    An incident of group g in a period counts (share of g in all periods) / (number of g in the period).

    >>> found = fixed_mix([10, 10, 90, 10, 90, 90], "aababb", [1, 1, 1, 2, 2, 2], statistic="mean")
    >>> [(round(each.recorded_seconds, 2), round(each.fixed_seconds, 2)) for each in found]
    [(36.67, 50.0), (63.33, 50.0)]

    Args:
        seconds: Durations; of an open one, how old it is.
        groups: Each one's group.
        periods: Each one's period.
        statistic: The median, or the mean of those that ended.
        is_open: Which are open.

    Returns:
        One a period, in order of appearance.

    Raises:
        ParameterError: A duration is negative or missing, or there are not as many groups or periods as durations.
    """
    given = durations(seconds, is_open)
    kept = ~given.is_open if statistic == "mean" else np.ones(given.n, dtype=np.bool_)
    (group_names, group_codes), (period_names, period_codes) = (
        coded(list(compress(labelled(labels, given), kept))) for labels in (groups, periods)
    )
    given = Durations(given.seconds[kept], given.is_open[kept])
    shares = np.bincount(group_codes, minlength=len(group_names)) / max(given.n, 1)
    found = []
    for code, period in enumerate(period_names):
        is_own = period_codes == code
        own = Durations(given.seconds[is_own], given.is_open[is_own])
        counts = np.bincount(group_codes[is_own], minlength=len(group_names))
        weights = shares[group_codes[is_own]] / counts[group_codes[is_own]]
        recorded = weighted(own, np.ones(own.n), statistic)
        missing = tuple(name for name, count in zip(group_names, counts, strict=True) if not count)
        found.append(FixedMix(period, recorded, weighted(own, weights / weights.sum(), statistic), missing, own.n))
    return tuple(found)
