"""The timeline on one sheet: labels in lanes, the bar of phases, silences, the time axis; one unit is one pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.lanes import AWAY, Label, Lanes, Wish, in_lanes
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import (
    PAGE_WIDTH,
    PHONE_WIDTH,
    Part,
    Sheet,
    axis_height,
    axis_name,
    label,
    line,
    time_axis,
)
from incident_analytics.reporting.figures.timeline_bar import BAR, Drawing, draw_phases, draw_silences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.phases import Phase
    from incident_analytics.analysis.silences import Silence
    from incident_analytics.reporting.figures.clock import FigureClock
    from incident_analytics.reporting.figures.timeline_points import Point

PAGE: Final = Sheet(PAGE_WIDTH, 20, 20, 13, is_phone=False)
PHONE: Final = Sheet(PHONE_WIDTH, 10, 10, 12, is_phone=True)

NOTCH: Final = BAR + 4  # where the mark of every event stands, named or not
_LANES: Final = {False: 11, True: 8}
_LANE: Final = 20
_WIDEST: Final = {False: 300.0, True: 220.0}
_LEAST_WORDS: Final = 10  # letters: a time alone says nothing


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """One sheet's layout, and which points it names.

    Args:
        layout: The layout for plotly.
        labels: The labels of the points that have one, by the point's place.
    """

    layout: Part
    labels: dict[int, Label]


def timeline_layout(
    sheet: Sheet, clock: FigureClock, *, points: Sequence[Point], phases: Sequence[Phase], silences: Sequence[Silence]
) -> TimelineLayout:
    """The layout of a timeline on one sheet."""
    drawing = Drawing(sheet, clock, [], [])
    labels = in_lanes(
        [_wish(drawing, point) for point in points],
        Lanes(0, sheet.width, _LANES[sheet.is_phone], sheet.size, _WIDEST[sheet.is_phone]),
    )
    for place, placed in labels.items():
        _draw_point(drawing, points[place], placed)
    draw_phases(drawing, phases)
    draw_silences(drawing, silences)
    lanes = max((placed.lane for placed in labels.values()), default=-1) + 1
    high, low = BAR + 18 + lanes * _LANE, -drawing.depth - 12
    below = axis_height(clock, sheet)
    drawing.words.append({**axis_name(clock, sheet), "xshift": 0})
    layout: Part = {
        "height": round(high - low + below),
        "margin": {"l": 0, "r": 0, "t": 0, "b": below, "pad": 0},
        # Shapes end where the plot ends, so it reaches beyond the first and the last dot.
        "xaxis": {**time_axis(clock, sheet), "range": [drawing.when(0), drawing.when(sheet.width)]},
        "yaxis": {"visible": False, "range": [low, high], "fixedrange": True, "automargin": False},
        "shapes": drawing.shapes,
        "annotations": drawing.words,
    }
    return TimelineLayout(layout, labels)


def label_words(point: Point, clock: FigureClock) -> str:
    """A point's time and what happened, as its label says it."""
    if point.is_day:
        return f"{clock.day(point.at)} {point.words}"
    time = clock.time(point.at)
    return f"{time} to {clock.time(point.until)} {point.words}" if point.until > point.at else f"{time} {point.words}"


def _wish(drawing: Drawing, point: Point) -> Wish:
    words = label_words(point, drawing.clock)
    time = len(words) - len(point.words)
    return Wish(drawing.at(point.at), words, point.rank, _is_bold(point), least=time + _LEAST_WORDS)


def _is_bold(point: Point) -> bool:
    return point.sort != "event"


def _draw_point(drawing: Drawing, point: Point, placed: Label) -> None:
    when, height = drawing.clock.position(point.at), BAR + 20 + placed.lane * _LANE
    is_warn = point.sort in {"measured", "open"}
    colour = palette.WARN if is_warn else palette.ACCENT
    if point.sort == "event":
        colour = palette.INK_THIRD
    drawing.shapes.append(line(when, when, BAR, height, color=palette.LINE_STRONG))
    if point.until > point.at:
        until = drawing.clock.position(min(point.until, drawing.clock.end))
        drawing.shapes.append(line(when, until, height, height, color=colour, width=3))
    radius = 3 if point.sort == "event" else 4
    dot: Part = {"type": "circle", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": when, "yanchor": height}
    reach: Part = {"x0": -radius, "x1": radius, "y0": -radius, "y1": radius}
    drawing.shapes.append({**dot, **reach, "fillcolor": colour, "line": {"width": 0}})
    shift = AWAY if placed.side == "right" else -AWAY
    anchor = "left" if placed.side == "right" else "right"
    text = plot_text(placed.text, bold=_is_bold(point))
    ink = palette.WARN if is_warn else palette.INK if _is_bold(point) else palette.INK_SECOND
    drawing.words.append(
        label(when, height, text, size=drawing.sheet.size, color=ink, xanchor=anchor, yanchor="middle", xshift=shift)
    )
