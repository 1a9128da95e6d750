"""Groups side by side, such as services or severities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Paragraph, SeverityMark, Strong, Table

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.groups import Group
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

_BY = {"detected_by": "who detected them"}
_NOTE = (
    "Side by side, not tested: groups have other incidents, and of many groups one is always the slowest. "
    "Intervals are 95 %."
)


def groups(report: TrendReport) -> tuple[Block, ...]:
    """A table of the groups that were asked for, the most frequent first."""
    found = report.groups
    if found is None:
        return (Paragraph("No groups were asked for."),)
    by = _BY.get(found.by, found.by)
    times = found.groups[0].times if found.groups else ()
    heads = [f"{words.title_of(each.metric)}, {what}" for each in times for what in ("median", "p90")]
    columns = (
        Column(found.by.replace("_", " ").capitalize()),
        *(Column(title, "right") for title in ("Incidents", "Share", "Open", "A month")),
        *(Column(title) for title in heads),
    )
    rows = tuple(_row(each, found.by) for each in found.groups)
    caption = f"{words.counted(found.n, 'incident')} by {by}"
    return (Table(caption, columns, rows, note=_NOTE, empty="There are no incidents."),)


def _row(group: Group, by: str) -> tuple[Inline | None, ...]:
    name: Inline = group.name or "unknown"
    if by == "severity":
        name = SeverityMark(group.name or "unknown")
    if group.together > 1:
        name = f"the other {group.together} together"
    monthly = None if group.a_month is None or group.a_month.estimate is None else f"{group.a_month.estimate:.1f}"
    cells = [_time(each, group.n) for times in group.times for each in (times.median, times.p90)]
    return (name, words.count(group.n), f"{100 * group.share:.0f} %", words.count(group.n_open), monthly, *cells)


def _time(told: Estimate, n: int) -> Inline | None:
    if told.estimate is None:
        return None
    of = f" (n {words.count(told.n)})" if told.n != n else ""
    if told.low is None or told.high is None:
        return (Strong(words.duration(told.estimate)), of)
    return (Strong(words.duration(told.estimate)), f", {words.duration(told.low)} to {words.duration(told.high)}{of}")
