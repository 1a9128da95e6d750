"""A stretch of samples as three levels: before, during and after whatever stands out most in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.snapshots.two_cuts import two_cuts

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.series import Floats, Marks, Times

# fewer samples hold no level before, during and after
FEWEST_SAMPLES: Final = 12
LEAST_SEGMENT: Final = 3
CLIP: Final = 4.0  # 8 lets an unrelated peak of three samples outweigh an impact of half an hour
# of a normal distribution: standard deviation = 1.4826 median absolute deviations = 1.2533 mean ones
_FROM_MEDIAN, _FROM_MEAN = 1.4826, 1.2533
_DIGITS: Final = 12
# a level that is as much again further off is a trend rather than one thing that lasts
_NO_TREND: Final = 1.5


@dataclass(frozen=True, slots=True)
class ThreeLevels:
    """The levels of some stretches, one entry each.

    Args:
        onset: The first sample of what stands out.
        end: The first sample after it; the number of samples where it holds to the end.
        median_in: Of the samples that stand out.
        median_out: Of the others.
        median_before: Of those before.
        median_after: Of those after; where it holds to the end the same as `median_in`.
    """

    onset: Times
    end: Times
    median_in: Floats
    median_out: Floats
    median_before: Floats
    median_after: Floats

    @property
    def difference(self) -> Floats:
        """How far the samples that stand out lie from the others."""
        # two levels that are the same number must not differ by the last digit of a sum
        return np.asarray(np.round(np.abs(self.median_in - self.median_out), _DIGITS))


def three_levels(stretches: Floats) -> ThreeLevels:
    """The levels of stretches that vary (`robust_spread` above zero), one a row, of FEWEST_SAMPLES or more.

    The cuts are those of `two_cuts` on deviations from the median in robust standard deviations, clipped at +-CLIP.
    A level that holds to the end leaves one of the two cuts to noise; then the other one begins it. Where the last
    level is near that of what stands out, and not half of the way back to the first, it holds to the end too.
    """
    n = stretches.shape[1]
    middle = np.median(stretches, axis=1, keepdims=True)
    deviations = np.clip((stretches - middle) / robust_spread(stretches)[:, None], -CLIP, CLIP)
    onset, end = two_cuts(deviations, LEAST_SEGMENT)
    place = np.arange(n)
    first, during, last = (
        _medians(stretches, (place >= since[:, None]) & (place < until[:, None]))
        for since, until in ((np.zeros_like(onset), onset), (onset, end), (end, np.full_like(end, n)))
    )
    is_late = np.abs(during - first) < np.abs(last - first) / 2
    step, left = np.abs(during - first), (last - first) * np.sign(during - first)
    stays = ~is_late & (left > step / 2) & (left < step * _NO_TREND)
    to_the_end = is_late | stays
    onset, end = np.where(is_late, end, onset), np.where(to_the_end, n, end)
    if to_the_end.any():
        rest = _medians(stretches, place >= onset[:, None])
        before = _medians(stretches, place < onset[:, None])
        first, during, last = (
            np.where(to_the_end, new, old) for new, old in ((before, first), (rest, during), (rest, last))
        )
    others = _medians(stretches, (place < onset[:, None]) | (place >= end[:, None]))
    return ThreeLevels(onset, end, during, others, first, last)


def robust_spread(stretches: Floats) -> Floats:
    """The standard deviation of the middle of each stretch: 1.4826 median absolute deviations.

    Where more than half of the values are equal that is 0, and the mean absolute deviation takes its place.

    >>> robust_spread(np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]])).tolist()
    [1.4826, 0.0]

    Args:
        stretches: One stretch a row.
    """
    if not stretches.shape[1]:
        return np.zeros(stretches.shape[0])
    deviations = np.abs(stretches - np.median(stretches, axis=1, keepdims=True))
    typical = _FROM_MEDIAN * np.median(deviations, axis=1)
    return np.asarray(np.where(typical > 0, typical, _FROM_MEAN * deviations.mean(axis=1)))


def _medians(stretches: Floats, chosen: Marks) -> Floats:
    """The median of the chosen samples of each stretch, at least one of which is chosen."""
    ordered = np.sort(np.where(chosen, stretches, np.inf), axis=1)
    many = chosen.sum(axis=1, keepdims=True)
    middle = np.concatenate(((many - 1) // 2, many // 2), axis=1)
    return np.asarray(np.take_along_axis(ordered, middle, axis=1).mean(axis=1))
