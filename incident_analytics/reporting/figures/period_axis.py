"""The axis of periods: one place each, as many named as have room, the year once."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.reporting.figures.sheet import Part, Sheet

_LABEL: Final = re.compile(r"(\d{4})-(Q\d|W\d\d|\d\d)")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_APART: Final = 10


def period_axis(labels: Sequence[str], sheet: Sheet) -> Part:
    """The horizontal axis with period 0 at 0, period 1 at 1.

    Args:
        labels: Such as ``2023-Q1``, in order.
        sheet: With its margins.
    """
    places = _named(labels, sheet)
    return {
        "range": [-0.5, max(len(labels), 1) - 0.5],
        "tickvals": places,
        "ticktext": _texts(labels, places),
        "tickmode": "array",
        "tickangle": 0,
        "ticks": "",
        "tickfont": {"size": sheet.size, "color": palette.INK_SECOND},
        "showline": True,
        "linecolor": palette.LINE,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }


def period_axis_height(sheet: Sheet) -> int:
    """Pixels below it: the period and its year."""
    return 10 + 2 * round(sheet.size * 1.45)


def _named(labels: Sequence[str], sheet: Sheet) -> list[int]:
    """Every so manieth place, so that no two names touch."""
    width = max((text_width(text, sheet.size) for label in labels for text in _parts(label)), default=0) + _APART
    step = math.ceil(width * len(labels) / sheet.plot) if labels else 1
    return list(range(0, len(labels), step))


def _parts(label: str) -> tuple[str, str]:
    """A period's short name, and its year."""
    found = _LABEL.fullmatch(label)
    if found is None:
        return label, ""
    year, name = found[1], found[2]
    return (_MONTHS[int(name) - 1] if name.isdigit() else name), year


def _texts(labels: Sequence[str], places: Sequence[int]) -> list[str]:
    texts, last = [], ""
    for place in places:
        name, year = _parts(labels[place])
        texts.append(f"{name}<br>{year}" if year != last else name)
        last = year
    return texts
