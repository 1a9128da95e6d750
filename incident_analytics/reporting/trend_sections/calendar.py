"""When incidents begin: the map of the week, and what may be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Callout, Column, Folded, Paragraph, Table
from incident_analytics.reporting.figures.calendar_map import calendar_map_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.trends.calendar import CalendarTrend, PartOfWeek
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport

# Below so many expected in a cell, one cell says nothing.
_FEW: Final = 5
_SMALLEST: Final = 0.001
_ALPHA: Final = 0.05
_HOURS: Final = 24


def calendar(report: TrendReport) -> tuple[Block, ...]:
    """Whether some hours of the week stand out, the map, and its counts in a table."""
    trend = report.calendar
    figure = calendar_map_figure(trend, caption=_caption(trend))
    if figure is None:
        return (Callout("There is no map.", "No incidents.", tone="note"),)
    table = Folded("The map in numbers", (_weekdays(trend), _cells(trend)))
    return (Paragraph(_lead(trend)), figure, Paragraph(f"{trend.confounds}."), table)


def _lead(trend: CalendarTrend) -> str:
    p_value = trend.test.p_value
    if p_value is None:
        return f"Whether some hours stand out cannot be told: {trend.test.reason}."
    if p_value > _ALPHA:
        return (
            f"No hours stand out: a map as uneven as this comes by chance {_chance(p_value)}, "
            f"with {words.counted(trend.n, 'incident')}."
        )
    more, fewer = (_when(trend, is_more=is_more) for is_more in (True, False))
    told = "; ".join(part for part in (f"more {more}" if more else "", f"fewer {fewer}" if fewer else "") if part)
    return f"Some hours stand out beyond chance{f': {told}' if told else ', though no single weekday or hour does'}."


def _when(trend: CalendarTrend, *, is_more: bool) -> str:
    days, hours = _named(trend.weekdays, is_more=is_more), _hours(trend.hours, is_more=is_more)
    return ", and ".join(part for part in (f"on {days}" if days else "", f"from {hours}" if hours else "") if part)


def _named(weekdays: Sequence[PartOfWeek], *, is_more: bool) -> str:
    names = [part.name for part in weekdays if part.stands_out and (part.count > part.expected) == is_more]
    return _listed(names)


def _hours(hours: Sequence[PartOfWeek], *, is_more: bool) -> str:
    """The hours that have more, or fewer, neighbours as one stretch."""
    stand_out = ((place, part) for place, part in enumerate(hours) if part.stands_out)
    places = [place for place, part in stand_out if (part.count > part.expected) == is_more]
    stretches: list[list[int]] = []
    for place in places:
        if stretches and stretches[-1][1] == place:
            stretches[-1][1] = place + 1
        else:
            stretches.append([place, place + 1])
    return _listed([f"{start:02} to {end % _HOURS:02}" for start, end in stretches])


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _caption(trend: CalendarTrend) -> str:
    p_value = trend.test.p_value
    parts = [f"Weekday and hour, {trend.zone}; {words.counted(trend.n, 'incident')}."]
    if p_value is not None:
        below = f"p below {_SMALLEST:g}" if p_value < _SMALLEST else f"p {p_value:.2g}"
        verdict = "the week is uneven beyond chance" if p_value <= _ALPHA else "no more uneven than chance"
        parts.append(f"One test of the whole map: {verdict} ({below}).")
    if trend.test.expected < _FEW:
        parts.append("Single cells do not mean anything at these numbers.")
    return " ".join(parts)


def _chance(p_value: float) -> str:
    return f"{max(round(100 * p_value), 1)} times in 100"


def _weekdays(trend: CalendarTrend) -> Table:
    columns = (Column("Weekday"), Column("Began", "right"), Column("Expected", "right"), Column("Beyond chance"))
    rows = tuple(
        (part.name, words.count(part.count), f"{part.expected:,.1f}", "yes" if part.stands_out else None)
        for part in trend.weekdays
    )
    return Table("By weekday, beside what an even week would have", columns, rows, trend.test.method)


def _cells(trend: CalendarTrend) -> Table:
    columns = (Column("Hour"), *(Column(part.name[:3], "right") for part in trend.weekdays))
    columns = (*columns, Column("All", "right"), Column("Beyond chance"))
    rows = tuple(
        (
            part.name,
            *(words.count(row[hour]) if row[hour] else None for row in trend.counts),
            words.count(part.count),
            "yes" if part.stands_out else None,
        )
        for hour, part in enumerate(trend.hours)
    )
    return Table(f"By hour and weekday ({trend.zone})", columns, rows)
