"""How groups are shared out in each period: bars of equal height, one part a group."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.blocks.marks import SEVERITIES
from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.period_axis import period_axis, period_axis_height
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, Sheet, drawn, label
from incident_analytics.reporting.figures.stack import PAGE, PHONE
from incident_analytics.reporting.figures.text_width import shortened, text_width
from incident_analytics.reporting.figures.value_axis import value_axis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incident_analytics.analysis.trends.mix import MixOf, MixTrend
    from incident_analytics.reporting.blocks.figure import FigureBlock

_HEIGHT: Final = 220
_MOST_TOLD: Final = 24
_MOST_COUNTED: Final = 16
_WIDEST_NAME: Final = 140
_UNKNOWN: Final = "unknown"
_BLOCK: Final = "█"
_SWATCH: Final = 16
_SHARES: Final = ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %"))


def mix_figure(trend: MixTrend, *, title: str, names: Mapping[str, str], caption: str) -> FigureBlock | None:
    """A bar a period, its parts from the first group at the foot to the last.

    Args:
        trend: The numbers.
        title: What is shared out.
        names: How groups are called, where not by their own name.
        caption: The answer.

    Returns:
        The figure, or None of fewer than two periods or no incident.
    """
    if len(trend.periods) < 2 or not trend.whole.n:  # noqa: PLR2004 -- one bar is no course of things
        return None
    looks = _looks(trend.groups)
    words = {group: _name(group, names) for group in trend.groups}
    return drawn(
        [_part(trend, place, words, looks) for place in range(len(trend.groups))],
        page=_layout(PAGE, trend, title, words, looks),
        phone=_layout(PHONE, trend, title, words, looks),
        alt=_alt(trend, title, words),
        caption=caption,
    )


def _name(group: str, names: Mapping[str, str]) -> str:
    """With the shape of a severity, so that colour is not needed."""
    word = names.get(group, group)
    return f"{SEVERITIES[group]} {word}" if group in SEVERITIES else word


def _looks(groups: Sequence[str]) -> dict[str, tuple[str, str]]:
    known = [group for group in groups if group != _UNKNOWN]
    looks = {
        group: palette.SEVERITIES.get(group, palette.PARTS[place % len(palette.PARTS)])
        for place, group in enumerate(known)
    }
    return {**looks, _UNKNOWN: palette.UNKNOWN_PART}


def _part(trend: MixTrend, place: int, words: Mapping[str, str], looks: Mapping[str, tuple[str, str]]) -> Part:
    group = trend.groups[place]
    colour, ink = looks[group]
    counts = [period.shares[place].n for period in trend.periods]
    return {
        "type": "bar",
        "x": list(range(len(counts))),
        "y": [round(n / period.n, 4) if period.n else 0 for n, period in zip(counts, trend.periods, strict=True)],
        "marker": {"color": colour, "line": {"color": palette.SURFACE, "width": 1.5}},
        "text": [str(n) if n else "" for n in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": ink, "size": 12},
        "customdata": [
            plot_text(f"{period.label}: {words[group]} {n} of {period.n}")
            for n, period in zip(counts, trend.periods, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _layout(
    sheet: Sheet, trend: MixTrend, title: str, words: Mapping[str, str], looks: Mapping[str, tuple[str, str]]
) -> Part:
    left = round(max(text_width(text, sheet.size) for _, text in _SHARES) + 10)
    named = {group: shortened(word, sheet.size, _WIDEST_NAME) for group, word in words.items()}
    right = 4 if sheet.is_phone else round(max(text_width(word, sheet.size) for word in named.values()) + 30)
    sheet = replace(sheet, left=left, right=right)
    has_counts = len(trend.periods) <= _MOST_COUNTED
    counts_height = round(sheet.size * 1.4) if has_counts else 0
    legend = _legend(sheet, named, looks, counts_height + 7) if sheet.is_phone else []
    legend_height = len(_legend_lines(sheet, named)) * round(sheet.size * 1.5) if sheet.is_phone else 0
    above = round(sheet.size * 1.5) + legend_height + counts_height + 9
    below = period_axis_height(sheet)
    heading = label(
        0, 1, plot_text(title, bold=True, colour=palette.INK), size=sheet.size, xref="paper", yref="paper",
        xanchor="left", yanchor="bottom", xshift=-sheet.left, yshift=legend_height + counts_height + 7,
    )  # fmt: skip
    return {
        "height": above + _HEIGHT + below,
        "margin": {"l": sheet.left, "r": sheet.right, "t": above, "b": below, "pad": 0},
        "barmode": "stack",
        "bargap": 0.18 if len(trend.periods) <= _MOST_COUNTED else 0.05,
        "uniformtext": {"minsize": 12, "mode": "hide"},
        "xaxis": period_axis([period.label for period in trend.periods], sheet),
        "yaxis": value_axis((0, 1), _SHARES, sheet.size),
        "annotations": [
            heading,
            *(_counts(sheet, trend.periods) if has_counts else []),
            *(legend if sheet.is_phone else _beside(sheet, trend, named, looks)),
        ],
    }


def _counts(sheet: Sheet, periods: Sequence[MixOf]) -> list[Part]:
    """How many a bar stands for, above it."""
    look = {"color": palette.INK_THIRD, "xref": "x", "yref": "paper", "yanchor": "bottom", "yshift": 1}
    first = "" if sheet.is_phone else "n "
    return [
        label(place, 1, f"{first if place == 0 else ''}{period.n}", size=sheet.size, **look)
        for place, period in enumerate(periods)
    ]


def _legend(sheet: Sheet, words: Mapping[str, str], looks: Mapping[str, tuple[str, str]], foot: int) -> list[Part]:
    """The names in the order of the parts above the bars, in as few lines as they fit in.

    Args:
        sheet: With its margins.
        words: The names.
        looks: Colours.
        foot: Pixels between the bars and the last line.
    """
    lines = _legend_lines(sheet, words)
    look: Part = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    found: list[Part] = []
    for number, line in enumerate(lines):
        across, up = float(-sheet.left), foot + (len(lines) - 1 - number) * round(sheet.size * 1.5)
        for group in line:
            found += _named(0, 1, words[group], looks[group][0], sheet, look, round(across), up)
            across += _legend_width(words[group], sheet)
    return found


def _legend_lines(sheet: Sheet, words: Mapping[str, str]) -> list[list[str]]:
    lines: list[list[str]] = []
    taken = 0.0
    for group, word in words.items():
        width = _legend_width(word, sheet)
        if not lines or taken + width > sheet.width:
            lines.append([])
            taken = 0.0
        lines[-1].append(group)
        taken += width
    return lines


def _legend_width(word: str, sheet: Sheet) -> float:
    return _SWATCH + text_width(word, sheet.size) + 14


def _named(  # noqa: PLR0913, PLR0917 -- a place, and what stands there
    x: float, y: float, word: str, colour: str, sheet: Sheet, look: Part, across: int, up: int
) -> list[Part]:
    """A swatch and its name; two labels, as a page recolours a see-through colour only where it stands alone."""
    return [
        label(x, y, _BLOCK, size=sheet.size, color=colour, **look, xshift=across, yshift=up),
        label(x, y, plot_text(word), size=sheet.size, **look, xshift=across + _SWATCH, yshift=up),
    ]


def _beside(
    sheet: Sheet, trend: MixTrend, words: Mapping[str, str], looks: Mapping[str, tuple[str, str]]
) -> list[Part]:
    """The names at the right end of the last bar, each beside its part, moved apart where they would touch."""
    apart = sheet.size * 1.35
    heights: list[float] = []
    foot = 0.0
    last = next(period for period in reversed(trend.periods) if period.n)
    for share in last.shares:
        height = share.n / last.n * _HEIGHT
        wanted = foot + height / 2
        heights.append(max(wanted, heights[-1] + apart) if heights else max(wanted, apart / 2))
        foot += height
    highest = _HEIGHT - apart / 2
    for place in range(len(heights) - 1, -1, -1):
        heights[place] = min(heights[place], highest)
        highest = heights[place] - apart
    look: Part = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "middle"}
    return [
        part
        for group, height in zip(trend.groups, heights, strict=True)
        for part in _named(1, 0, words[group], looks[group][0], sheet, look, 6, round(height))
    ]


def _alt(trend: MixTrend, title: str, words: Mapping[str, str]) -> str:
    shown = trend.periods[-_MOST_TOLD:]
    dropped = len(trend.periods) - len(shown)
    before = f" The last {len(shown)} of {len(trend.periods)} periods:" if dropped else ""
    told = "; ".join(
        f"{period.label}: {', '.join(f'{words[share.group]} {share.n}' for share in period.shares)}" for period in shown
    )
    return f"{title}, shares in each period.{before} {told}."
