"""An axis of values: a few marks with their words, no lines of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.figures import palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.reporting.figures.sheet import Part


def value_axis(ends: Sequence[float], ticks: Sequence[tuple[float, str]], size: int) -> Part:
    """The axis as plotly takes it; a figure adds what only it has, such as a domain.

    >>> value_axis((0, 1), [(0.5, "50 %")], 12)["ticktext"]
    ['50 %']

    Args:
        ends: Where it begins and ends.
        ticks: Its marks: value and words.
        size: The size of the font.
    """
    return {
        "range": list(ends),
        "tickvals": [value for value, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "tickmode": "array",
        "tickfont": {"size": size, "color": palette.INK_SECOND},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "automargin": False,
    }
