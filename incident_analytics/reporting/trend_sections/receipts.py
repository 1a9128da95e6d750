"""Receipts: for each headline its definition, method and exclusions, and every question that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Folded, Footer, Receipt, Receipts, Table
from incident_analytics.reporting.trend_sections.verdict_lines import name_of
from incident_analytics.version import __version__

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.statistics.false_discovery import Change
    from incident_analytics.analysis.trends.duration_trend import DurationTrend
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

_SHORT = 8


def receipts(report: TrendReport) -> tuple[Block, ...]:
    """The receipt of each headline, the whole family of questions, and what the page was made from."""
    told = [*(_duration(each) for each in report.durations.values()), _rate(report)]
    return (
        Receipts(tuple(told)),
        Folded("Every question that was asked", (_family(report),)),
        Footer(_made_from(report)),
    )


def _duration(trend: DurationTrend) -> Receipt:
    median = trend.median
    value = "unknown" if median.estimate is None else words.duration(median.estimate)
    facts: list[tuple[str, Inline]] = [
        ("Definition", f"{trend.end} minus {trend.start}; the median of the incidents looked at"),
        ("Incidents", f"{words.count(trend.n)}, {words.count(trend.n_open)} of them open and as long as they are old"),
        ("Method", median.method or "none"),
        ("Interval", _interval(median)),
    ]
    facts += [("Left out", f"{words.count(each.count)}: {each.reason}") for each in trend.left_out]
    if trend.ranges:
        facts.append(("Ranges", f"of {words.count(trend.ranges)} the middle was taken"))
    return Receipt(trend.metric, words.title_of(trend.metric), value, tuple(facts))


def _interval(told: Estimate) -> str:
    if told.low is None:
        return f"none: {told.reason}"
    if told.high is None:
        return f"from {words.duration(told.low)} up: {told.reason}"
    return f"{told.level:.0%} {words.duration(told.low)} to {words.duration(told.high)}".replace("%", " %")


def _rate(report: TrendReport) -> Receipt:
    rate = report.rate
    overall = rate.overall
    value = "unknown" if overall.estimate is None else f"{overall.estimate:.1f} a {rate.unit}"
    interval = overall.reason or "none"
    if overall.low is not None and overall.high is not None:
        interval = f"{100 * overall.level:.0f} % {overall.low:.1f} to {overall.high:.1f}"
    facts: list[tuple[str, Inline]] = [
        ("Definition", f"incidents that began, in {rate.days:.0f} days"),
        ("Incidents", words.count(rate.n)),
        ("Method", overall.method or "none"),
        ("Interval", interval),
    ]
    if rate.dispersion.reason:
        facts.append(("Doubt", rate.dispersion.reason))
    facts += [("Left out", f"{words.count(each.count)}: {each.reason}") for each in report.cohort.left_out]
    return Receipt("incident_rate", "Incidents", value, tuple(facts))


def _family(report: TrendReport) -> Table:
    titles = ("Metric", "Before", "After", "Answer")
    columns = (*(Column(title) for title in titles), Column("p", "right"), Column("q", "right"))
    note = (
        "p is the chance of a difference at least as large where there is none; q has all questions considered "
        "(Benjamini and Hochberg), and only q of at most 0.05 is a change. Counts are of whole weeks."
    )
    rows = tuple(_asked(each) for each in report.changes)
    return Table(words.counted(len(rows), "question"), columns, rows, note=note, empty="Nothing could be asked.")


def _asked(change: Change) -> tuple[Inline | None, ...]:
    question = change.question
    answer = change.answer if change.q_value is not None else f"{change.answer}: {question.test.reason}"
    p_value = _chance(question.test.p_value)
    return (name_of(question.metric), question.before, question.after, answer, p_value, _chance(change.q_value))


def _chance(value: float | None) -> str | None:
    if value is None:
        return None
    return "< 0.0001" if value < 0.0001 else f"{value:.4f}"  # noqa: PLR2004 -- the last digit shown


def _made_from(report: TrendReport) -> str:
    chosen = "as asked" if report.is_as_of_given else "the latest instant in the files"
    when = f"{words.moment(report.scope.as_of, report.scope.zone)} {report.scope.zone_name} ({chosen})"
    as_of = when if report.history.as_of else "no instant, as the files have none"
    files = ", ".join(f"{each.file} {each.sha256[:_SHORT]}" for each in report.history.fingerprints[:3])
    more = f" and {len(report.history.fingerprints) - 3} more files" if len(report.history.fingerprints) > 3 else ""  # noqa: PLR2004 -- those named
    return (
        f"Made from {files or 'no file'}{more}, as of {as_of}, by the runbook “{report.runbook.name}”, "
        f"incident_analytics {__version__}. Same input and as-of give the same page."
    )
