"""The map of the week: seven weekdays by 24 hours, on a phone by bands of three, darker where more began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import PAGE_WIDTH, PHONE_WIDTH, Part, box, drawn, label
from incident_analytics.reporting.figures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.trends.calendar import CalendarTrend
    from incident_analytics.reporting.blocks.figure import FigureBlock

_DAYS: Final = 7
_HOURS: Final = 24
_SHORT: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# One hue from faint to full. Between the two halves lie shades on which neither ink is read well in both schemes.
_SHADES: Final = (0.14, 0.28, 0.42, 0.84, 1.0)
_FIRST_DARK: Final = 3
_EMPTY: Final = palette.see_through(palette.LINE, 0.45)
_ROW, _SIZE = 26, 12
_LEFT: Final = 38
_AXIS, _LEGEND_LINE = 24, 22
_SWATCH: Final = 14
_NO_SWATCH: Final = -1


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How the map is laid out.

    Args:
        width: Pixels from edge to edge.
        band: Hours a column holds.
        marks: The hours named below it.
    """

    width: int
    band: int
    marks: tuple[int, ...]

    @property
    def cell(self) -> float:
        return (self.width - _LEFT) * self.band / _HOURS


_PAGE: Final = _Sheet(PAGE_WIDTH, 1, (0, 3, 6, 9, 12, 15, 18, 21))
_PHONE: Final = _Sheet(PHONE_WIDTH, 3, (0, 6, 12, 18))


def calendar_map_figure(trend: CalendarTrend, *, caption: str) -> FigureBlock | None:
    """How many incidents began in each hour of the week.

    Args:
        trend: Counts by weekday and hour.
        caption: What may be said of it.

    Returns:
        The figure, or None without an incident.
    """
    if not trend.n:
        return None
    return drawn(
        [_hover(trend)],
        page=_layout(trend, _PAGE),
        phone=_layout(trend, _PHONE),
        alt=_alt(trend),
        caption=caption,
    )


def _alt(trend: CalendarTrend) -> str:
    days = ", ".join(f"{part.name} {part.count:,}" for part in trend.weekdays)
    bands = [sum(part.count for part in trend.hours[start : start + 3]) for start in range(0, _HOURS, 3)]
    hours = ", ".join(f"{3 * place:02} to {3 * place + 3:02} {count:,}" for place, count in enumerate(bands))
    return f"{trend.n:,} beginnings by weekday and hour ({trend.zone}). By weekday: {days}. By hours: {hours}."


def _banded(trend: CalendarTrend, band: int) -> list[list[int]]:
    return [[sum(row[start : start + band]) for start in range(0, _HOURS, band)] for row in trend.counts]


