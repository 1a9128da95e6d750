"""Samples on an even grid: no more than a screen can show, every peak and every gap kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

_MOST = 360  # points a line: more than one to a pixel on a phone, two to three pixels on a page
_GAP = 2.5  # steps without a sample, from which on there is a gap


@dataclass(frozen=True, slots=True)
class EvenLine:
    """Values at equal steps.

    Args:
        start: When the first one is.
        step_seconds: How far apart they are.
        values: The values; None where there is a gap.
    """

    start: datetime
    step_seconds: float
    values: tuple[float | None, ...]


def thinned(at: Sequence[datetime], values: Sequence[float | None], *, most: int = _MOST) -> EvenLine | None:
    """The samples as an even line, or None where none has a value.

    Samples that are even already and few enough stay as they are. Of others each stretch keeps its lowest and
    its highest value, in the order in which they occurred. A gap is more than two and a half usual steps without a
    sample, or a sample without a value; over a shorter hole the line runs straight.

    Args:
        at: When each sample was taken, in order.
        values: Their values; None, NaN and infinity are gaps.
        most: The most points the line may have.
    """
    finite = (value if value is not None and math.isfinite(value) else None for value in values)
    samples = list(zip(at, finite, strict=True))
    if all(value is None for _, value in samples):
        return None
    first, last = samples[0][0], samples[-1][0]
    steps = [(after - before).total_seconds() for (before, _), (after, _) in pairwise(samples) if after > before]
    if not steps:
        return EvenLine(first, 1.0, (next(value for _, value in samples if value is not None),))
    step, usual = min(steps), median(steps)
    places = [(when - first).total_seconds() / step for when, _ in samples]
    is_even = all(abs(place - round(place)) < 1e-6 for place in places)  # noqa: PLR2004 - float dust
    if is_even and places[-1] + 1 <= most:
        grid: list[float | None] = [None] * (round(places[-1]) + 1)
        for place, (_, value) in zip(places, samples, strict=True):
            grid[round(place)] = value
        told = {round(place) for place, (_, value) in zip(places, samples, strict=True) if value is None}
        return EvenLine(first, step, tuple(_bridged(grid, usual / step * _GAP, told)))
    stretch = (last - first).total_seconds() / (most // 2 - 1)
    return _extremes(samples, first, max(stretch, usual), usual)


def _extremes(
    samples: Sequence[tuple[datetime, float | None]], first: datetime, stretch: float, usual: float
) -> EvenLine:
    """Two values a stretch, a quarter from its ends."""
    many = int((samples[-1][0] - first).total_seconds() // stretch) + 1
    buckets: list[list[float]] = [[] for _ in range(many)]
    broken = [False] * many
    for when, value in samples:
        place = int((when - first).total_seconds() // stretch)
        if value is None:
            broken[place] = True
        else:
            buckets[place].append(value)
    grid: list[float | None] = []
    for bucket, is_broken in zip(buckets, broken, strict=True):
        if not bucket:
            grid += [None, None]
            continue
        low, high = min(bucket), max(bucket)
        in_order = (low, high) if bucket.index(low) <= bucket.index(high) else (high, low)
        grid += [in_order[0], None] if is_broken and len(bucket) == 1 else in_order
    half = stretch / 2
    return EvenLine(first + timedelta(seconds=half / 2), half, tuple(_bridged(grid, usual / half * _GAP)))


def _bridged(grid: Sequence[float | None], most: float, told: AbstractSet[int] = frozenset()) -> list[float | None]:
    """The grid with holes shorter than a gap filled along a straight line; samples that tell no value stay holes."""
    result = list(grid)
    known = [place for place, value in enumerate(grid) if value is not None]
    for before, after in pairwise(known):
        low, high = grid[before], grid[after]
        if (
            1 < after - before <= most
            and low is not None
            and high is not None
            and told.isdisjoint(range(before, after))
        ):
            for place in range(before + 1, after):
                result[place] = low + (high - low) * (place - before) / (after - before)
    return result
