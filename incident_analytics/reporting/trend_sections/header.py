"""The top of the page: what it looks at, what may be said of it, and the three tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Header, Pill, Tile, Tiles
from incident_analytics.reporting.trend_sections.verdict_lines import verdict_lines

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.duration_trend import DurationTrend
    from incident_analytics.analysis.trends.scope import Condition
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

# Of fewer a ninetieth percentile is the slowest one, more or less.
FEWEST_FOR_P90 = 10
_TILES = ("time_to_acknowledgment", "time_to_resolution")


def header(report: TrendReport) -> tuple[Block, ...]:
    """Title and facts, the three sentences, and the tiles."""
    head = Header("Incident trends", report.title, None, (*_facts(report), *_pills(report)))
    durations = [_duration(name, report) for name in _TILES if name in report.durations]
    return (head, verdict_lines(report), Tiles((*durations, _rate(report))))


def _facts(report: TrendReport) -> tuple[Inline, ...]:
    frame = report.cohort.frame
    services = frame["service"].drop_nulls().n_unique()
    told = [words.counted(report.cohort.n, "incident")]
    if services:
        told.append(words.counted(services, "service"))
    if report.history.as_of is not None:
        told.append(f"as of {words.moment(report.scope.as_of, report.scope.zone)} {report.scope.zone_name}")
    return tuple(told)


def _pills(report: TrendReport) -> tuple[Inline, ...]:
    scope, told = report.scope, []
    drills = sum(each.count for each in report.history.ledger.dropped if each.reason == "drill")
    told += [_condition(each) for each in scope.where]
    if drills:
        told.append(f"drills left out: {drills}")
    if report.open_incidents.n:
        told.append(f"open, counted as open: {report.open_incidents.n}")
    return tuple(Pill(text) for text in told)


def _condition(asked: Condition) -> str:
    return f"{asked.column}{' not' if asked.is_excluded else ''}: {', '.join(asked.values)}"


def _duration(metric: str, report: TrendReport) -> Tile:
    trend = report.durations[metric]
    median, tail = trend.median, trend.p90
    name = words.title_of(metric)
    if median.estimate is None:
        return Tile(name, "unknown", note=_unknown(trend), receipt_name=metric, is_known=False)
    if trend.n == 1:
        # one incident's value is nobody's median
        return Tile(name, words.duration_parts(median.estimate), note="one incident, so no median", receipt_name=metric)
    open_ones = f", {trend.n_open} open" if trend.n_open else ""
    has_tail = tail.estimate is not None and trend.n >= FEWEST_FOR_P90
    beside = f" · p90 {words.duration(tail.estimate or 0.0)}" if has_tail else ""
    return Tile(
        name,
        words.duration_parts(median.estimate),
        note=f"median{beside} · n {trend.n:,} of {report.cohort.n:,}{open_ones}",
        receipt=_interval(median.low, median.high, median.level, median.reason),
        receipt_name=metric,
    )


def _unknown(trend: DurationTrend) -> str:
    """Why there is no median: what most incidents lack, or that too many are open."""
    if trend.n or not trend.left_out:
        return trend.median.reason
    first = trend.left_out[0]
    return f"{first.reason} ({words.counted(first.count, 'incident')})"


def _interval(low: float | None, high: float | None, level: float, reason: str) -> str:
    if low is None:
        return f"No interval: {reason}."
    if high is None:
        return f"{level:.0%} interval from {words.duration(low)} up; {reason}."
    return f"{level:.0%} interval {words.duration(low)} to {words.duration(high)}."


def _rate(report: TrendReport) -> Tile:
    rate = report.rate
    name, overall = f"Incidents a {rate.unit}", rate.overall
    if overall.estimate is None:
        return Tile(name, "unknown", note=overall.reason, receipt_name="incident_rate", is_known=False)
    low, high = overall.low, overall.high
    note = f"95 % interval {low:.1f} to {high:.1f}" if low is not None and high is not None else overall.reason
    watched = f"{words.counted(rate.n, 'incident')} in {rate.days:.0f} days"
    return Tile(name, f"{overall.estimate:.1f}", note=note, receipt=f"{watched}.", receipt_name="incident_rate")
