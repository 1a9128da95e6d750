"""Every duration in one table, with what was left out, what it means, and the mean where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Paragraph, Strong, Table
from incident_analytics.reporting.blocks.spans import Quiet
from incident_analytics.reporting.trend_sections.header import FEWEST_FOR_P90

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import LeftOut
    from incident_analytics.analysis.trends.duration_trend import DurationTrend
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

_MEDIAN_NOTE = (
    "Open incidents count for as long as they were watched, so slow ones that are not done yet do not look fast. "
    "Below 6 incidents that ended a median has no interval; below 36 a ninetieth percentile has a lower end at most, "
    f"and below {FEWEST_FOR_P90} it is not told. "
    "In business hours: the median of the time within them."
)


def durations(report: TrendReport) -> tuple[Block, ...]:
    """One row a metric; folded, what was left out and how each is defined."""
    trends = tuple(report.durations.values())
    if not any(trend.n for trend in trends):
        return (Paragraph("No incident has any duration on record."), _definitions(report))
    blocks: list[Block | None] = [
        _table(trends),
        _means(trends) if report.scope.with_mean else None,
        _left_out(trends),
        _definitions(report),
    ]
    return tuple(block for block in blocks if block is not None)


def _table(trends: tuple[DurationTrend, ...]) -> Table:
    columns = (
        Column("Duration"), Column("n", "right"), Column("Open", "right"), Column("Left out", "right"),
        Column("Median, 95 % interval"), Column("p90, 95 % interval"), Column("In business hours", "right"),
    )  # fmt: skip
    rows = tuple(
        (
            words.title_of(trend.metric),
            f"{trend.n:,}",
            f"{trend.n_open:,}",
            f"{sum(each.count for each in trend.left_out):,}",
            *_times(trend),
        )
        for trend in trends
    )
    reasons = dict.fromkeys(trend.business.reason for trend in trends if trend.business.estimate is None and trend.n)
    business = "".join(f" In business hours: {reason}." for reason in reasons if reason)
    return Table("Every duration of the default clock", columns, rows, note=f"{_MEDIAN_NOTE}{business}")


def _times(trend: DurationTrend) -> tuple[Inline | None, ...]:
    """Median, ninetieth percentile and median in business hours; one incident's value is none of these."""
    if trend.n == 1:
        own = None if trend.median.estimate is None else f"{_tied(trend.median.estimate)}, its only one"
        return (own, None, None)
    business = trend.business.estimate
    tail = _time(trend.p90) if trend.n >= FEWEST_FOR_P90 else None
    return (_time(trend.median), tail, None if business is None else words.duration(business))


def _time(found: Estimate) -> Inline | None:
    if found.estimate is None:
        return None
    told = Strong(_tied(found.estimate))
    if found.low is None:
        return told
    ends = f"{_tied(found.low)} to {_tied(found.high)}" if found.high is not None else f"at least {_tied(found.low)}"
    return (told, f", {ends}")


def _tied(seconds: float) -> str:
    """A duration that no line breaks in."""
    return words.duration(seconds).replace(" ", "\u00a0")


def _means(trends: tuple[DurationTrend, ...]) -> Table:
    rows = tuple(_mean_row(trend) for trend in trends)
    columns = (
        Column("Duration"), Column("Ended", "right"), Column("Mean", "right"), Column("The longest alone", "right")
    )  # fmt: skip
    note = Quiet("A mean moves by chance and with its longest incident. Open ones are not in it; it has no interval.")
    return Table("Means, as asked for", columns, rows, note)


def _mean_row(trend: DurationTrend) -> tuple[Inline | None, ...]:
    name, found = Quiet(words.title_of(trend.metric)), trend.mean
    if found is None or found.seconds is None:
        reason = found.reason if found is not None else ""
        return (name, Quiet(f"{found.n:,}") if found is not None else None, None, Quiet(reason) if reason else None)
    share = None if found.longest_share is None else Quiet(f"{found.longest_share:.0%}".replace("%", " %"))
    return (name, Quiet(f"{found.n:,}"), Quiet(words.duration(found.seconds)), share)


def _left_out(trends: tuple[DurationTrend, ...]) -> Folded | None:
    rows = tuple(
        (words.title_of(trend.metric), each.reason, f"{each.count:,}", _examples(each))
        for trend in trends
        for each in trend.left_out
    )
    if not rows:
        return None
    columns = (Column("Duration"), Column("Why"), Column("Incidents", "right"), Column("Which"))
    return Folded("What was left out, and why", (Table("Incidents without a value", columns, rows),))


def _examples(left: LeftOut) -> str:
    more = left.count - len(left.examples)
    return f"{', '.join(left.examples)}{f' and {more:,} more' if more else ''}"


def _definitions(report: TrendReport) -> Folded:
    rows: tuple[tuple[Inline | None, ...], ...] = tuple(
        (clock, words.title_of(metric), Code(start), Code(end))
        for clock, metrics in report.runbook.clocks.items()
        for metric, (start, end) in metrics.items()
    )
    columns = (Column("Clock"), Column("Duration"), Column("From"), Column("To"))
    note = "This page uses the default clock. Others give the same words to other stretches of time."
    return Folded("How each is defined, and how others define it", (Table("Named clocks", columns, rows, note),))
