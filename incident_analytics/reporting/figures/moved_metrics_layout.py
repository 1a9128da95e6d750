"""Where the parts of the figure of moved metrics stand: names, bars, and a small axis of time."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.numbers import seen
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, axis_height, label, line, time_axis
from incident_analytics.reporting.figures.text_width import shortened, text_width
from incident_analytics.reporting.figures.value_axis import value_axis

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.reporting.figures.clock import FigureClock
    from incident_analytics.reporting.figures.moved_metrics import MovedRow

_BAR: Final = 14
_ROW, _PHONE_ROW = 60, 68
_LINE: Final = 1.35  # of the size of the font
_MOST_NAME: Final = 216
_BARS: Final = 0.6  # of the plot, with the words at the end of the bars
_APART: Final = 14
_EDGE: Final = 10  # half of the first mark's width


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at one height.

    Args:
        down: Rows from the top.
        title: Of a group; empty for a row.
        row: The series; None for a title.
    """

    down: float
    title: str
    row: MovedRow | None


@dataclass(frozen=True, slots=True)
class Layout:
    """What both sheets share.

    Args:
        places: From the top.
        top: The power of ten at which bars end.
        clock: The stretch in which they began; None where none is known.
        recorded: The recorded start within it.
    """

    places: tuple[Place, ...]
    top: int
    clock: FigureClock | None
    recorded: datetime | None


def sheet_layout(sheet: Sheet, layout: Layout) -> Part:
    """The layout on one sheet: names at the left of the bars, on a phone above them."""
    rows = [each.row for each in layout.places if each.row is not None]
    names = max(text_width(text, sheet.size) for row in rows for text in (row.name, row.labels, row.values))
    left = _EDGE if sheet.is_phone else round(min(names, _MOST_NAME)) + _APART
    sheet = replace(sheet, left=left, right=round(text_width("00:00", sheet.size) / 2) + 4)
    tall = _PHONE_ROW if sheet.is_phone else _ROW
    above, below = round(sheet.size * _LINE) + 12, _below(sheet, layout.clock)
    words = max(text_width(row.words, sheet.size, bold=True) for row in rows) + _APART
    bars = max(sheet.plot * (_BARS if layout.clock else 1.0) - words, 40) / sheet.plot
    down = layout.places[-1].down
    ends = _ends(sheet, down, tall)
    ticks = [(power, f"{10**power:,}×") for power in range(layout.top + 1)]
    every = 1 if bars * sheet.plot / layout.top > text_width(ticks[-1][1], sheet.size) + 6 else layout.top
    page: Part = {
        "height": round((ends[0] - ends[1]) * tall) + above + below,
        "margin": {"l": sheet.left, "r": sheet.right, "t": above, "b": below, "pad": 0},
        "xaxis": {
            **value_axis((0, layout.top), ticks[::every], sheet.size),
            "tickangle": 0,
            "domain": [0, round(bars, 4)],
        },
        "yaxis": {"range": list(ends), "visible": False, "fixedrange": True, "automargin": False},
        "shapes": [_upright(power, "x") for power, _ in ticks[::every]],
        "annotations": [*_columns(sheet, layout), *(part for each in layout.places for part in _words(sheet, each))],
    }
    return _with_times(page, sheet, layout) if layout.clock else page


def length(spreads: float) -> float | int:
    """How long a bar is, in powers of ten: one usual spread stands at the foot of the axis."""
    return seen(math.log10(max(spreads, 1.0)))


def _below(sheet: Sheet, clock: FigureClock | None) -> int:
    """Pixels for the marks below; the zone stands above."""
    line_of_text = round(sheet.size * _LINE)
    return axis_height(clock, sheet) - line_of_text if clock else line_of_text + 12


def _ends(sheet: Sheet, down: float, tall: int) -> tuple[float, float]:
    """The foot and the head of the rows; on a phone two lines stand above the first bar."""
    return seen(down + 0.5), seen(-0.35 if not sheet.is_phone else -20 / tall)


def _upright(at: object, axis: str, **more: object) -> Part:
    return line(at, at, 0, 1, color=more.pop("color", palette.LINE), xref=axis, yref="paper", layer="below", **more)  # type: ignore[arg-type]  # a colour


def _columns(sheet: Sheet, layout: Layout) -> list[Part]:
    """What the two columns show."""
    look = {"size": sheet.size, "color": palette.INK_THIRD, "xref": "paper", "yref": "paper", "yanchor": "bottom"}
    moved = "times its usual spread; logarithmic" if not sheet.is_phone else "× usual spread, logarithmic"
    found = [label(0, 1, moved, xanchor="left", yshift=8, **look)]  # type: ignore[arg-type]  # a size among words
    if layout.clock:
        found.append(label(1, 1, f"since, {layout.clock.zone}", xanchor="right", yshift=8, xshift=sheet.right, **look))  # type: ignore[arg-type]  # the same
    return found


def _words(sheet: Sheet, each: Place) -> list[Part]:
    if each.row is None:
        title = plot_text(shortened(each.title, sheet.size, sheet.width, bold=True), bold=True, colour=palette.INK)
        return [
            label(
                0, seen(each.down), title, size=sheet.size, xref="paper", xanchor="left", yanchor="middle",
                xshift=-sheet.left, yshift=14 if sheet.is_phone else 0,
            )
        ]  # fmt: skip
    row = each.row
    room = sheet.width - 8 if sheet.is_phone else sheet.left - _APART
    names = [row.whole_name] if sheet.is_phone else [row.name, row.labels]
    lines = [plot_text(shortened(names[0], sheet.size, room), colour=palette.INK)]
    lines += [plot_text(shortened(text, sheet.size, room)) for text in (*names[1:], row.values) if text]
    where: Part = {"yanchor": "bottom", "yshift": _BAR / 2 + 2} if sheet.is_phone else {"yanchor": "middle"}
    return [
        label(
            0, seen(each.down), "<br>".join(lines), size=sheet.size, align="left", xref="paper", xanchor="left",
            xshift=-sheet.left, **where,
        ),
        label(
            length(max(row.spreads, row.reach)), seen(each.down), plot_text(row.words, bold=not row.was_flat),
            size=sheet.size, color=palette.INK, xanchor="left", yanchor="middle", xshift=7,
        ),
    ]  # fmt: skip


def _with_times(page: Part, sheet: Sheet, layout: Layout) -> Part:
    """The same with the small axis of time at the right, the recorded start on it, and the time beside each dot."""
    clock = layout.clock
    if clock is None:
        return page
    wide = sheet.plot * (1 - _BARS)
    side = replace(sheet, left=round(sheet.width - sheet.right - wide))
    shapes, words = list(page["shapes"]), list(page["annotations"])  # type: ignore[call-overload]  # both are lists
    if layout.recorded:
        at = clock.position(layout.recorded)
        shapes.append(line(at, at, 0, 1, color=palette.LINE_STRONG, dash="dot", xref="x2", yref="paper", layer="below"))
    middle = clock.start + (clock.end - clock.start) / 2
    for each in layout.places:
        if each.row is None or each.row.began_at is None:
            continue
        is_left = each.row.began_at > middle
        words.append(
            label(
                clock.position(each.row.began_at), seen(each.down), plot_text(clock.time(each.row.began_at)),
                size=sheet.size, xref="x2", xanchor="right" if is_left else "left", yanchor="middle",
                xshift=-8 if is_left else 8,
            )
        )  # fmt: skip
    axis = {**time_axis(clock, side), "domain": [round(1 - wide / sheet.plot, 4), 1], "anchor": "y"}
    return {**page, "xaxis2": axis, "shapes": shapes, "annotations": words}
