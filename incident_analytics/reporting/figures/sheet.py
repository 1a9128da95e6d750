"""The two sheets every figure is laid out on: a page and a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import plotly.graph_objects as go

from incident_analytics.reporting.blocks.figure import FigureBlock
from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.defaults import with_defaults
from incident_analytics.reporting.figures.durations import unbroken
from incident_analytics.reporting.figures.plot_text import plot_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from incident_analytics.reporting.figures.clock import FigureClock, Tick

Part: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A place to draw on, as narrow as it can be: what fits there fits on every wider one.

    Args:
        width: Pixels from edge to edge.
        left: Pixels left of the plot.
        right: Pixels right of the plot.
        size: The size of the font.
        is_phone: Whether figures are laid out anew for a small screen.
    """

    width: int
    left: int
    right: int
    size: int
    is_phone: bool

    @property
    def plot(self) -> int:
        """Pixels from the first instant to the last."""
        return self.width - self.left - self.right

    def x(self, clock: FigureClock, at: datetime) -> float:
        """Where an instant lies, in pixels from the left edge."""
        return self.left + self.plot * (at - clock.start).total_seconds() / clock.seconds


# The page changes to the phone's layout below 600 px; a phone of 360 px leaves a figure 298 px.
PAGE_WIDTH: Final = 600
PHONE_WIDTH: Final = 296


def label(x: object, y: object, text: str, *, size: int, **more: object) -> Part:
    """Words at a place, without an arrow; ``text`` is plotly's own markup."""
    look: Part = {"size": size, "color": more.pop("color", palette.INK_SECOND)}
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": look, **more}


def line(x0: object, x1: object, y0: object, y1: object, *, color: str, **more: object) -> Part:
    """A straight line between two places."""
    pen: Part = {"color": color, "width": more.pop("width", 1)}
    if "dash" in more:
        pen["dash"] = more.pop("dash")
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": pen, **more}


def box(x0: object, x1: object, y0: object, y1: object, *, color: str, **more: object) -> Part:
    """A filled rectangle without an outline."""
    return {
        "type": "rect", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "fillcolor": color, "line": {"width": 0}, **more
    }  # fmt: skip


def time_axis(clock: FigureClock, sheet: Sheet) -> Part:
    """The horizontal axis: marks at round times, in the clock's zone."""
    ticks = _ticks(clock, sheet)
    return {
        "type": "date",
        "range": [clock.position(clock.start), clock.position(clock.end)],
        "tickvals": [clock.position(tick.at) for tick in ticks],
        "ticktext": [tick.text for tick in ticks],
        "tickmode": "array",
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.LINE_STRONG,
        "tickfont": {"size": sheet.size, "color": palette.INK_SECOND},
        "showline": True,
        "linecolor": palette.LINE,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
        "hoverformat": "%e %b %H:%M:%S" if clock.has_many_days else "%H:%M:%S",
    }


def axis_height(clock: FigureClock, sheet: Sheet) -> int:
    """Pixels below the time axis: marks, days where there are several, and the name of the zone."""
    lines = 3 if any("<br>" in tick.text for tick in _ticks(clock, sheet)) else 2
    return 12 + lines * round(sheet.size * 1.45)


def axis_name(clock: FigureClock, sheet: Sheet) -> Part:
    """The zone, once, below the marks of the time axis."""
    return label(
        0, 0, plot_text(clock.name()), size=sheet.size, color=palette.INK_THIRD,
        xref="paper", yref="paper", xanchor="left", yanchor="bottom",
        xshift=-sheet.left, yshift=-axis_height(clock, sheet),
    )  # fmt: skip


def _ticks(clock: FigureClock, sheet: Sheet) -> tuple[Tick, ...]:
    return clock.ticks(sheet.plot, sheet.size, room=min(sheet.left, sheet.right))


def drawn(traces: Sequence[Part], *, page: Part, phone: Part, alt: str, caption: str) -> FigureBlock:
    """The figure of some traces under two layouts.

    Args:
        traces: Plotly traces as plain data; they are the same on both sheets.
        page: The layout on a page.
        phone: What is different on a phone.
        alt: What the figure shows, with its numbers.
        caption: The answer it gives.
    """
    on_page, on_phone = with_defaults(page, phone)
    layout = {"hovermode": "closest", "dragmode": False, "showlegend": False, **on_page, "meta": {"phone": on_phone}}
    # Plotly's check of every property takes five times as long as the rest of it; a test makes it.
    figure = go.Figure({"data": list(traces), "layout": layout}, _validate=False)
    return FigureBlock(figure, alt, unbroken(caption))
