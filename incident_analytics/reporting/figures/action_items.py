"""How long action items stay open: the share still open after so many days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.numbers import seen
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, drawn, label, line
from incident_analytics.reporting.figures.stack import PAGE, PHONE
from incident_analytics.reporting.figures.text_width import text_width

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.survival import Survival
    from incident_analytics.analysis.trends.ageing import Ageing
    from incident_analytics.reporting.blocks.figure import FigureBlock

_DAY: Final = 86_400
# A year is as far as a page can show with the first weeks still to be seen; what is open then is told at the end.
_LONGEST_DAYS: Final = 365
_STEPS: Final = (1, 2, 7, 14, 30, 90)
_MOST_MARKS: Final = 5
_HEIGHT: Final = 190
_TITLE: Final = "Share of action items still open"
_BELOW: Final = "days since the incident was resolved"


def ageing_figure(ageing: Ageing, *, caption: str) -> FigureBlock | None:
    """The share of action items still open, day by day, with its interval.

    Args:
        ageing: How long they stay open.
        caption: The answer.

    Returns:
        The figure, or None where nothing has a time.
    """
    curve = ageing.curve
    if curve is None or not curve.seconds or curve.seconds[-1] <= 0:
        return None
    end = min(curve.seconds[-1] / _DAY, _LONGEST_DAYS)
    points = _points(curve, end)
    half = None if ageing.median.estimate is None else ageing.median.estimate / _DAY
    last = f"{points[-1][1] * 100:.0f} % still open after {end:.0f} d"
    after = "; ".join(
        f"{each.share.estimate * 100:.0f} % after {each.days} days"
        for each in ageing.after
        if each.share.estimate is not None
    )
    return drawn(
        [*_band(curve, end), _curve(points)],
        page=_layout(PAGE, end, half, last, points[-1][1]),
        phone=_layout(PHONE, end, half, last, points[-1][1]),
        alt=f"{_TITLE}, of {curve.n}: {after or last}.",
        caption=caption,
    )


def _points(curve: Survival, end: float) -> list[tuple[float, float]]:
    steps = [(at / _DAY, share) for at, share in zip(curve.seconds, curve.share_open, strict=True)]
    shown = [(0.0, 1.0), *(step for step in steps if step[0] <= end)]
    return [*shown, (end, shown[-1][1])]


def _curve(points: list[tuple[float, float]]) -> Part:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [seen(at) for at, _ in points],
        "y": [seen(share) for _, share in points],
        "line": {"color": palette.ACCENT, "width": 2, "shape": "hv"},
        "hovertemplate": "%{y:.0%} open after %{x:.0f} d<extra></extra>",
    }


def _band(curve: Survival, end: float) -> list[Part]:
    """The interval: its lower end, and its upper end filled down to it."""
    known = [
        (at / _DAY, low, high)
        for at, low, high in zip(curve.seconds, curve.low, curve.high, strict=True)
        if low is not None and high is not None and at / _DAY <= end
    ]
    if not known:
        return []
    known.append((end, known[-1][1], known[-1][2]))
    days = [seen(at) for at, _, _ in known]
    edge: Part = {
        "type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip", "line": {"width": 0, "shape": "hv"}
    }  # fmt: skip
    fill: Part = {"fill": "tonexty", "fillcolor": palette.see_through(palette.ACCENT, 0.16)}
    return [
        {**edge, "y": [seen(low) for _, low, _ in known]},
        {**edge, **fill, "y": [seen(high) for _, _, high in known]},
    ]


def _layout(sheet: Sheet, end: float, half: float | None, last: str, height: float) -> Part:
    left = round(text_width("100 %", sheet.size)) + 12
    right = 14 if sheet.is_phone else round(text_width(last, sheet.size)) + 10
    top, below = round(sheet.size * 1.4) + 10, round(sheet.size * 2.9) + 12
    words = [
        _above(sheet, left),
        label(
            0, 0, plot_text(_BELOW), size=sheet.size, color=palette.INK_THIRD,
            xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=-below,
        ),
        _at_end(sheet, last, height, end),
    ]  # fmt: skip
    shapes = [line(0, 1, 0, 0, color=palette.LINE, xref="paper", yref="y")]
    if half is not None and half <= end:
        shapes += [
            line(0, half, 0.5, 0.5, color=palette.LINE_STRONG, dash="dot"),
            line(half, half, 0, 0.5, color=palette.LINE_STRONG, dash="dot"),
        ]
        words.append(
            label(
                half, 0.5, plot_text(f"half closed after {half:.0f} d"), size=sheet.size,
                xanchor="left", yanchor="bottom", xshift=8, yshift=4,
            )
        )  # fmt: skip
    return {
        "height": top + _HEIGHT + below,
        "margin": {"l": left, "r": right, "t": top, "b": below, "pad": 0},
        "xaxis": _days(sheet, end),
        "yaxis": _shares(sheet),
        "shapes": shapes,
        "annotations": words,
    }


def _above(sheet: Sheet, left: int) -> Part:
    return label(
        0, 1, plot_text(_TITLE, bold=True, colour=palette.INK), size=sheet.size, align="left", xref="paper",
        yref="paper", xanchor="left", yanchor="bottom", xshift=-left if sheet.is_phone else 0, yshift=8,
    )  # fmt: skip


def _at_end(sheet: Sheet, text: str, height: float, end: float) -> Part:
    """What the curve comes to: beside it on a page, above its end on a phone."""
    where: Part = {"xanchor": "right", "yanchor": "bottom", "yshift": 12}
    if not sheet.is_phone:
        where = {"xanchor": "left", "yanchor": "middle", "xshift": 8}
    return label(seen(end), seen(height), plot_text(text), size=sheet.size, color=palette.ACCENT, **where)


def _days(sheet: Sheet, end: float) -> Part:
    step = next((step for step in _STEPS if end / step <= _MOST_MARKS), None) or max(round(end / 4), 1)
    marks = list(range(0, int(end) + 1, step))
    return {
        "range": [0, seen(end)],
        "tickvals": marks,
        "ticktext": [str(mark) for mark in marks],
        "tickmode": "array",
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.LINE_STRONG,
        "tickfont": {"size": sheet.size, "color": palette.INK_SECOND},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }


def _shares(sheet: Sheet) -> Part:
    return {
        "range": [0, 1.02],
        "tickvals": [0, 0.5, 1],
        "ticktext": ["0 %", "50 %", "100 %"],
        "tickmode": "array",
        "tickfont": {"size": sheet.size, "color": palette.INK_SECOND},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }
