"""How often each message came before and at the onset: two bars a message on one scale from zero."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.heading import heading
from incident_analytics.reporting.figures.numbers import nice_top, plain, seen
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, drawn, label, line
from incident_analytics.reporting.figures.stack import PAGE, PHONE
from incident_analytics.reporting.figures.text_width import shortened, text_width
from incident_analytics.reporting.figures.value_axis import value_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.reporting.blocks.figure import FigureBlock

_ROW: Final = 48
_NAME: Final = 18
_THICK, _THIN = 12, 5
_GAP: Final = 8
_BEFORE: Final = palette.LINE_STRONG


@dataclass(frozen=True, slots=True)
class MessageRate:
    """One message.

    Args:
        words: What it says.
        before: Lines a minute before; 0 where it is new.
        during: Lines a minute at the onset.
    """

    words: str
    before: float
    during: float


def message_rates_figure(rates: Sequence[MessageRate], *, before: str, during: str, caption: str) -> FigureBlock | None:
    """Two bars a message; a message that never came before has one, and says that it is new.

    Args:
        rates: In the order from the top.
        before: The stretch before, in words.
        during: The stretch of the onset, in words.
        caption: The answer it gives.

    Returns:
        The figure, or None without a message that came at all.
    """
    shown = [each for each in rates if each.before > 0 or each.during > 0]
    if not shown:
        return None
    top = nice_top(max(rate for each in shown for rate in (each.before, each.during)))
    told = "; ".join(f"{each.words}: {_told(each)}" for each in shown)
    return drawn(
        [_bars(shown, is_before=False), _bars(shown, is_before=True)],
        page=_layout(PAGE, shown, top, (before, during)),
        phone=_layout(PHONE, shown, top, (before, during)),
        alt=f"Lines a minute of each message, {during} against {before}. {told}.",
        caption=caption,
    )


def _told(each: MessageRate) -> str:
    during = f"{_rate(each.during)} a minute" if each.during else "silent"
    return f"{during}, new" if not each.before else f"{during}, {_rate(each.before)} before"


def _rate(rate: float) -> str:
    """Two digits of it, whole lines from a hundred on."""
    return f"{rate:,.0f}" if rate >= 100 else f"{float(f'{rate:.2g}'):g}"  # noqa: PLR2004 -- two digits are less than whole lines


def _bars(rates: Sequence[MessageRate], *, is_before: bool) -> Part:
    """Places are pixels from the top, lengths lines a minute."""
    values = [each.before if is_before else each.during for each in rates]
    top = _NAME + (_THICK + 1 + _THIN / 2 if is_before else _THICK / 2)
    return {
        "type": "bar",
        "orientation": "h",
        "x": [seen(value) for value in values],
        "y": [place * _ROW + top for place in range(len(rates))],
        "width": _THIN if is_before else _THICK,
        "marker": {"color": _BEFORE if is_before else palette.ACCENT, "line": {"width": 0}},
        "customdata": [plot_text(f"{each.words}: {_told(each)}") for each in rates],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _layout(sheet: Sheet, rates: Sequence[MessageRate], end: float, stretches: tuple[str, str]) -> Part:
    right = round(max(text_width(_told(each), sheet.size, bold=True) for each in rates)) + _GAP
    left = round(text_width("0", sheet.size) / 2) + 1
    sheet = replace(sheet, left=left, right=min(right, sheet.width // 2))
    above = _above(sheet, stretches)
    top, below = round(len(above) * sheet.size * 1.4) + 10, 14 + 2 * round(sheet.size * 1.4)
    words = [
        label(
            0, 1, "<br>".join(above), size=sheet.size, align="left", xref="paper", yref="paper", xanchor="left",
            yanchor="bottom", xshift=-sheet.left, yshift=6,
        ),
        label(
            0, 0, "lines a minute", size=sheet.size, color=palette.INK_THIRD,
            xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=-sheet.left, yshift=-below,
        ),
    ]  # fmt: skip
    for place, each in enumerate(rates):
        words += _row(sheet, place, each)
    ticks = [(seen(value), plain(value)) for value in (0, end / 2, end)]
    marks = {"xref": "x", "yref": "paper", "layer": "below"}
    return {
        "height": top + _ROW * len(rates) + below,
        "margin": {"l": sheet.left, "r": sheet.right, "t": top, "b": below, "pad": 0},
        "barmode": "overlay",
        "xaxis": {**value_axis((0, end), ticks, sheet.size), "tickangle": 0},
        "yaxis": {"range": [_ROW * len(rates), 0], "visible": False, "fixedrange": True, "automargin": False},
        "shapes": [line(value, value, 0, 1, color=palette.LINE, **marks) for value, _ in ticks],
        "annotations": words,
    }


def _above(sheet: Sheet, stretches: tuple[str, str]) -> list[str]:
    keys = [
        f"{plot_text('█', colour=colour)} {plot_text(text, colour=palette.INK_SECOND)}"
        for text, colour in ((stretches[1], palette.ACCENT), (stretches[0], _BEFORE))
    ]
    title = heading("Messages that moved at the onset", sheet)
    return [*title, *keys] if sheet.is_phone else [*title, "&nbsp;&nbsp;&nbsp; ".join(keys)]


def _row(sheet: Sheet, place: int, each: MessageRate) -> list[Part]:
    """The message above its bars, the numbers at their right end."""
    longest = max(each.before, each.during)
    name = shortened(each.words, sheet.size, sheet.width)
    is_new = not each.before
    return [
        label(
            0, place * _ROW, plot_text(name, colour=palette.INK), size=sheet.size, xref="paper", xanchor="left",
            yanchor="top", xshift=-sheet.left, yshift=2,
        ),
        label(
            seen(longest), place * _ROW + _NAME + (_THICK + (0 if is_new else _THIN)) / 2,
            plot_text(_told(each), bold=is_new), size=sheet.size,
            color=palette.INK if is_new else palette.INK_SECOND, xanchor="left", yanchor="middle", xshift=6,
        ),
    ]  # fmt: skip
