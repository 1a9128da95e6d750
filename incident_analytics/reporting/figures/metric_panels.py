"""What the systems did: some metrics one above the other, with their baselines and the recorded incident."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.numbers import Scale, axis_range, compact, scale_of, seen
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, drawn
from incident_analytics.reporting.figures.stack import PAGE, PHONE, Beside, Row, axis_of, stack_layout
from incident_analytics.reporting.figures.thinning import EvenLine, thinned
from incident_analytics.reporting.figures.window import Frame, Stretch, framed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.reporting.blocks.figure import FigureBlock
    from incident_analytics.reporting.figures.panels import Panel, Series

_HEIGHT: Final = 72
_POINTS: Final = 240  # of a line: more than one to a pixel on a phone
_SIGN: Final = 3  # letters: %, ms, GB
_LINES: Final = len(palette.SERIES)


@dataclass(frozen=True, slots=True)
class _Drawable:
    """A panel with values, the lines thinned to what can be seen."""

    panel: Panel
    lines: tuple[tuple[str, EvenLine], ...]
    scale: Scale

    @property
    def ends(self) -> tuple[float, float]:
        known = [value for _, each in self.lines for value in each.values if value is not None]
        if self.panel.baseline is not None:
            known.append(self.panel.baseline)
        return axis_range(min(known) / self.scale.divisor, max(known) / self.scale.divisor, self.scale.unit)


def metric_panels_figure(
    panels: Sequence[Panel],
    *,
    window: Stretch | None,
    zone: str,
    onset: datetime | None = None,
    over: datetime | None = None,
) -> FigureBlock | None:
    """Some metrics as small panels that share one time axis; each has its own scale, gaps stay gaps.

    Args:
        panels: The metrics, the most telling first; those without a value are left out.
        window: The incident as recorded.
        zone: The zone in which times are shown.
        onset: When the evidence says the impact began.
        over: When the evidence says it was over.

    Returns:
        The figure, or None where no panel has a value.
    """
    shown = [each for each in map(_drawable, panels) if each is not None]
    if not shown:
        return None
    times = [at for each in shown for series in each.panel.series for at in series.at]
    frame = framed(zone, min(times), max(times), window, onset, over)
    rows = [_row(each) for each in shown]
    traces = [trace for place, each in enumerate(shown) for trace in _traces(each, place, frame)]
    told = "; ".join(_told(each, frame) for each in shown)
    many = "One metric" if len(shown) == 1 else f"{len(shown)} metrics"
    dashed = ["Dashed: the baseline before it."] if any(each.panel.baseline is not None for each in shown) else []
    return drawn(
        traces,
        page=stack_layout(PAGE, rows, frame),
        phone=stack_layout(PHONE, rows, frame),
        alt=f"{many}, {frame.clock.span()}: {told}.{_measured(frame)}",
        caption=" ".join(part for part in (f"{_told(shown[0], frame)}.", frame.words(), *dashed) if part),
    )


def _measured(frame: Frame) -> str:
    """The measured impact in words, for those who cannot see its lines."""
    if frame.onset is None:
        return ""
    until = f" to {frame.clock.time(frame.over)}" if frame.over else " on"
    return f" Measured impact: from {frame.clock.time(frame.onset)}{until}."


def _drawable(panel: Panel) -> _Drawable | None:
    shown = [series for series in panel.series[:_LINES] if series.at]
    lines = [(series.label, thinned(series.at, series.values, most=_POINTS)) for series in shown]
    known = tuple((label, each) for label, each in lines if each is not None)
    if not known:
        return None
    values = [abs(value) for _, each in known for value in each.values if value is not None]
    return _Drawable(panel, known, scale_of(panel.unit, max(values)))


def _row(each: _Drawable) -> Row:
    panel, scale = each.panel, each.scale
    low, high = each.ends
    beside = []
    if len(each.lines) > 1:
        for number, (label, points) in enumerate(each.lines):
            last = next(value for value in reversed(points.values) if value is not None)
            beside.append(Beside(last / scale.divisor, label, palette.SERIES[number]))
    if panel.baseline is not None:
        # The title says the unit; beside the number it is repeated where it is a sign and not a word.
        has_sign = len(scale.unit) <= _SIGN
        usual = scale.written(panel.baseline) if has_sign else compact(panel.baseline / scale.divisor)
        text = f"baseline {usual}"
        beside.append(Beside(panel.baseline / scale.divisor, text, palette.INK_THIRD, is_line=True))
    left_out = len(panel.series) - _LINES
    more = [f"{left_out} more not drawn"] if left_out > 0 else []
    ticks = tuple((value, compact(value)) for value in dict.fromkeys((low, high)))
    note = ", ".join(part for part in (panel.note, *more) if part)
    return Row(_with_unit(panel.title, scale.unit), (low, high), ticks, _HEIGHT, note, tuple(beside))


def _with_unit(title: str, unit: str) -> str:
    return title if not unit or title.casefold().endswith(unit.casefold()) else f"{title}, {unit}"


def _traces(each: _Drawable, place: int, frame: Frame) -> list[Part]:
    traces: list[Part] = []
    for number, (label, points) in enumerate(each.lines):
        name = f"{plot_text(label)}<br>" if len(each.lines) > 1 else ""
        traces.append(
            {
                "type": "scatter",
                "mode": "lines" if sum(value is not None for value in points.values) > 1 else "markers",
                "x0": frame.clock.position(points.start),
                "dx": seen(points.step_seconds * 1000),
                "y": [None if value is None else seen(value / each.scale.divisor) for value in points.values],
                "yaxis": axis_of(place),
                "cliponaxis": False,
                "line": {"color": palette.SERIES[number], "width": 1.6 if number == 0 else 1.3},
                "hovertemplate": f"%{{x}} {name}%{{y}} {each.scale.unit}<extra></extra>",
            }
        )
    # The line that carries the panel lies on top of its context.
    return traces[::-1]


def _told(each: _Drawable, frame: Frame) -> str:
    """The metric's furthest departure from its baseline while it mattered, or its lowest and highest value."""
    panel, name = each.panel, each.panel.title
    known = _during(panel.series[0], frame)
    low, high = min(known, key=lambda one: one[1]), max(known, key=lambda one: one[1])

    def words(value: float) -> str:
        said = each.scale.written(value)
        return said.removesuffix(each.scale.unit).rstrip() if name.endswith(f" {each.scale.unit}") else said

    def at(one: tuple[datetime, float]) -> str:
        return f"{words(one[1])} at {frame.clock.time(one[0])}"

    if panel.baseline is None and low[1] == high[1]:
        return f"{name} {at(low)}"
    if panel.baseline is None:
        return f"{name} between {at(low)} and {at(high)}"
    usual = words(panel.baseline)
    fell, rose = panel.baseline - low[1], high[1] - panel.baseline
    if max(fell, rose) <= 0:
        return f"{name} steady at {usual}"
    return f"{name} {f'down to {at(low)}' if fell > rose else f'up to {at(high)}'} (baseline {usual})"


def _during(series: Series, frame: Frame) -> list[tuple[datetime, float]]:
    """The samples of the recorded incident and the time since the measured onset; all where it has none."""
    known = [
        (at, value)
        for at, value in zip(series.at, series.values, strict=True)
        if value is not None and math.isfinite(value)
    ]
    if frame.window is None:
        return known
    start = min(frame.window[0], frame.onset or frame.window[0])
    return [one for one in known if start <= one[0] <= frame.window[1]] or known
