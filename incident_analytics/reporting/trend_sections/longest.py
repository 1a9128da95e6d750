"""The longest: which incidents took most of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Paragraph, SeverityMark, Table
from incident_analytics.reporting.figures.durations import unbroken
from incident_analytics.reporting.trend_sections.figures_in_words import left_out, named, percent

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.longest import Longest, LongIncident
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport


def longest(report: TrendReport) -> tuple[Block, ...]:
    """The longest in a sentence with its share of all time, and the table."""
    found = report.longest
    if not found.incidents:
        return (Paragraph(unbroken(f"No incident has a time to resolution. {_without(found)}".strip())),)
    columns = (
        Column("Incident"), Column("Severity"), Column("Service", is_whole=True), Column("Began", is_whole=True),
        Column(words.title_of(found.metric), "right"), Column("Share of all time", "right"),
    )  # fmt: skip
    table = Table(
        f"The longest of {words.counted(found.n, 'incident')} that {'is' if found.n == 1 else 'are'} over",
        columns,
        tuple(_row(each, report) for each in found.incidents),
        _without(found),
    )
    return (Paragraph(unbroken(_answer(found))), table)


def _answer(found: Longest) -> str:
    first = found.incidents[0]
    took = f"{first.id} took {words.duration(first.seconds)}"
    if found.n == 1:
        return f"One incident is over: {took}."
    if first.share is None:
        return f"None of {words.counted(found.n, 'incident')} took any time."
    share = f"{percent(first.share)} of the time that all {found.n:,} took together"
    several = len(found.incidents)
    rest = f"; the longest {several} took {percent(found.share)}" if 1 < several < found.n else ""
    return f"{took}, {share}{rest}."


def _without(found: Longest) -> str:
    still = f"{words.counted(found.n_open, 'incident is', 'incidents are')} open and not in it." if found.n_open else ""
    ranges = f"{words.counted(found.ranges, 'time is', 'times are')} the middle of a range." if found.ranges else ""
    return " ".join(part for part in (still, ranges, left_out(found.left_out)) if part)


def _row(each: LongIncident, report: TrendReport) -> tuple[Inline | None, ...]:
    return (
        named(report, each.id, each.title), SeverityMark(each.severity or "unknown"), each.service,
        words.day(each.began_at, report.scope.zone),
        words.duration(each.seconds), None if each.share is None else percent(each.share),
    )  # fmt: skip
