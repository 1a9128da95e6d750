"""The share of incidents that were done within a time: the whole distribution, before any average."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.trends.thinned_curve import thinned_curve
from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.duration_axis import duration_axis, marks, span_of
from incident_analytics.reporting.figures.durations import duration_words
from incident_analytics.reporting.figures.heading import heading
from incident_analytics.reporting.figures.numbers import seen
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, drawn, label, line
from incident_analytics.reporting.figures.stack import PAGE, PHONE
from incident_analytics.reporting.figures.text_width import shortened, text_width
from incident_analytics.reporting.figures.value_axis import value_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.statistics.survival import Survival
    from incident_analytics.reporting.blocks.figure import FigureBlock

_HEIGHT: Final = 220
_TOP: Final = 1.04  # a curve that lies at 100 % is still seen whole
_SHARES: Final = ((0.0, "0 %"), (0.5, "50 %"), (0.9, "90 %"), (1.0, "100 %"))
_CLOSE: Final = ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %"))
_SHORTEST: Final = 1.0
_ROUNDING: Final = 1e-9
_COLOURS: Final = (palette.ACCENT, "#8DB6DA", palette.INK, palette.WARN, palette.LINE_STRONG)


@dataclass(frozen=True, slots=True)
class Curve:
    """One distribution.

    Args:
        label: Whose it is, such as ``2023, n 117``.
        survival: Its share still open after each time.
        is_before: Whether it is what another is held against, so that it is drawn in grey.
    """

    label: str
    survival: Survival
    is_before: bool = False


def share_done_figure(
    curves: Sequence[Curve], *, title: str, caption: str, has_band: bool = True
) -> FigureBlock | None:
    """Curves of the share done, over time on a logarithmic scale.

    Args:
        curves: One or several; those before are drawn first. Of a single one the interval is shaded.
        title: What is done within what, such as ``Share of incidents resolved within a time of their start``.
        caption: The answer.
        has_band: Whether a single curve's interval is shaded.

    Returns:
        The figure, or None where no curve has a step.
    """
    thin = [replace(each, survival=thinned_curve(each.survival)) for each in curves if each.survival.seconds]
    if not thin:
        return None
    ordered = sorted(thin, key=lambda each: not each.is_before)
    ends = span_of([time for each in ordered for time in (each.survival.seconds[0], each.survival.seconds[-1])])
    colours = _colours(ordered)
    band = _band(ordered[0].survival) if has_band and len(ordered) == 1 else []
    return drawn(
        [*band, *(_trace(each, colour, ends) for each, colour in zip(ordered, colours, strict=True))],
        page=_layout(PAGE, ordered, colours, ends, title),
        phone=_layout(PHONE, ordered, colours, ends, title),
        alt=f"{title}: {'; '.join(_told(each) for each in ordered)}.",
        caption=caption,
    )


def _colours(curves: Sequence[Curve]) -> list[str]:
    own = iter(_COLOURS * len(curves))
    return [palette.INK_THIRD if each.is_before else next(own) for each in curves]


def _trace(curve: Curve, colour: str, ends: tuple[float, float]) -> Part:
    """Steps from nobody at the left edge; level from the last one on to the right edge."""
    steps = curve.survival
    done = [1 - share for share in steps.share_open]
    times = [max(time, _SHORTEST) for time in steps.seconds]
    told = [plot_text(f"{share:.0%} within {duration_words(time)}") for share, time in zip(done, times, strict=True)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [seen(ends[0]), *map(seen, times), seen(ends[1])],
        "y": [0, *map(seen, done), seen(done[-1])],
        "line": {"color": colour, "width": 1.75 if curve.is_before else 2.25, "shape": "hv"},
        "text": ["", *told, ""],
        "hovertemplate": f"{plot_text(curve.label)}<br>%{{text}}<extra></extra>",
    }


def _band(curve: Survival) -> list[Part]:
    """The interval, where there is one, as two edges with the room between them filled."""
    known = [
        (max(time, _SHORTEST), 1 - high, 1 - low)
        for time, low, high in zip(curve.seconds, curve.low, curve.high, strict=True)
        if low is not None and high is not None
    ]
    filled: Part = {"fill": "tonexty", "fillcolor": palette.see_through(palette.ACCENT, 0.14)}
    edges: list[Part] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [seen(each[0]) for each in known],
            "y": [seen(each[place]) for each in known],
            "line": {"width": 0, "shape": "hv", "color": palette.ACCENT},
            "hoverinfo": "skip",
            **(filled if place > 1 else {}),
        }
        for place in (1, 2)
    ]
    return edges if known else []


def _layout(sheet: Sheet, curves: Sequence[Curve], colours: list[str], ends: tuple[float, float], title: str) -> Part:
    shares = _CLOSE if sheet.is_phone else _SHARES
    left = max(text_width(text, sheet.size) for _, text in shares) + 12
    sheet = replace(sheet, left=round(left), right=20)
    names = [_name(each, colour, sheet) for each, colour in zip(curves, colours, strict=True)]
    inside = None if sheet.is_phone else _corner(sheet, curves, ends)
    lines = heading(title, sheet)
    above_plot = lines if inside else [*lines, *names]
    above, below = round(len(above_plot) * sheet.size * 1.4) + 10, 12 + round(sheet.size * 1.45)
    words = [
        label(
            0, 1, "<br>".join(above_plot), size=sheet.size, align="left", xref="paper", yref="paper",
            xanchor="left", yanchor="bottom", xshift=-sheet.left, yshift=6,
        )
    ]  # fmt: skip
    if inside:
        words.append(_in_corner(inside, names, sheet))
    ticks = marks(ends, sheet.plot, sheet.size)
    return {
        "height": above + _HEIGHT + below,
        "margin": {"l": sheet.left, "r": sheet.right, "t": above, "b": below, "pad": 0},
        "xaxis": {**duration_axis(ends, ticks, sheet.size), "showline": True, "linecolor": palette.LINE},
        "yaxis": value_axis((0, _TOP), shares, sheet.size),
        "annotations": words,
        "shapes": [_level(share) for share, _ in shares[1:]],
    }


def _name(curve: Curve, colour: str, sheet: Sheet) -> str:
    is_bold = not curve.is_before
    return plot_text(shortened(curve.label, sheet.size, sheet.plot, bold=is_bold), bold=is_bold, colour=colour)


def _in_corner(side: str, names: list[str], sheet: Sheet) -> Part:
    """The names of the curves below them at the right, or above them at the left."""
    x, y, anchor, shift = (1, 0.04, "bottom", -4) if side == "right" else (0, 0.96, "top", 6)
    return label(
        x, y, "<br>".join(names), size=sheet.size, align=side, xref="paper", yref="paper", xanchor=side,
        yanchor=anchor, xshift=shift,
    )  # fmt: skip


def _level(share: float) -> Part:
    return line(0, 1, share, share, color=palette.LINE, xref="paper", yref="y", layer="below")


def _corner(sheet: Sheet, curves: Sequence[Curve], ends: tuple[float, float]) -> str | None:
    """The corner without a curve: below them at the right, above them at the left; None where neither is free."""
    width = max(text_width(each.label, sheet.size, bold=True) for each in curves) + 24
    height = (len(curves) * sheet.size * 1.4 + 20) / _HEIGHT
    ratio = (ends[1] / ends[0]) ** min(width / sheet.plot, 1.0)
    if all(_done(each.survival, ends[1] / ratio) > height for each in curves):
        return "right"
    if all(_done(each.survival, ends[0] * ratio) < 1 - height for each in curves):
        return "left"
    return None


def _done(curve: Survival, time: float) -> float:
    """The share done by a time."""
    share = 1.0
    for at, still_open in zip(curve.seconds, curve.share_open, strict=True):
        if at > time:
            break
        share = still_open
    return 1 - share


def _told(curve: Curve) -> str:
    found = [(name, _time(curve.survival, share)) for name, share in (("half", 0.5), ("nine of ten", 0.9))]
    known = [f"{name} within {duration_words(time)}" for name, time in found if math.isfinite(time)]
    return f"{curve.label}: {', '.join(known) or 'fewer than half'}"


def _time(curve: Survival, share: float) -> float:
    """Where the curve falls to what is left, the middle of a step where it rests; infinite where it never does."""
    left = 1 - share
    for place, (time, still_open) in enumerate(zip(curve.seconds, curve.share_open, strict=True)):
        if still_open <= left + _ROUNDING:
            rests = still_open >= left - _ROUNDING and place + 1 < len(curve.seconds)
            return (time + curve.seconds[place + 1]) / 2 if rests else time
    return math.inf
