"""The share acknowledged in time by severity, the earlier half of a history beside the later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.blocks.marks import SEVERITIES
from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.numbers import seen
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, drawn, label, line
from incident_analytics.reporting.figures.stack import PAGE, PHONE
from incident_analytics.reporting.figures.text_width import shortened, text_width
from incident_analytics.reporting.figures.value_axis import value_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.trends.targets import ResponseTargets, TargetCount
    from incident_analytics.reporting.blocks.figure import FigureBlock

_STEP: Final = 24
_GROUP: Final = 20
_ENDS: Final = ((0, "0 %"), (50, "50 %"), (100, "100 %"))
_LEAST_RIGHT: Final = 10


@dataclass(frozen=True, slots=True)
class _Row:
    """A dot: where it stands, whose it is."""

    down: int
    severity: str
    target: str
    count: TargetCount
    half: int
    is_first: bool

    @property
    def words(self) -> str:
        share = self.count.share
        return f"{round(100 * (share.estimate or 0))} %, {self.count.met} of {share.n}"


def targets_figure(targets: ResponseTargets, *, caption: str) -> FigureBlock | None:
    """A dot for each half of each severity, with its interval and how many of how many beside it.

    Args:
        targets: The numbers.
        caption: The answer.

    Returns:
        The figure, or None where nothing was judged.
    """
    rows = _rows(targets)
    if not rows:
        return None
    names = tuple(dict.fromkeys(row.count.label for row in rows))
    return drawn(
        [_dots([row for row in rows if row.half == half], half) for half in sorted({row.half for row in rows})],
        page=_layout(PAGE, rows, names),
        phone=_layout(PHONE, rows, names),
        alt=_alt(rows),
        caption=caption,
    )


def _rows(targets: ResponseTargets) -> list[_Row]:
    rows: list[_Row] = []
    down = _STEP // 2
    for each in targets.severities:
        counts = each.halves or (each.whole,)
        # a severity without halves, and one that only has a later half, is drawn as the later
        shown = [(half + 2 - len(counts), count) for half, count in enumerate(counts) if count.share.n]
        for place, (half, count) in enumerate(shown):
            rows.append(_Row(down, each.severity, each.target, count, half, place == 0))
            down += _STEP
        down += _GROUP if shown else 0
    return rows


def _dots(rows: Sequence[_Row], half: int) -> Part:
    """Hollow and grey of the earlier half, filled and blue of the later."""
    colour = palette.ACCENT if half else palette.INK_THIRD
    shares = [row.count.share for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [seen(100 * (share.estimate or 0)) for share in shares],
        "y": [row.down for row in rows],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [seen(100 * ((share.high or 0) - (share.estimate or 0))) for share in shares],
            "arrayminus": [seen(100 * ((share.estimate or 0) - (share.low or 0))) for share in shares],
            "color": colour,
            "thickness": 1.5,
            "width": 0,
        },
        "marker": {
            "color": palette.ACCENT if half else palette.SURFACE,
            "size": 10,
            "line": {"color": colour, "width": 2},
        },
        "cliponaxis": False,
        "text": [plot_text(f"{row.severity}, {row.count.label}: {row.words}") for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _layout(sheet: Sheet, rows: Sequence[_Row], names: Sequence[str]) -> Part:
    first = {row.severity: _severity(row, sheet) for row in rows}
    left = max(text_width(text, sheet.size) for text in first.values()) + 16
    right = max(text_width(row.words, sheet.size) for row in rows) + 16
    sheet = replace(sheet, left=round(left), right=round(max(right, _LEAST_RIGHT)))
    lines = _heading(sheet, names)
    above = len(lines) * round(sheet.size * 1.5) + 9
    below = 10 + round(sheet.size * 1.45)
    height = rows[-1].down + _STEP // 2
    words = [
        label(
            0, 1, "<br>".join(lines), size=sheet.size, align="left", xref="paper", yref="paper", xanchor="left",
            yanchor="bottom", xshift=-sheet.left, yshift=7,
        )
    ]  # fmt: skip
    beside: Part = {"xref": "paper", "yref": "y", "yanchor": "middle"}
    for row in rows:
        words.append(label(1, row.down, plot_text(row.words), size=sheet.size, xanchor="left", xshift=12, **beside))
        if row.is_first:
            name = plot_text(first[row.severity], colour=palette.INK)
            words.append(label(0, row.down, name, size=sheet.size, xanchor="left", xshift=-sheet.left, **beside))
    dots = {"yref": "paper", "xref": "x", "layer": "below"}
    return {
        "height": above + height + below,
        "margin": {"l": sheet.left, "r": sheet.right, "t": above, "b": below, "pad": 0},
        "xaxis": {**value_axis((0, 100), _ENDS, sheet.size), "tickangle": 0},
        "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        "annotations": words,
        "shapes": [line(value, value, 0, 1, color=palette.LINE, **dots) for value, _ in _ENDS],
    }


def _severity(row: _Row, sheet: Sheet) -> str:
    name = f"{SEVERITIES.get(row.severity, '○')} {row.severity}"
    return shortened(name if sheet.is_phone else f"{name}  {row.target}", sheet.size, sheet.width / 3)


def _heading(sheet: Sheet, names: Sequence[str]) -> list[str]:
    title = plot_text("Acknowledged in time", bold=True, colour=palette.INK)
    if len(names) < 2:  # noqa: PLR2004 -- one needs no telling apart
        return [title]
    keys = [
        plot_text(f"{shape} {name}", colour=colour)
        for shape, name, colour in zip("○●", names, (palette.INK_THIRD, palette.ACCENT), strict=False)
    ]
    return [title, *keys] if sheet.is_phone else [title, "&nbsp;&nbsp;&nbsp; ".join(keys)]


def _alt(rows: Sequence[_Row]) -> str:
    told = "; ".join(f"{row.severity} {row.count.label}: {row.words}" for row in rows)
    return f"Share acknowledged within the response target, by severity, with 95 % intervals. {told}."
