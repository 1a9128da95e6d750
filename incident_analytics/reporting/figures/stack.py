"""Panels one above the other on one time axis, with everything that is known about them said beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import (
    PAGE_WIDTH,
    PHONE_WIDTH,
    Part,
    Sheet,
    axis_height,
    axis_name,
    box,
    label,
    line,
    time_axis,
)
from incident_analytics.reporting.figures.text_width import shortened, text_width
from incident_analytics.reporting.figures.value_axis import value_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.reporting.figures.window import Frame

PAGE: Final = Sheet(PAGE_WIDTH, 0, 0, 13, is_phone=False)
PHONE: Final = Sheet(PHONE_WIDTH, 0, 0, 12, is_phone=True)

_GAP: Final = 14  # pixels between a panel and the next one's title
_TAB: Final = 20  # pixels of shade above the first panel, with the window's name
_CLEAR: Final = 9  # pixels between a title and the highest mark of its panel's axis
_LEAST_MARGIN: Final = 14


@dataclass(frozen=True, slots=True)
class Beside:
    """Words at the right end of a panel, at the height of what they name.

    Args:
        value: The height, on the panel's axis.
        text: The words.
        colour: The colour of what they name.
        is_line: Whether a dashed line is drawn at the height.
    """

    value: float
    text: str
    colour: str
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One panel.

    Args:
        title: What it shows, with its unit.
        note: What to know about it, after the title.
        ends: Where its axis begins and ends.
        ticks: The marks of its axis: value and words.
        height: Pixels of its plot on a page.
        beside: Words at its right end; on a phone they stand under the title.
    """

    title: str
    ends: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    height: int
    note: str = ""
    beside: tuple[Beside, ...] = ()


def axis_of(row: int) -> str:
    """The short name of a panel's vertical axis, from 0: y, y2, y3."""
    return "y" if row == 0 else f"y{row + 1}"


def stack_layout(sheet: Sheet, rows: Sequence[Row], frame: Frame) -> Part:
    """The layout of some panels on one sheet."""
    sheet = _with_margins(sheet, rows)
    titles = [_title(sheet, row) for row in rows]
    tab = _TAB if frame.window else _CLEAR
    tops, down = [], 0
    for place, (row, title) in enumerate(zip(rows, titles, strict=True)):
        down += (_GAP if place else 0) + len(title) * round(sheet.size * 1.4) + (tab if place == 0 else _CLEAR)
        tops.append(down)
        down += row.height
    below = axis_height(frame.clock, sheet)
    layout: Part = {
        "height": down + below,
        "margin": {"l": sheet.left, "r": sheet.right, "t": 0, "b": below, "pad": 0},
        "bargap": 0,
        "xaxis": {**time_axis(frame.clock, sheet), "anchor": axis_of(len(rows) - 1)},
    }
    shapes: list[Part] = []
    words = [axis_name(frame.clock, sheet)]
    for place, row in enumerate(rows):
        domain = [round(1 - (tops[place] + row.height) / down, 5), round(1 - tops[place] / down, 5)]
        layout["yaxis" + axis_of(place)[1:]] = {"domain": domain, **value_axis(row.ends, row.ticks, sheet.size)}
        over = tab if place == 0 else _CLEAR
        words.append(
            label(
                0, domain[1], "<br>".join(titles[place]), size=sheet.size, color=palette.INK_THIRD, align="left",
                xref="paper", yref="paper", xanchor="left", yanchor="bottom",
                xshift=-sheet.left if sheet.is_phone else 0, yshift=over - 2,
            )
        )  # fmt: skip
        shapes += _context(frame, row, place)
        shapes += [_dashed(beside, place) for beside in row.beside if beside.is_line]
        words += [] if sheet.is_phone else _beside(sheet, row, place)
    words += _window_name(sheet, frame)
    return {**layout, "shapes": shapes, "annotations": words}


def _with_margins(sheet: Sheet, rows: Sequence[Row]) -> Sheet:
    left = max((text_width(text, sheet.size) for row in rows for _, text in row.ticks), default=0) + 12
    right = 0.0
    if not sheet.is_phone:
        right = max((text_width(each.text, sheet.size) for row in rows for each in row.beside), default=0) + 10
    return replace(sheet, left=round(max(left, _LEAST_MARGIN)), right=round(max(right, _LEAST_MARGIN)))


