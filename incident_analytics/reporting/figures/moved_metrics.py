"""Which metrics moved most, and since when: a bar and a dot for each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.reporting.figures import palette
from incident_analytics.reporting.figures.clock import FigureClock
from incident_analytics.reporting.figures.moved_metrics_layout import Layout, Place, length, sheet_layout
from incident_analytics.reporting.figures.numbers import plain, seen
from incident_analytics.reporting.figures.plot_text import plot_text
from incident_analytics.reporting.figures.sheet import Part, drawn
from incident_analytics.reporting.figures.stack import PAGE, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from incident_analytics.reporting.blocks.figure import FigureBlock

_HEADING: Final = 0.7  # of the height of a row
_ROOM: Final = 0.12
_SHORTEST: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One series.

    Args:
        name: What its metric is called.
        labels: What tells it from others of its metric; empty where there are none.
        values: From what to what it moved, with its unit.
        spreads: By how many of its usual spreads.
        reach: As far as that counts for nothing, as quiet stretches reach it.
        was_flat: Whether it never moved before, so that there is no usual spread.
        began_at: Since when; None where that cannot be told.
    """

    name: str
    labels: str
    values: str
    spreads: float
    reach: float
    was_flat: bool
    began_at: datetime | None

    @property
    def whole_name(self) -> str:
        """Its name with its labels."""
        return f"{self.name} ({self.labels})" if self.labels else self.name

    @property
    def words(self) -> str:
        """By how much it moved."""
        return "was flat" if self.was_flat else f"{plain(self.spreads)}×"


@dataclass(frozen=True, slots=True)
class MovedGroup:
    """Series that can be compared with each other.

    Args:
        title: What they are.
        rows: The most moved first.
    """

    title: str
    rows: tuple[MovedRow, ...]


def moved_metrics_figure(
    groups: Sequence[MovedGroup], *, recorded: datetime | None, zone: str, caption: str
) -> FigureBlock | None:
    """A dot a series at as far as it moved, on a logarithmic axis without bars, and a dot when that began.

    Args:
        groups: In the order from the top.
        recorded: The recorded start, a dotted line where it lies near.
        zone: The zone in which times are shown.
        caption: The answer it gives.

    Returns:
        The figure, or None without a row.
    """
    shown = [group for group in groups if group.rows]
    if not shown:
        return None
    placed = tuple(_places(shown))
    rows = [(each.down, each.row) for each in placed if each.row is not None]
    clock = _clock([row for _, row in rows], recorded, zone)
    layout = Layout(placed, _top(rows), clock, _near(recorded, clock))
    near = layout.recorded
    dotted = f" Dotted line: the recorded start, {clock.time(near)}." if clock and near else ""
    return drawn(
        [_spreads(rows), _reaches(rows), *([_dots(rows, clock)] if clock else [])],
        page=sheet_layout(PAGE, layout),
        phone=sheet_layout(PHONE, layout),
        alt=f"Metrics that moved most. {'. '.join(_told(group, clock) for group in shown)}.",
        caption=f"{caption}{dotted}",
    )


def _places(groups: Sequence[MovedGroup]) -> Iterator[Place]:
    """Headings and rows from the top, one a row apart."""
    down = 0.0
    for group in groups:
        yield Place(down, group.title, None)
        down += _HEADING
        for row in group.rows:
            yield Place(down, "", row)
            down += 1


def _clock(rows: Sequence[MovedRow], recorded: datetime | None, zone: str) -> FigureClock | None:
    """The stretch in which they began, and the recorded start where it is not further away than they are apart."""
    begun = [row.began_at for row in rows if row.began_at is not None]
    if not begun:
        return None
    first, last = min(begun), max(begun)
    near = max(last - first, _SHORTEST) * 2
    if recorded is not None and first - near <= recorded <= last + near:
        first, last = min(first, recorded), max(last, recorded)
    room = max((last - first) * _ROOM, (_SHORTEST - (last - first)) / 2)
    return FigureClock.of(zone, first - room, last + room)


def _near(recorded: datetime | None, clock: FigureClock | None) -> datetime | None:
    return recorded if recorded is not None and clock and clock.start <= recorded <= clock.end else None


def _top(rows: Sequence[tuple[float, MovedRow]]) -> int:
    """The power of ten that holds all of them."""
    return max(math.ceil(math.log10(max(max(row.spreads, 1.0) for _, row in rows))), 1)


def _spreads(rows: Sequence[tuple[float, MovedRow]]) -> Part:
    soft = palette.see_through(palette.ACCENT, 0.35)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [length(row.spreads) for _, row in rows],
        "y": [seen(down) for down, _ in rows],
        "marker": {"color": [soft if row.was_flat else palette.ACCENT for _, row in rows], "size": 13},
        "customdata": [plot_text(f"{row.whole_name}: {_moved(row)}") for _, row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _reaches(rows: Sequence[tuple[float, MovedRow]]) -> Part:
    """How far quiet stretches reach, as an upright mark on each bar."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [length(row.reach) for _, row in rows],
        "y": [seen(down) for down, _ in rows],
        "marker": {"symbol": "line-ns", "size": 18, "line": {"color": palette.INK, "width": 2}},
        "customdata": [plot_text(f"{row.whole_name}: quiet stretches reach {plain(row.reach)}×") for _, row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _dots(rows: Sequence[tuple[float, MovedRow]], clock: FigureClock) -> Part:
    known = [(down, row, row.began_at) for down, row in rows if row.began_at is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "xaxis": "x2",
        "x": [clock.position(at) for _, _, at in known],
        "y": [seen(down) for down, _, _ in known],
        "marker": {"color": palette.ACCENT, "size": 9, "line": {"color": palette.SURFACE, "width": 1}},
        "customdata": [plot_text(f"{row.whole_name}: since {clock.time(at)}") for _, row, at in known],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _moved(row: MovedRow) -> str:
    by = "flat before" if row.was_flat else f"{plain(row.spreads)} times its usual spread"
    return f"{row.values}, {by}"


def _told(group: MovedGroup, clock: FigureClock | None) -> str:
    rows = [
        f"{row.whole_name} {_moved(row)}{f', since {clock.time(row.began_at)}' if clock and row.began_at else ''}"
        for row in group.rows
    ]
    return f"{group.title}: {'; '.join(rows)}"
