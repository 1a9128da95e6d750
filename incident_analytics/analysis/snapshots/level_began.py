"""Since when a series has been at the level that it reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.series import Floats, Series

_AROUND: Final = 3
# so many samples in a row as usual end what went before
_CALM: Final = 3


def first_change(values: Floats, reached: int, *, usual: float) -> int:
    """The first sample that was not as usual of the unrest in which the one at `reached` lies: of a flat series.

    A counter of restarts that stood at 0 changed when it became 1, however far it rose later.

    >>> first_change(np.array([0.0, 5.0, 0.0, 0.0, 0.0, 1.0, 0.0, 2.0, 2.0]), 7, usual=0.0)
    5

    Args:
        values: The time before and the stretch, in order.
        reached: Where in them the extreme is.
        usual: What it always was before.
    """
    changed = np.flatnonzero(values[: reached + 1] != usual)
    if not changed.size:
        return reached
    apart = np.flatnonzero(np.diff(changed) > _CALM)
    return int(changed[apart[-1] + 1] if apart.size else changed[0])


def level_began(values: Floats, reached: int, *, usual: float) -> int | None:
    """The first sample of the level to which the one at `reached` belongs; None where there is nothing to cut.

    The level lasts until the series is half-way back to what is usual. What comes up to there is cut in two where that
    leaves the smallest squared deviations from two means; a running median of three takes out single samples first.

    >>> level_began(np.array([1.0, 2.0, 1.0, 9.0, 1.0, 2.0, 8.0, 9.0, 8.0, 2.0, 1.0]), 7, usual=1.0)
    6

    Args:
        values: The time before and the stretch, in order.
        reached: Where in them the extreme is.
        usual: The level before.
    """
    calm = np.asarray(pl.Series(values).rolling_median(_AROUND, min_samples=2, center=True).to_numpy())
    half = (float(values[reached]) - usual) / 2
    is_back = (calm[reached:] - usual - half) * half < 0
    end = reached + int(np.argmax(is_back)) if is_back.any() else calm.size
    calm = calm[: max(end, reached + 1)]
    if calm.size < 2 or not np.ptp(calm):  # noqa: PLR2004 -- one sample is not cut
        return None
    left = np.arange(1, calm.size)
    sums = np.cumsum(calm - calm.mean())[:-1]
    # the sum of all is 0, so the two means differ by sums / left + sums / right
    return int(np.argmax(sums**2 / left / (calm.size - left))) + 1


def onset_of(series: Series, place: int, looked_at: tuple[int, int], usual: float, *, was_flat: bool) -> int | None:
    """Since when a series has been at its level, by what a stretch shows; what never moved before began to at once.

    Args:
        series: The series.
        place: Where it reached its extreme.
        looked_at: The stretch, in microseconds since 1970.
        usual: Its median before.
        was_flat: Whether it never moved before.
    """
    begin, end = (int(found) for found in np.searchsorted(series.at, looked_at))
    values = series.value[begin : max(end, place + 1)]
    if was_flat:
        return int(series.at[begin + first_change(values, place - begin, usual=usual)])
    began = level_began(values, place - begin, usual=usual)
    return None if began is None else int(series.at[begin + began])
