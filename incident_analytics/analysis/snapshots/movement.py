"""How far one series moved: its extreme during a stretch, in interquartile ranges from the median before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.bad_direction import Direction
    from incident_analytics.analysis.snapshots.series import Floats, Series

FEWEST_BEFORE: Final = 4
# below these shares of what the series usually is and does, an interquartile range is rounding
_OF_LEVEL, _OF_SPREAD = 0.01, 0.1
_FLAT: Final = 0.01
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Movement:
    """One series during a stretch against right before it.

    Args:
        score: (extreme - median before) / unit_of_spread, positive where it moved the way that is looked for.
        median_before: The median before.
        unit_of_spread: The interquartile range before, floored.
        extreme: The value during the stretch that is farthest that way.
        extreme_at: When, in microseconds since 1970 UTC; the earliest of equals.
        n_before: Samples before.
        n_during: Samples during.
    """

    score: float
    median_before: float
    unit_of_spread: float
    extreme: float
    extreme_at: int
    n_before: int
    n_during: int


def floor_of(history: Floats) -> float:
    """The least unit of spread of a series: 1 % of its usual size or a tenth of its usual range, whichever is more."""
    if not history.size:
        return 0.0
    low, high = np.percentile(history, [25, 75])
    return max(_OF_LEVEL * abs(float(np.median(history))), _OF_SPREAD * float(high - low))


def movement(before: Series, during: Series, direction: Direction, floor: float) -> Movement | None:
    """How far a series moved; None of fewer than FEWEST_BEFORE samples before or none during.

    score = max over the stretch of (x - median before) / max(IQR before, floor): the RobustScorer of BARO (Pham, Ha
    and Zhang, 2024, doi:10.1145/3660805), which takes 1 where the IQR is 0. Where the floor is 0 too, the series never
    moved before, and any move counts 100.
    """
    if before.value.size < FEWEST_BEFORE or not during.value.size:
        return None
    first, median, third = (float(each) for each in np.percentile(before.value, [25, 50, 75]))
    away = during.value - median
    moved = {"rises": away, "falls": -away, "either": np.abs(away)}[direction]
    place = int(np.argmax(moved))
    unit = max(third - first, floor) or _FLAT * abs(float(moved[place])) or 1.0
    return Movement(
        score=round(max(float(moved[place]), 0.0) / unit, _DIGITS),
        median_before=median,
        unit_of_spread=unit,
        extreme=float(during.value[place]),
        extreme_at=int(during.at[place]),
        n_before=before.value.size,
        n_during=during.value.size,
    )
