"""How long it typically took, period by period, with what stands out or with the levels before and after a change."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.statistics.change_point import ChangePoint
from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.duration_axis import duration_axis, marks, span_of
from incident_analytics.reporting.figures.durations import duration_words
from incident_analytics.reporting.figures.heading import heading
from incident_analytics.reporting.figures.numbers import seen
from incident_analytics.reporting.figures.period_axis import period_axis, period_axis_height
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, box, drawn, label, line
from incident_analytics.reporting.figures.stack import PAGE, PHONE
from incident_analytics.reporting.figures.text_width import text_width

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.statistics.false_discovery import Change
    from incident_analytics.analysis.trends.duration_periods import PeriodPoint
    from incident_analytics.analysis.trends.duration_trend import DurationTrend
    from incident_analytics.reporting.blocks.figure import FigureBlock

_HEIGHT: Final = 210
_MOST_TOLD: Final = 24


@dataclass(frozen=True, slots=True)
class _Level:
    """A level line from one place of the axis to another, named at the right end."""

    seconds: float
    text: str
    colour: str
    start: float
    end: float
    dash: str | None = None


def duration_trend_figure(
    trend: DurationTrend, *, title: str, caption: str, change: Change | None = None
) -> FigureBlock | None:
    """A dot a period with its interval, hollow where there is none.

    Args:
        trend: The numbers.
        title: What is shown, such as ``Time to resolution, median of each quarter``.
        caption: The answer.
        change: What may be said of a change of level. Only where that is "changed" are the levels before and after
            drawn, and shaded where the change lies; else the natural limits, and what lies outside is ringed.

    Returns:
        The figure, or None of fewer than two periods with a median.
    """
    known = [(place, each) for place, each in enumerate(trend.periods) if each.median.estimate is not None]
    if len(known) < 2:  # noqa: PLR2004 -- one dot is no course of things
        return None
    is_changed = change is not None and change.answer == "changed" and isinstance(change.question.test, ChangePoint)
    levels = _levels(trend) if is_changed else _limits(trend)
    ends = span_of([*_heights(trend), *(each.seconds for each in levels)])
    rings = [] if is_changed else _rings(trend, known)
    return drawn(
        [_dots(known, has_interval=True), _dots(known, has_interval=False), *rings],
        page=_layout(PAGE, trend, levels, ends, title, is_changed=is_changed),
        phone=_layout(PHONE, trend, levels, ends, title, is_changed=is_changed),
        alt=_alt(trend, title, levels),
        caption=caption,
    )


def _heights(trend: DurationTrend) -> list[float]:
    ends = [(each.median.low, each.median.estimate, each.median.high) for each in trend.periods]
    return [seconds for three in ends for seconds in three if seconds is not None]


def _levels(trend: DurationTrend) -> list[_Level]:
    """The medians before and after the change."""
    found, last = trend.level, len(trend.periods) - 0.5
    cut = _place(trend, found.at)
    sides = (
        ("before", found.before_seconds, palette.INK_THIRD, -0.5, cut),
        ("after", found.after_seconds, palette.ACCENT, cut, last),
    )
    return [
        _Level(seconds, f"{duration_words(seconds)} {name}", colour, start, end)
        for name, seconds, colour, start, end in sides
        if seconds is not None
    ]


def _limits(trend: DurationTrend) -> list[_Level]:
    """The natural limits of the periods' medians, and their middle."""
    chart, last = trend.chart, len(trend.periods) - 0.5
    sides = ((chart.high_seconds, "dot"), (chart.centre_seconds, None), (chart.low_seconds, "dot"))
    return [
        _Level(seconds, duration_words(seconds), palette.INK_THIRD, -0.5, last, dash)
        for seconds, dash in sides
        if seconds is not None
    ]


def _place(trend: DurationTrend, at: datetime | None) -> float:
    """Where an instant lies on the axis of periods."""
    for place, period in enumerate(trend.periods):
        if at is not None and period.start <= at < period.end:
            return round(place - 0.5 + (at - period.start) / (period.end - period.start), 3)
    return len(trend.periods) - 0.5