def _limits(most: int) -> list[int]:
    """The highest count of each shade, as many shades as there are counts to tell apart."""
    steps = min(len(_SHADES), most)
    return sorted({-(-most * step // steps) for step in range(1, steps + 1)})


def _shades(steps: int) -> list[int]:
    """Which shades so few steps take: the lightest and the fullest among them."""
    return [0, 1, 3, 4][-steps:] if steps < len(_SHADES) else list(range(len(_SHADES)))


def _layout(trend: CalendarTrend, sheet: _Sheet) -> Part:
    rows = _banded(trend, sheet.band)
    limits = _limits(max(max(row) for row in rows))
    shades = _shades(len(limits))
    cells, words = _cells(rows, dict(zip(limits, shades, strict=True)), sheet)
    legend_shapes, legend_words, lines = _legend(limits, shades, sheet)
    below = _AXIS + 12 + lines * _LEGEND_LINE
    return {
        "height": _DAYS * _ROW + below,
        "margin": {"l": _LEFT, "r": 0, "t": 0, "b": below, "pad": 0},
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, _HOURS]},
        "yaxis": {"visible": False, "fixedrange": True, "range": [_DAYS, 0]},
        "shapes": [*cells, *legend_shapes],
        "annotations": [*words, *_axes(sheet, trend.zone), *legend_words],
    }


def _cells(rows: list[list[int]], scale: dict[int, int], sheet: _Sheet) -> tuple[list[Part], list[Part]]:
    """One shape for all cells of a shade, and the counts that fit into theirs."""
    paths: dict[int | None, list[str]] = {}
    words: list[Part] = []
    gap_x, gap_y = sheet.band * 1.2 / sheet.cell, 1.2 / _ROW
    for day, row in enumerate(rows):
        for place, count in enumerate(row):
            shade = next(of for limit, of in scale.items() if count <= limit) if count else None
            x0, x1 = place * sheet.band + gap_x, (place + 1) * sheet.band - gap_x
            corners = f"M{x0:.2f},{day + gap_y:.2f}H{x1:.2f}V{day + 1 - gap_y:.2f}H{x0:.2f}Z"
            paths.setdefault(shade, []).append(corners)
            if shade is not None and text_width(str(count), _SIZE) <= sheet.cell - 4:
                ink = palette.BACKGROUND if shade >= _FIRST_DARK else palette.INK
                middle = (place + 0.5) * sheet.band
                words.append(label(middle, day + 0.5, str(count), size=_SIZE, color=ink))
    return [_filled("".join(corners), _colour(shade)) for shade, corners in paths.items()], words


def _colour(shade: int | None) -> str:
    if shade is None:
        return _EMPTY
    return palette.ACCENT if _SHADES[shade] == 1 else palette.see_through(palette.ACCENT, _SHADES[shade])


def _filled(path: str, colour: str) -> Part:
    return {"type": "path", "path": path, "fillcolor": colour, "line": {"width": 0}}


def _axes(sheet: _Sheet, zone: str) -> list[Part]:
    days = [
        label(0, day + 0.5, name, size=_SIZE, xanchor="right", xshift=-6, yanchor="middle")
        for day, name in enumerate(_SHORT)
    ]
    hours = [
        label(hour, _DAYS, f"{hour:02}", size=_SIZE, xanchor="left", yanchor="top", yshift=-2) for hour in sheet.marks
    ]
    named = label(
        _HOURS, _DAYS, plot_text(zone), size=_SIZE, color=palette.INK_THIRD, xanchor="right", yanchor="top", yshift=-2
    )
    return [*days, *hours, named]


def _legend(limits: Sequence[int], shades: Sequence[int], sheet: _Sheet) -> tuple[list[Part], list[Part], int]:
    """A swatch for each shade with its counts, below the map, and how many lines they take."""
    unit = "began in an hour of the week" if sheet.band == 1 else f"began in {sheet.band} hours of the week"
    lows = [1, *(limit + 1 for limit in limits[:-1])]
    ranges = [f"{low:,}" if low == high else f"{low:,} to {high:,}" for low, high in zip(lows, limits, strict=True)]
    shapes: list[Part] = []
    words: list[Part] = []
    across, lines = 0.0, 1
    for text, shade in [("0", None), *zip(ranges, shades, strict=True), (unit, _NO_SWATCH)]:
        swatch = 0 if shade == _NO_SWATCH else _SWATCH + 4
        width = swatch + text_width(text, _SIZE)
        if across + width > sheet.width:
            across, lines = 0.0, lines + 1
        down = _AXIS + 12 + (lines - 1) * _LEGEND_LINE
        if swatch:
            shapes.append(_swatch(across - _LEFT, down, _colour(shade)))
        ink = palette.INK_SECOND if swatch else palette.INK_THIRD
        words.append(_beside(text, across + swatch - _LEFT, down, ink))
        across += width + 10
    return shapes, words, lines


def _swatch(x: float, down: float, colour: str) -> Part:
    return box(
        round(x, 1), round(x + _SWATCH, 1), -down, -down - _SWATCH, color=colour,
        xsizemode="pixel", ysizemode="pixel", xanchor=0, yanchor=0, xref="paper", yref="paper",
    )  # fmt: skip


def _beside(text: str, x: float, down: float, colour: str) -> Part:
    return label(
        0, 0, text, size=_SIZE, color=colour, xanchor="left", yanchor="middle",
        xshift=round(x, 1), yshift=-(down + _SWATCH / 2), xref="paper", yref="paper",
    )  # fmt: skip


def _hover(trend: CalendarTrend) -> Part:
    """What a pointer is told: each hour's count and how many hours of it there were."""
    cells = [(day, hour) for day in range(_DAYS) for hour in range(_HOURS)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [hour + 0.5 for _, hour in cells],
        "y": [day + 0.5 for day, _ in cells],
        "marker": {"size": 16, "opacity": 0},
        "text": [f"{_SHORT[day]} {hour:02}:00, {trend.counts[day][hour]:,}" for day, hour in cells],
        "hovertemplate": "%{text}<extra></extra>",
    }
