"""Whom incidents pulled in, and at which hours: one bar a team, parted by business, off and sleep hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import PAGE_WIDTH, PHONE_WIDTH, Part, box, drawn, label
from incident_analytics.reporting.figures.text_width import shortened, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.trends.people_load import ByHours
    from incident_analytics.reporting.blocks.figure import FigureBlock

# Each kind of hour with its colour and the ink that is read on it, in both schemes.
_KINDS: Final = (
    ("business", "business hours", "#8DB6DA", palette.INK),
    ("off", "off hours", "#2F74AD", palette.BACKGROUND),
    ("sleep", "sleep hours", "#0E3B61", palette.BACKGROUND),
)
_BAR: Final = 22
_ROW, _PHONE_ROW = 36, 52
_SIZE: Final = 12
_GAP: Final = 12
_LEGEND: Final = 30
_SWATCH: Final = 14
_MOST_NAME: Final = 200


def people_load_figure(bars: Sequence[tuple[str, ByHours]], *, caption: str) -> FigureBlock | None:
    """Interruptions by kind of hour, a bar each.

    Args:
        bars: Name and counts, in the order from the top.
        caption: The answer it gives.

    Returns:
        The figure, or None where nothing was counted.
    """
    shown = [(name, counts) for name, counts in bars if counts.total]
    if not shown:
        return None
    told = "; ".join(f"{name} {_split(counts)}" for name, counts in shown)
    return drawn(
        [_trace(shown, kind, words, colour) for kind, words, colour, _ in _KINDS],
        page=_page(shown),
        phone=_phone(shown),
        alt=f"How often people were pulled in, by kind of hour. {told}.",
        caption=caption,
    )


def _split(counts: ByHours) -> str:
    kinds = ", ".join(f"{_of(counts, kind):,.0f} in {words}" for kind, words, _, _ in _KINDS)
    return f"{counts.total:,.0f}: {kinds}"


def _of(counts: ByHours, kind: str) -> float:
    return {"business": counts.business, "off": counts.off, "sleep": counts.sleep}[kind]


def _trace(bars: Sequence[tuple[str, ByHours]], kind: str, words: str, colour: str) -> Part:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [_of(counts, kind) for _, counts in bars],
        "y": list(range(len(bars))),
        "marker": {"color": colour, "line": {"width": 0}},
        "customdata": [plot_text(name) for name, _ in bars],
        "hovertemplate": f"%{{customdata}}, {words}: %{{x:,}}<extra></extra>",
    }


def _page(bars: Sequence[tuple[str, ByHours]]) -> Part:
    names = [shortened(name, _SIZE, _MOST_NAME) for name, _ in bars]
    left = round(max(text_width(name, _SIZE) for name in names)) + _GAP
    right = _right(bars)
    words = [
        label(0, place, plot_text(name), size=_SIZE, color=palette.INK, xanchor="right", xshift=-_GAP)
        for place, name in enumerate(names)
    ]
    return _layout(bars, words, row=_ROW, left=left, plot=PAGE_WIDTH - left - right, middle=0)


def _phone(bars: Sequence[tuple[str, ByHours]]) -> Part:
    words = [
        label(
            0, place, plot_text(shortened(name, _SIZE, PHONE_WIDTH)), size=_SIZE, color=palette.INK,
            xanchor="left", yanchor="bottom", yshift=_BAR / 2 + 1,
        )
        for place, (name, _) in enumerate(bars)
    ]  # fmt: skip
    return _layout(bars, words, row=_PHONE_ROW, left=0, plot=PHONE_WIDTH - _right(bars), middle=9)


def _right(bars: Sequence[tuple[str, ByHours]]) -> int:
    return round(max(text_width(f"{counts.total:,.0f}", _SIZE, bold=True) for _, counts in bars)) + _GAP


def _layout(
    bars: Sequence[tuple[str, ByHours]], words: list[Part], *, row: int, left: int, plot: int, middle: int
) -> Part:
    most = max(counts.total for _, counts in bars)
    for place, (_, counts) in enumerate(bars):
        words.append(
            label(
                counts.total, place, plot_text(f"{counts.total:,.0f}", bold=True), size=_SIZE, color=palette.INK,
                xanchor="left", xshift=6,
            )
        )  # fmt: skip
        words += _inside(place, counts, plot / most)
    shapes, legend = _legend(left)
    shift = middle / row
    hidden: Part = {"visible": False, "fixedrange": True}
    return {
        "height": row * len(bars) + _LEGEND,
        "margin": {"l": left, "r": _right(bars), "t": 0, "b": _LEGEND, "pad": 0},
        "barmode": "stack",
        "bargap": 1 - _BAR / row,
        "xaxis": {**hidden, "range": [0, most]},
        "yaxis": {**hidden, "range": [len(bars) - 0.5 - shift, -0.5 - shift]},
        "shapes": shapes,
        "annotations": [*words, *legend],
    }


def _inside(place: int, counts: ByHours, scale: float) -> list[Part]:
    """The counts that fit into their parts of the bar."""
    words: list[Part] = []
    start = 0.0
    for kind, _, _, ink in _KINDS:
        count = _of(counts, kind)
        text = f"{count:,.0f}"
        if count and text_width(text, _SIZE) + 8 <= count * scale:
            words.append(label(start + count / 2, place, text, size=_SIZE, color=ink, xanchor="center"))
        start += count
    return words


def _legend(left: int) -> tuple[list[Part], list[Part]]:
    shapes: list[Part] = []
    words: list[Part] = []
    across, down = -float(left), 12
    place: Part = {"xref": "paper", "yref": "paper"}
    for _, text, colour, _ in _KINDS:
        shapes.append(
            box(
                across, across + _SWATCH, -down, -down - _SWATCH, color=colour,
                xsizemode="pixel", ysizemode="pixel", xanchor=0, yanchor=0, **place,
            )
        )  # fmt: skip
        across += _SWATCH + 4
        words.append(
            label(
                0, 0, text, size=_SIZE, xanchor="left", yanchor="middle",
                xshift=round(across, 1), yshift=-(down + _SWATCH / 2), **place,
            )
        )  # fmt: skip
        across += text_width(text, _SIZE) + 10
    return shapes, words
