"""The two cuts of a stretch that leave the smallest squared deviations from three levels, for many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.series import Floats, Marks, Times

_FEWEST_BLOCKS: Final = 16
_DUST: Final = 1e-12  # of a gain, so that rounding leaves no best pair out
_HALVES: Final = (np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))


class _Level(NamedTuple):
    """What blocks of neighbouring cuts can reach: their lowest and highest sum, their most as first or second cut."""

    low: Floats
    high: Floats
    first: Floats
    second: Floats

    def joined(self) -> _Level:
        """Two neighbours as one."""
        return _Level(
            np.minimum(self.low[:, ::2], self.low[:, 1::2]),
            *(np.maximum(each[:, ::2], each[:, 1::2]) for each in (self.high, self.first, self.second)),
        )


class _Pairs(NamedTuple):
    """Pairs of blocks of one size, each in its stretch; the stretches in order."""

    stretch: Times
    first: Times
    second: Times

    def kept(self, which: Marks) -> _Pairs:
        places = np.flatnonzero(which)
        return _Pairs(*(each.take(places) for each in self))

    def halved(self) -> _Pairs:
        """The pairs of halves that they are made of."""
        stretch = np.repeat(self.stretch, 4)
        first, second = (
            (2 * each[:, None] + half).ravel() for each, half in zip((self.first, self.second), _HALVES, strict=True)
        )
        return _Pairs(stretch, first, second).kept(first <= second)


def two_cuts(stretches: Floats, least: int) -> tuple[Times, Times]:
    """Where the second and the third of three levels begin in each stretch.

    The same cuts as `ruptures`' KernelCPD with a linear kernel (Celisse et al., 2018, jmlr.org/papers/v19/16-155.html)
    finds for two change points, in a tenth of its time, and without importing scipy. Of equals the earliest.
    It is exact: with sums S from the mean, three levels with cuts a < b explain S_a^2 / a + (S_b - S_a)^2 / (b - a) +
    S_b^2 / (n - b) of the squared deviations. Blocks of cuts whose largest parts together explain less than a pair
    that was tried already hold no better one; the others are halved until single cuts are left.

    >>> [cuts.tolist() for cuts in two_cuts(np.array([[1.0, 1, 1, 9, 9, 9, 9, 2, 2, 2]]), 3)]
    [[3], [7]]

    Args:
        stretches: One stretch a row, all as long, at least three times `least`.
        least: The fewest samples of a level.
    """
    levels = _levels(stretches, least)
    rows, blocks = levels[-1].low.shape
    begin, end = np.triu_indices(blocks)
    pairs = _Pairs(np.repeat(np.arange(rows), begin.size), np.tile(begin, rows), np.tile(end, rows))
    best = np.full(rows, -np.inf)
    for number in range(len(levels) - 1, -1, -1):
        wide = 1 << number
        tried = _explained(levels[0], pairs, wide, least)
        of_stretch = np.flatnonzero(np.diff(pairs.stretch, prepend=-1))
        best = np.maximum(best, np.maximum.reduceat(tried, of_stretch))
        most = _at_most(levels[number], pairs, wide, least)
        pairs = pairs.kept(most >= (best - _DUST * np.abs(best))[pairs.stretch] - _DUST)
        pairs = pairs.halved() if number else pairs
    explained = _explained(levels[0], pairs, 1, least)
    order = np.lexsort((pairs.second, pairs.first, -explained, pairs.stretch))
    pairs = _Pairs(*(each[order] for each in pairs))
    chosen = np.flatnonzero(np.diff(pairs.stretch, prepend=-1))
    return pairs.first[chosen], pairs.second[chosen]


def _levels(stretches: Floats, least: int) -> list[_Level]:
    """Single cuts first, then blocks of 2, 4, 8, ... of them; a cut where no level may begin explains nothing."""
    rows, n = stretches.shape
    at = np.arange(1 << n.bit_length())
    sums = np.zeros((rows, at.size))
    sums[:, 1 : n + 1] = np.cumsum(stretches - stretches.mean(axis=1, keepdims=True), axis=1)
    squared = sums * sums
    first = np.where((at >= least) & (at <= n - 2 * least), squared / np.maximum(at, 1), -np.inf)
    second = np.where((at >= 2 * least) & (at <= n - least), squared / np.maximum(n - at, 1), -np.inf)
    levels = [_Level(sums, sums, first, second)]
    while levels[-1].low.shape[1] > _FEWEST_BLOCKS:
        levels.append(levels[-1].joined())
    return levels


def _explained(cuts: _Level, pairs: _Pairs, wide: int, least: int) -> Floats:
    """What the first cuts of both blocks explain."""
    first, second = _places(cuts, pairs, wide)
    length = (pairs.second - pairs.first) * wide
    step = cuts.low.take(second) - cuts.low.take(first)
    whole = cuts.first.take(first) + cuts.second.take(second) + step * step / np.maximum(length, 1)
    return np.asarray(np.where(length >= least, whole, -np.inf))


def _at_most(level: _Level, pairs: _Pairs, wide: int, least: int) -> Floats:
    """What no pair of cuts of both blocks exceeds."""
    first, second = _places(level, pairs, 1)
    step = np.maximum(level.high.take(second) - level.low.take(first), level.high.take(first) - level.low.take(second))
    nearest = np.maximum((pairs.second - pairs.first - 1) * wide + 1, least)
    return np.asarray(level.first.take(first) + level.second.take(second) + step * step / nearest)


def _places(level: _Level, pairs: _Pairs, wide: int) -> tuple[Times, Times]:
    """Where both blocks stand in the flat arrays of a level: `take` is several times as fast as two indices."""
    row = pairs.stretch * level.low.shape[1]
    return row + pairs.first * wide, row + pairs.second * wide
