"""Still open: which incidents have no end, the oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Paragraph, SeverityMark, Table
from incident_analytics.reporting.figures.durations import unbroken
from incident_analytics.reporting.trend_sections.figures_in_words import named

if TYPE_CHECKING:
    from datetime import tzinfo

    from incident_analytics.analysis.trends.open_incidents import OpenIncident, OpenIncidents
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport


def open_incidents(report: TrendReport) -> tuple[Block, ...]:
    """How many, the oldest in a sentence, and the table."""
    found, zone = report.open_incidents, report.scope.zone
    earlier = " Those that began before the time that is looked at are not counted." if report.scope.since else ""
    if not found.n:
        if report.history.as_of is None:
            return (Paragraph("No incidents."),)
        none = "no incident began" if not found.n_all else f"none of {words.counted(found.n_all, 'incident')} is open"
        return (Paragraph(unbroken(f"At {words.moment(found.as_of, zone)} {none}.{earlier}")),)
    columns = (
        Column("Incident"),
        Column("Severity"),
        Column("Service", is_whole=True),
        Column("Began", is_whole=True),
        Column("Open for", "right"),
    )
    more = found.n - len(found.incidents)
    table = Table(
        f"Open incidents, the oldest first; days in {report.scope.zone_name}",
        columns,
        tuple(_row(each, zone, report) for each in found.incidents),
        f"{more:,} more are open." if more else "",
    )
    return (Paragraph(unbroken(f"{_answer(found, zone)}{earlier}")), table)


def _answer(found: OpenIncidents, zone: tzinfo) -> str:
    is_open = "is" if found.n == 1 else "are"
    oldest = found.incidents[0]
    about = ", ".join(part for part in (oldest.severity or "severity unknown", oldest.service) if part)
    since = f"since {words.day(oldest.began_at, zone)}, {words.duration(oldest.age_seconds)} ago"
    which = f"{oldest.id} ({about})"
    first = f"The oldest is {which}" if found.n > 1 else f"It is {which}"
    counted = words.counted(found.n_all, "incident")
    return f"{found.n:,} of {counted} {is_open} open. {first}, {since}."


def _row(each: OpenIncident, zone: tzinfo, report: TrendReport) -> tuple[Inline | None, ...]:
    severity = SeverityMark(each.severity or "unknown")
    began, age = words.day(each.began_at, zone), words.duration(each.age_seconds)
    return (named(report, each.id, each.title), severity, each.service, began, age)
