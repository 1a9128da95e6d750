"""Numbers as a figure writes them: scaled to one unit a panel, no digit that nobody can see."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_SECONDS: Final = ((3600 * 2, 3600, "h"), (120, 60, "min"), (1, 1, "s"), (0, 0.001, "ms"))
_BYTES: Final = ((1e12, 1e12, "TB"), (1e9, 1e9, "GB"), (1e6, 1e6, "MB"), (1e3, 1e3, "kB"), (0, 1, "B"))
_LARGE: Final = ((1e9, "G"), (1e6, "M"), (1e3, "k"))
_NICE: Final = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_PERCENT: Final = frozenset({"percent", "%", "pct"})
_FULL: Final = 100
# Of a share that never leaves the upper quarter only that quarter is worth the paper.
_UPPER: Final = 0.75


@dataclass(frozen=True, slots=True)
class Scale:
    """How the values of one panel are written.

    Args:
        divisor: What values are divided by.
        unit: What they are in then, such as ``ms``; empty for plain counts.
    """

    divisor: float
    unit: str

    def written(self, value: float) -> str:
        """A value with its unit, three digits of it."""
        return f"{compact(value / self.divisor)} {self.unit}".strip()


def scale_of(unit: str, highest: float) -> Scale:
    """The unit in which a panel is read best, from the unit of its values and the highest of them.

    >>> scale_of("seconds", 0.24), scale_of("bytes", 1.5e9).written(1.5e9), scale_of("ratio", 1).written(0.35)
    (Scale(divisor=0.001, unit='ms'), '1.5 GB', '35 %')
    """
    word = unit.strip()
    if word.lower() in _PERCENT:
        return Scale(1, "%")
    if word.lower() == "ratio":
        return Scale(0.01, "%")
    if word.lower() in {"seconds", "s"}:
        return _first_reached(_SECONDS, highest, 1)
    if word.lower() in {"milliseconds", "ms"}:
        return _first_reached(_SECONDS, highest / 1000, 1000)
    if word.lower() in {"bytes", "b"}:
        return _first_reached(_BYTES, highest, 1)
    return Scale(1, word)


def compact(value: float) -> str:
    """A number in at most three digits, thousands as k, M, G.

    >>> [compact(value) for value in (0, 0.0423, 2.5, 99.6, 118, 1200, 45_000, 1_500_000, -3)]
    ['0', '0.0423', '2.5', '99.6', '118', '1.2 k', '45 k', '1.5 M', '-3']
    """
    for size, letter in _LARGE:
        if abs(value) >= size * 0.9995:
            return f"{float(f'{value / size:.3g}'):g} {letter}"
    return f"{float(f'{value:.3g}'):g}"


def plain(value: float) -> str:
    """A number in at most three digits, from a thousand on whole: in words, where a k would have to be explained.

    >>> [plain(value) for value in (0, 0.0423, 2.5, 99.6, 118, 1490, 45_000)]
    ['0', '0.0423', '2.5', '99.6', '118', '1,490', '45,000']
    """
    return f"{float(f'{value:.3g}'):,.0f}" if abs(value) >= 999.5 else f"{float(f'{value:.3g}'):g}"  # noqa: PLR2004 -- rounds to a thousand


def seen(value: float) -> float | int:
    """The value to four digits, which is more than a line on a page can show.

    >>> seen(1234.567), seen(0.123456), seen(7.0)
    (1235, 0.1235, 7)
    """
    rounded = float(f"{value:.4g}")
    return int(rounded) if rounded.is_integer() else rounded


def nice_top(highest: float) -> float:
    """The end of an axis from zero that just holds the value.

    >>> [nice_top(value) for value in (0, 1, 7, 118, 1050)]
    [1, 1, 8, 120, 1200]
    """
    if highest <= 0:
        return 1
    size = 10.0 ** math.floor(math.log10(highest))
    # 1e-9: 0.3 / 0.1 is a little more than 3
    top = next(nice for nice in _NICE if nice * size >= highest * (1 - 1e-9)) * size
    return seen(top)


def axis_range(lowest: float, highest: float, unit: str) -> tuple[float, float]:
    """Where a panel's axis begins and ends: at zero, but for negative values and shares close to 100 %.

    >>> axis_range(2, 118, ""), axis_range(97.2, 99.9, "%"), axis_range(-3, 40, "celsius")
    ((0, 120), (97, 100), (-3, 40))
    """
    if unit == "%" and lowest > _UPPER * _FULL and highest <= _FULL:
        return math.floor(lowest), _FULL if highest > lowest else math.ceil(highest + 1)
    if unit == "%" and highest <= _FULL and nice_top(highest) >= 80:  # noqa: PLR2004 - a nearly whole share is read against the whole
        return min(0, -nice_top(-lowest) if lowest < 0 else 0), _FULL
    if lowest < 0:
        return -nice_top(-lowest), nice_top(highest) if highest > 0 else 0
    return 0, nice_top(highest)


def _first_reached(steps: tuple[tuple[float, float, str], ...], highest: float, within: float) -> Scale:
    divisor, unit = next((size, word) for reached, size, word in steps if highest >= reached)
    return Scale(divisor * within, unit)
