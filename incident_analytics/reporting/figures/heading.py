"""The title above a figure, in as many lines as the sheet makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.text_width import text_width

if TYPE_CHECKING:
    from incident_analytics.reporting.figures.sheet import Sheet


def heading(title: str, sheet: Sheet) -> list[str]:
    """The lines of a title, in plotly's own markup, broken between words.

    Args:
        title: Words.
        sheet: What they have to fit on.
    """
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, sheet.size, bold=True) > sheet.width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [plot_text(each, bold=True, colour=palette.INK) for each in lines]
