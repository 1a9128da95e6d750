"""How many incidents a week or month, period by period, each with its interval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.numbers import compact, nice_top, seen
from incident_analytics.reporting.figures.period_axis import period_axis, period_axis_height
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, drawn, label, line
from incident_analytics.reporting.figures.stack import PAGE, PHONE
from incident_analytics.reporting.figures.text_width import text_width
from incident_analytics.reporting.figures.value_axis import value_axis

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.incident_rate import PeriodRate, RateTrend
    from incident_analytics.reporting.blocks.figure import FigureBlock

_HEIGHT: Final = 180
_MOST_TOLD: Final = 24
_MANY: Final = 40


def incident_rate_figure(trend: RateTrend, *, caption: str) -> FigureBlock | None:
    """A dot a period with its interval; the rate over all of them as a dotted line.

    Args:
        trend: The numbers.
        caption: The answer.

    Returns:
        The figure, or None of fewer than two periods.
    """
    if len(trend.periods) < 2:  # noqa: PLR2004 -- one dot is no course of things
        return None
    top = _top(trend)
    return drawn(
        [_dots(trend, is_complete=True), _dots(trend, is_complete=False)],
        page=_layout(PAGE, trend, top),
        phone=_layout(PHONE, trend, top),
        alt=_alt(trend),
        caption=caption,
    )


def _top(trend: RateTrend) -> float:
    """A period that is cut off has a wide interval; it may leave the picture, its dot may not."""
    highs = [period.rate.high or 0.0 for period in trend.periods if period.is_complete]
    return nice_top(max([*highs, *(period.rate.estimate or 0.0 for period in trend.periods)]))


def _dots(trend: RateTrend, *, is_complete: bool) -> Part:
    """Filled where nothing of the period is cut off."""
    own = [
        (place, period)
        for place, period in enumerate(trend.periods)
        if period.is_complete == is_complete and period.rate.estimate is not None
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place for place, _ in own],
        "y": [seen(period.rate.estimate or 0.0) for _, period in own],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [seen((each.rate.high or 0.0) - (each.rate.estimate or 0.0)) for _, each in own],
            "arrayminus": [seen((each.rate.estimate or 0.0) - (each.rate.low or 0.0)) for _, each in own],
            "color": palette.ACCENT,
            "thickness": 1.25,
            "width": 0,
        },
        "marker": {
            "color": palette.ACCENT if is_complete else palette.SURFACE,
            "size": 9 if len(trend.periods) <= _MANY else 5,
            "line": {"color": palette.ACCENT, "width": 2 if len(trend.periods) <= _MANY else 1},
        },
        "text": [plot_text(_words(period, trend.unit)) for _, period in own],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _layout(sheet: Sheet, trend: RateTrend, top: float) -> Part:
    ticks = [(value, compact(value)) for value in (0, top / 2, top)]
    overall = trend.overall.estimate
    beside = "" if overall is None else f"{compact(overall)} over all"
    left = round(max(text_width(text, sheet.size) for _, text in ticks) + 12)
    right = round(text_width(beside, sheet.size) + 12) if beside and not sheet.is_phone else 14
    sheet = replace(sheet, left=left, right=right)
    lines = [plot_text(f"Incidents a {trend.unit}", bold=True, colour=palette.INK)]
    if beside and sheet.is_phone:
        lines.append(plot_text(f"···· {beside}", colour=palette.INK_THIRD))
    above, below = len(lines) * round(sheet.size * 1.4) + 12, period_axis_height(sheet)
    words = [
        label(
            0, 1, "<br>".join(lines), size=sheet.size, align="left", xref="paper", yref="paper", xanchor="left",
            yanchor="bottom", xshift=-sheet.left, yshift=10,
        )
    ]  # fmt: skip
    shapes = []
    if overall is not None:
        dots = {"dash": "dot", "xref": "paper", "yref": "y", "layer": "below"}
        shapes.append(line(0, 1, overall, overall, color=palette.LINE_STRONG, **dots))
    if beside and not sheet.is_phone:
        words.append(
            label(
                1, overall, plot_text(beside), size=sheet.size, color=palette.INK_THIRD, xref="paper", yref="y",
                xanchor="left", yanchor="middle", xshift=8,
            )
        )  # fmt: skip
    return {
        "height": above + _HEIGHT + below,
        "margin": {"l": sheet.left, "r": sheet.right, "t": above, "b": below, "pad": 0},
        "xaxis": period_axis([period.label for period in trend.periods], sheet),
        "yaxis": value_axis((0, top), ticks, sheet.size),
        "annotations": words,
        "shapes": shapes,
    }


def _words(period: PeriodRate, unit: str) -> str:
    found = period.rate
    if found.estimate is None or found.low is None or found.high is None:
        return f"{period.label}: {period.n}"
    cut = "" if period.is_complete else ", cut off"
    ends = f"{compact(found.low)} to {compact(found.high)}"
    return f"{period.label}: {period.n} in {period.days:.0f} days{cut}, {compact(found.estimate)} a {unit} ({ends})"


def _alt(trend: RateTrend) -> str:
    shown = trend.periods[-_MOST_TOLD:]
    dropped = len(trend.periods) - len(shown)
    before = f" The last {len(shown)} of {len(trend.periods)} periods:" if dropped else ""
    told = "; ".join(_words(period, trend.unit) for period in shown)
    return f"Incidents a {trend.unit} in each period with 95 % intervals.{before} {told}."
