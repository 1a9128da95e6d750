"""How far one series moved: what it held during a stretch, in interquartile ranges from the median before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.bad_direction import Direction
    from incident_analytics.analysis.snapshots.series import Floats, Marks, Series, Times

FEWEST_BEFORE: Final = 4
# a peak of a sample or two is not what an incident does to a metric
HELD: Final = 180_000_000
_OF_STRETCH: Final = 4
# below these shares of what the series usually is and does, an interquartile range is rounding
_OF_LEVEL, _OF_SPREAD = 0.01, 0.1
# the score of a series that never moved before
_FLAT: Final = 100.0
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Movements:
    """One series during several stretches, each against right before it; one entry a stretch.

    Args:
        score: (extreme - median before) / unit of spread, positive where it moved the way that is looked for, else 0;
            NaN of fewer than FEWEST_BEFORE samples before or none during.
        median: The median before.
        unit: The interquartile range before, floored: what scores are in.
        extreme: The value during that is farthest that way and held.
        place: The sample at which that was, the earliest of equals.
        n_before: Samples before.
        n_during: Samples during.
        was_flat: Whether the floor is 0 and all samples before are equal.
    """

    score: Floats
    median: Floats
    unit: Floats
    extreme: Floats
    place: Times
    n_before: Times
    n_during: Times
    was_flat: Marks


def floor_of(history: Floats) -> float:
    """The least unit of spread of a series: 1 % of its usual size or a tenth of its usual range, whichever is more."""
    if not history.size:
        return 0.0
    low, middle, high = np.percentile(history, [25, 50, 75]).tolist()
    return float(max(_OF_LEVEL * abs(middle), _OF_SPREAD * (high - low)))


def movements(series: Series, starts: Times, length: int, lead: int, direction: Direction, floor: float) -> Movements:
    """How far a series moved in each of some stretches.

    score = max over the stretch of (x - median before) / max(IQR before, floor): the RobustScorer of BARO (Pham, Ha
    and Zhang, 2024, doi:10.1145/3660805), which takes 1 where the IQR is 0. x is the median of HELD (three minutes,
    but no more than a quarter of the stretch), as peaks of a sample are not what an incident does. Where the floor is
    0 too, the series never moved before, and any move counts 100.

    Args:
        series: With the time before all stretches.
        starts: Where each begins, in microseconds since 1970 UTC.
        length: Of a stretch, in microseconds.
        lead: How long before a stretch its baseline begins.
        direction: Which way is looked for.
        floor: The least unit of spread (`floor_of`).
    """
    low, middle, high = (np.searchsorted(series.at, starts + shift).astype(np.int64) for shift in (-lead, 0, length))
    n_before, n_during = middle - low, high - middle
    known = (n_before >= FEWEST_BEFORE) & (n_during > 0)
    quartiles = _quartiles(series.value, low, n_before, known)
    held = _held(series, int(n_during[-1]) if n_during.size else 0)
    place = _farthest(held, middle, n_during, quartiles[1], known, direction)
    extreme = np.where(known, held[place], np.nan) if held.size else np.full(starts.size, np.nan)
    away = _away(extreme - quartiles[1], direction)
    unit = np.maximum(quartiles[2] - quartiles[0], floor)
    was_flat = unit == 0
    unit = np.where(was_flat, np.where(away == 0, 1.0, np.abs(away) / _FLAT), unit)
    score = np.where(known, np.round(np.maximum(away, 0.0) / unit, _DIGITS), np.nan)
    return Movements(score, quartiles[1], unit, extreme, place, n_before, n_during, was_flat)


def _held(series: Series, n_during: int) -> Floats:
    """The series as it held: the running median of HELD, around each sample."""
    most = max(n_during // _OF_STRETCH, 1)
    many = min(HELD // series.step, most) if series.step else 1
    if many < 3:  # noqa: PLR2004 -- of two values there is no middle one
        return series.value
    many -= 1 - many % 2
    return np.asarray(
        pl.Series(series.value).rolling_median(many, min_samples=1, center=True).to_numpy(), dtype=np.float64
    )


def _quartiles(values: Floats, low: Times, counts: Times, known: Marks) -> Floats:
    """First quartile, median and third of the samples before each stretch; those of equal number at once."""
    found = np.full((3, counts.size), np.nan)
    for count in np.unique(counts[known]).tolist():
        rows = known & (counts == count)
        found[:, rows] = np.percentile(values[low[rows][:, None] + np.arange(count)], [25, 50, 75], axis=1)
    return found


def _farthest(held: Floats, begins: Times, counts: Times, median: Floats, known: Marks, direction: Direction) -> Times:
    """The sample of each stretch that lies farthest the way that is looked for."""
    found = np.zeros(counts.size, dtype=np.int64)
    for count in np.unique(counts[known]).tolist():
        rows = known & (counts == count)
        during = held[begins[rows][:, None] + np.arange(count)]
        found[rows] = begins[rows] + np.argmax(_away(during - median[rows][:, None], direction), axis=1)
    return found


def _away(difference: Floats, direction: Direction) -> Floats:
    """How far that is, positive the way that is looked for."""
    return {"rises": difference, "falls": -difference, "either": np.abs(difference)}[direction]
