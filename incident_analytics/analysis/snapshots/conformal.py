"""The conformal interval of a ratio, from the same ratio of quiet windows; or why there is none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.series import Floats

# of 19 ratios the 95 % conformal quantile would be beyond the largest
FEWEST_PLACEBOS: Final = 20
INTERVAL: Final = 0.90


def interval_of(ratios: Floats) -> tuple[float, float] | None:
    """The 5 % and the 95 % conformal quantile."""
    n = ratios.size
    if n < FEWEST_PLACEBOS:
        return None
    ordered = np.sort(ratios)
    last = min(math.ceil((n + 1) * (1 + INTERVAL) / 2 - 1e-9), n)
    return float(ordered[n - last]), float(ordered[last - 1])


def too_few(n: int) -> str:
    """That so many quiet windows are too few."""
    return (
        f"no interval: {n} of the windows of the same length in the last two weeks {'is' if n == 1 else 'are'} free of "
        f"incidents with a week of history before, at least {FEWEST_PLACEBOS} are needed"
    )
