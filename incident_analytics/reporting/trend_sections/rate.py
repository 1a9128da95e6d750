"""How often: incidents a week or month, period by period, and how much of the time something was impacted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Callout, Column, Folded, Paragraph, SeverityMark, Table
from incident_analytics.reporting.figures.durations import unbroken
from incident_analytics.reporting.figures.incident_rate import incident_rate_figure
from incident_analytics.reporting.trend_sections.figures_in_words import left_out

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.availability import Availability
    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.incident_rate import RateTrend
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport


def rate(report: TrendReport) -> tuple[Block, ...]:
    """How many in all, how they come, each period, each severity, and the time with impact."""
    trend = report.rate
    blocks: list[Block | None] = [Paragraph(unbroken(_answer(trend)))]
    if trend.dispersion.is_clustered:
        times = f"{trend.dispersion.ratio:.1f}"
        told = f"Weeks vary {times} times as much as by chance alone, so the intervals are too narrow."
        blocks.append(Callout("Incidents come in clusters.", told, "note"))
    blocks.append(incident_rate_figure(trend, caption=_caption(report)))
    if trend.n:
        blocks += [
            Folded(f"Each {report.cohort.period} and severity", (_periods(trend), _severities(trend))),
            _impact(trend),
        ]
    return tuple(block for block in blocks if block is not None)


def _answer(trend: RateTrend) -> str:
    if not trend.n:
        return "No incident began in the time that is looked at."
    began = f"{words.counted(trend.n, 'incident')} began in {words.counted(round(trend.days), 'day')}"
    if trend.overall.estimate is None:
        return f"{began}. A rate takes a {trend.unit} at least."
    return f"{began}: {_rate(trend.overall)} a {trend.unit} (95 % interval {_interval(trend.overall)})."


def _caption(report: TrendReport) -> str:
    trend, period = report.rate, report.cohort.period
    complete = [each for each in trend.periods if each.is_complete] or list(trend.periods)
    if not complete:
        return ""
    most, fewest = max(complete, key=lambda each: each.n), min(complete, key=lambda each: each.n)
    cut = f" A hollow dot is a {period} that is cut off." if len(complete) < len(trend.periods) else ""
    month = " A month is 30.44 days." if trend.unit == "month" else ""
    extremes = f"Fewest in {fewest.label} ({fewest.n}), most in {most.label} ({most.n})." if most.n != fewest.n else ""
    return f"{extremes} Lines are 95 % intervals; where they overlap far, chance is enough.{cut}{month}".strip()


def _periods(trend: RateTrend) -> Table:
    rows = tuple(
        (
            each.label if each.is_complete else f"{each.label}, cut off",
            f"{each.n:,}",
            f"{each.days:.0f}",
            _rate(each.rate),
            _interval(each.rate),
        )
        for each in trend.periods
    )
    columns = (
        Column("Period"), Column("Incidents", "right"), Column("Days", "right"),
        Column(f"A {trend.unit}", "right"), Column("95 % interval", "right"),
    )  # fmt: skip
    return Table("Incidents of each period", columns, rows)


def _severities(trend: RateTrend) -> Table:
    rows = tuple(
        (SeverityMark(each.severity), f"{each.n:,}", _rate(each.rate), _interval(each.rate))
        for each in trend.severities
    )
    columns = (
        Column("Severity"), Column("Incidents", "right"),
        Column(f"A {trend.unit}", "right"), Column("95 % interval", "right"),
    )  # fmt: skip
    return Table("Incidents of each severity, over all periods", columns, rows)


def _impact(trend: RateTrend) -> Folded | None:
    impact = trend.impact
    if impact.whole is None:
        return None
    columns = (
        Column(""), Column("Incidents", "right"), Column("Time with impact", "right"),
        Column("Without impact", "right"), Column("Still open", "right"),
    )  # fmt: skip
    whole = ("All services together", *_time(impact.whole))
    periods = tuple((each.label, *_time(each.availability)) for each in impact.periods)
    services = tuple((each.service, *_time(each.availability)) for each in impact.services)
    more = impact.n_services - len(impact.services)
    rest = f"{words.counted(more, 'more service')} had less." if more else ""
    note = f"{rest} {left_out(impact.left_out)}".strip()
    stretch = "From the start of impact to mitigation, else to resolution, of any severity"
    told = f"{stretch}; what overlaps counts once, and what is open until now."
    return Folded(
        "Time with impact",
        (
            Table(told, columns, (whole, *periods)),
            Table(
                "The services with the most, over all periods", columns, services, note, "No incident names a service."
            ),
        ),
    )


def _time(found: Availability) -> tuple[str | None, ...]:
    """Incidents, time with impact, share without, how many are open."""
    down = None if found.downtime_seconds is None else words.duration(found.downtime_seconds)
    share = None if found.availability is None else f"{100 * found.availability:.2f} %"
    if found.downtime_seconds and share == "100.00 %":
        share = "over 99.99 %"
    return (f"{found.n:,}", down, share, f"{found.n_open:,}" if found.n_open else None)


def _rate(found: Estimate) -> str | None:
    return None if found.estimate is None else _digits(found.estimate)


def _interval(found: Estimate) -> str | None:
    return None if found.low is None or found.high is None else f"{_digits(found.low)} to {_digits(found.high)}"


def _digits(value: float) -> str:
    """One decimal; of less than 1 two digits, so that a seldom thing is not 0.0."""
    return f"{value:.1f}" if value >= 1 or not value else f"{value:.2g}"