def _dots(known: list[tuple[int, PeriodPoint]], *, has_interval: bool) -> Part:
    own = [(place, each) for place, each in known if each.median.has_interval == has_interval]
    medians = [each.median.estimate or 0.0 for _, each in own]
    whiskers: Part = {}
    if has_interval:
        whiskers["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [seen((each.median.high or 0.0) - (each.median.estimate or 0.0)) for _, each in own],
            "arrayminus": [seen((each.median.estimate or 0.0) - (each.median.low or 0.0)) for _, each in own],
            "color": palette.ACCENT,
            "thickness": 1.25,
            "width": 0,
        }
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place for place, _ in own],
        "y": [seen(max(median, 1.0)) for median in medians],
        **whiskers,
        "marker": {
            "color": palette.ACCENT if has_interval else palette.SURFACE,
            "size": 9,
            "line": {"color": palette.ACCENT, "width": 2},
        },
        "text": [plot_text(_words(each)) for _, each in own],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _rings(trend: DurationTrend, known: list[tuple[int, PeriodPoint]]) -> list[Part]:
    own = [(place, each) for place, each in known if each.label in trend.chart.signals]
    ring: Part = {
        "type": "scatter",
        "mode": "markers",
        "x": [place for place, _ in own],
        "y": [seen(max(each.median.estimate or 0.0, 1.0)) for _, each in own],
        "marker": {"symbol": "circle-open", "size": 19, "color": palette.WARN, "line": {"width": 2}},
        "hoverinfo": "skip",
    }
    return [ring] if own else []


def _layout(
    sheet: Sheet, trend: DurationTrend, levels: list[_Level], ends: tuple[float, float], title: str, *, is_changed: bool
) -> Part:
    ticks = marks(ends, _HEIGHT, sheet.size, is_upright=True)
    left = max((text_width(text, sheet.size) for _, text in ticks), default=0) + 12
    right = 14.0 if sheet.is_phone else max((text_width(each.text, sheet.size) for each in levels), default=4) + 14
    sheet = replace(sheet, left=round(left), right=round(right))
    lines = [*heading(title, sheet), *(_legend(levels) if sheet.is_phone else [])]
    above = round(len(lines) * sheet.size * 1.4) + 12
    words = [
        label(
            0, 1, "<br>".join(lines), size=sheet.size, align="left", xref="paper", yref="paper", xanchor="left",
            yanchor="bottom", xshift=-sheet.left, yshift=8,
        )
    ]  # fmt: skip
    shapes = [_line(each) for each in levels]
    if is_changed:
        stretch = (_place(trend, trend.level.earliest), _place(trend, trend.level.latest))
        shapes.insert(0, box(*stretch, 0, 1, color=palette.ACCENT_SOFT, yref="paper", layer="below"))
    below = period_axis_height(sheet)
    return {
        "height": above + _HEIGHT + below,
        "margin": {"l": sheet.left, "r": sheet.right, "t": above, "b": below, "pad": 0},
        "xaxis": period_axis([each.label for each in trend.periods], sheet),
        "yaxis": duration_axis(ends, ticks, sheet.size),
        "annotations": [*words, *([] if sheet.is_phone else _beside(levels, ends, sheet))],
        "shapes": shapes,
    }


def _line(level: _Level) -> Part:
    look: dict[str, object] = {"dash": level.dash} if level.dash else {}
    width = 1 if level.colour == palette.INK_THIRD else 2
    return line(
        level.start, level.end, level.seconds, level.seconds, color=level.colour, width=width, layer="below", **look
    )


def _legend(levels: list[_Level]) -> list[str]:
    """On a phone, what the lines are, from the highest."""
    if not levels:
        return []
    lead = "Levels: " if levels[0].colour != levels[-1].colour else "Limits: "
    return [plot_text(lead + ", ".join(each.text for each in levels), colour=palette.INK_THIRD)]


def _beside(levels: list[_Level], ends: tuple[float, float], sheet: Sheet) -> list[Part]:
    """The names of the lines at the right end, moved apart where they would touch."""
    low, high = (math.log(end) for end in ends)
    placed: list[Part] = []
    last = -math.inf
    for each in sorted(levels, key=lambda level: level.seconds):
        height = max((math.log(max(each.seconds, 1.0)) - low) / (high - low) * _HEIGHT, last + sheet.size * 1.25)
        last = height
        placed.append(
            label(
                1, 0, plot_text(each.text), size=sheet.size, color=each.colour, xref="paper", yref="paper",
                xanchor="left", yanchor="middle", xshift=8, yshift=round(height),
            )
        )  # fmt: skip
    return placed


def _words(period: PeriodPoint) -> str:
    found = period.median
    if found.estimate is None:
        return f"{period.label}: no median of {period.n}"
    told = f"{period.label}: {duration_words(found.estimate)}, n {period.n}"
    if found.low is None or found.high is None:
        return f"{told}, no interval"
    return f"{told} ({duration_words(found.low)} to {duration_words(found.high)})"


def _alt(trend: DurationTrend, title: str, levels: list[_Level]) -> str:
    shown = trend.periods[-_MOST_TOLD:]
    dropped = len(trend.periods) - len(shown)
    before = f" The last {len(shown)} of {len(trend.periods)} periods:" if dropped else ""
    lines = f" Lines: {', '.join(each.text for each in levels)}." if levels else ""
    return f"{title}, with 95 % intervals.{before} {'; '.join(_words(each) for each in shown)}.{lines}"
