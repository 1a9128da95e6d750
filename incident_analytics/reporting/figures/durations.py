"""Durations as people read them."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
_NUMBER_AND_UNIT: Final = re.compile(r"(?<=\d) (?=(?:d|h|min|s|ms)\b|%)")


def duration_words(seconds: float) -> str:
    """A duration in its two largest units, rounded to the smaller.

    >>> [duration_words(seconds) for seconds in (0, 0.4, 45, 140, 5400, 266_400, 3599.7)]
    ['0 s', '0.4 s', '45 s', '2 min 20 s', '1 h 30 min', '3 d 2 h', '1 h']
    """
    if 0 < seconds < 1:
        return f"{seconds:.1g} s"
    whole = round(seconds)
    for place, (unit, size) in enumerate(_UNITS):
        if whole < size:
            continue
        if unit == "s":
            return f"{whole} s"
        finer, step = _UNITS[place + 1]
        many, rest = divmod(round(seconds / step), size // step)
        if many * size >= (_UNITS[place - 1][1] if place else float("inf")):
            return duration_words(many * size)
        return f"{many} {unit} {rest} {finer}" if rest else f"{many} {unit}"
    return "0 s"


def unbroken(sentence: str) -> str:
    r"""The sentence with every number tied to its unit, so that no line breaks between them.

    >>> unbroken("1 h 20 min of 90") == "1\u00a0h 20\u00a0min of 90"
    True
    """
    return _NUMBER_AND_UNIT.sub("\u00a0", sentence)
