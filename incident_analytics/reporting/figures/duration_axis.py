"""An axis of durations on a logarithmic scale, its marks in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures.text_width import text_width
from incident_analytics.reporting.figures.value_axis import value_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.reporting.figures.sheet import Part

_DAY: Final = 86_400
# From the marks that a reader wants first to those that are only worth it where there is room.
_MARKS: Final = (
    ((1, "1 s"), (60, "1 min"), (3600, "1 h"), (_DAY, "1 d"), (30 * _DAY, "30 d"), (365 * _DAY, "1 year")),
    ((10, "10 s"), (600, "10 min"), (6 * 3600, "6 h"), (7 * _DAY, "7 d"), (3650 * _DAY, "10 years")),
    ((5, "5 s"), (30, "30 s"), (300, "5 min"), (1800, "30 min"), (2 * 3600, "2 h"),
     (3 * _DAY, "3 d"), (90 * _DAY, "90 d")),
    ((2, "2 s"), (20, "20 s"), (120, "2 min"), (180, "3 min"), (900, "15 min"), (4 * 3600, "4 h"), (12 * 3600, "12 h")),
    ((240, "4 min"), (360, "6 min"), (480, "8 min"), (1200, "20 min"),
     (2700, "45 min"), (5400, "1.5 h"), (3 * 3600, "3 h")),
    ((2 * _DAY, "2 d"), (5 * _DAY, "5 d"), (14 * _DAY, "14 d"), (60 * _DAY, "60 d"), (180 * _DAY, "180 d")),
)  # fmt: skip


def span_of(seconds: Sequence[float], *, room: float = 1.15) -> tuple[float, float]:
    """The ends of an axis that holds the durations with some room; what is below a second stands at one.

    >>> span_of([0.0, 100.0], room=2)
    (0.5, 200.0)
    """
    known = [max(each, 1.0) for each in seconds] or [60.0, 3600.0]
    return min(known) / room, max(known) * room


def marks(ends: tuple[float, float], pixels: float, size: int, *, is_upright: bool = False) -> list[tuple[float, str]]:
    """Marks at round durations that stand clear of each other, in order.

    >>> [text for _, text in marks((50, 100_000), 300, 12)]
    ['1 min', '10 min', '1 h', '6 h', '1 d']

    Args:
        ends: The ends of the axis, in seconds.
        pixels: How long it is.
        size: The size of the font.
        is_upright: Whether it runs upwards, where marks need the height of a line.
    """
    low, high = (math.log(end) for end in ends)
    taken: list[tuple[float, float]] = []
    found = []
    for rank in _MARKS:
        for seconds, text in rank:
            at = (math.log(seconds) - low) / (high - low) * pixels
            half = size * 1.3 if is_upright else text_width(text, size) / 2 + size * 0.7
            if 0 <= at <= pixels and all(abs(at - other) >= half + room for other, room in taken):
                taken.append((at, half))
                found.append((float(seconds), text))
    return sorted(found)


def duration_axis(ends: tuple[float, float], ticks: Sequence[tuple[float, str]], size: int) -> Part:
    """The axis as plotly takes it: values are seconds."""
    ends_of_log = [round(math.log10(end), 4) for end in ends]
    return {**value_axis(ends_of_log, ticks, size), "type": "log", "tickangle": 0}