def _title(sheet: Sheet, row: Row) -> list[str]:
    """The lines above a panel: title and note on one where they fit; on a phone what stands beside it on a page."""
    room = sheet.width if sheet.is_phone else sheet.plot
    title = shortened(row.title, sheet.size, room, bold=True)
    lines = [plot_text(title, bold=True, colour=palette.INK)]
    taken = text_width(title, sheet.size, bold=True) + 12
    if row.note and taken + text_width(row.note, sheet.size) <= room:
        lines[0] += f"&nbsp; {plot_text(row.note)}"
    elif row.note:
        lines.append(plot_text(shortened(row.note, sheet.size, room)))
    return [*lines, *(_legend(sheet, row) if sheet.is_phone else [])]


def _legend(sheet: Sheet, row: Row) -> list[str]:
    """What stands beside the panel on a page, in as few lines as it fits in."""
    lines: list[tuple[str, float]] = []
    for each in row.beside:
        text = shortened(f"– – {each.text}" if each.is_line else f"— {each.text}", sheet.size, sheet.width)
        part, width = plot_text(text, colour=each.colour), text_width(text, sheet.size) + 12
        if lines and lines[-1][1] + width <= sheet.width:
            lines[-1] = (f"{lines[-1][0]}&nbsp; {part}", lines[-1][1] + width)
        else:
            lines.append((part, width))
    return [text for text, _ in lines]


def _context(frame: Frame, row: Row, place: int) -> list[Part]:
    """What every panel shows behind its data: the axis' foot, the recorded window, the measured onset."""
    clock, axis = frame.clock, f"{axis_of(place)} domain"
    foot = line(0, 1, 0, 0, color=palette.LINE, xref="paper", yref=axis, layer="below")
    shapes = [foot]
    if frame.window:
        start, end = (clock.position(at) for at in frame.window)
        top = 1 + (_TAB / row.height if place == 0 else 0)
        shapes.append(box(start, end, 0, round(top, 4), color=palette.ACCENT_SOFT, yref=axis, layer="below"))
    for at in (frame.onset, frame.over):
        if at:
            x = clock.position(at)
            shapes.append(line(x, x, 0, 1, color=palette.WARN, width=1.5, yref=axis))
    return shapes


def _dashed(beside: Beside, place: int) -> Part:
    return line(
        0, 1, beside.value, beside.value, color=palette.LINE_STRONG, dash="dot", xref="paper", yref=axis_of(place)
    )


def _beside(sheet: Sheet, row: Row, place: int) -> list[Part]:
    """The words at the right end, moved apart where they would touch."""
    low, high = row.ends
    apart = sheet.size * 1.25
    wanted = sorted(row.beside, key=lambda each: each.value)
    heights: list[float] = []
    for each in wanted:
        at = (each.value - low) / (high - low) * row.height
        heights.append(max(at, heights[-1] + apart) if heights else at)
    over = max(heights[-1] - row.height, 0) if heights else 0
    if over:  # what would stand above the panel pushes the ones below it down
        for number in range(len(heights) - 1, -1, -1):
            most = row.height if number == len(heights) - 1 else heights[number + 1] - apart
            heights[number] = min(heights[number], most)
    return [
        label(
            1, 0, plot_text(each.text), size=sheet.size, color=each.colour, xref="paper",
            yref=f"{axis_of(place)} domain", xanchor="left", yanchor="middle", xshift=8, yshift=round(height),
        )
        for each, height in zip(wanted, heights, strict=True)
    ]  # fmt: skip


def _window_name(sheet: Sheet, frame: Frame) -> list[Part]:
    """The name of the shade, in its tab above the first panel, moved inside the plot where the shade is narrow."""
    if frame.window is None:
        return []
    times = " to ".join(frame.clock.time(at) for at in frame.window)
    whole = f"Recorded incident, {times}"
    start, end = (sheet.x(frame.clock, at) for at in frame.window)
    fits = text_width(whole, sheet.size) <= sheet.plot
    text = whole if fits else shortened("Recorded incident", sheet.size, sheet.plot)
    half = text_width(text, sheet.size) / 2
    middle = min(max((start + end) / 2, sheet.left + half), sheet.width - sheet.right - half)
    share = (middle - sheet.left) / sheet.plot
    look = {"xref": "paper", "yref": "y domain", "xanchor": "center", "yanchor": "bottom", "yshift": 1}
    return [label(round(share, 4), 1, plot_text(text), size=sheet.size, color=palette.ACCENT, **look)]
