"""One duration over time: whether it changed, the whole distribution, each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.change_point import ChangePoint
from incident_analytics.analysis.statistics.comparison import Comparison
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Mark, Paragraph, Quiet
from incident_analytics.reporting.figures.duration_trend import duration_trend_figure
from incident_analytics.reporting.figures.share_done import Curve, share_done_figure
from incident_analytics.reporting.trend_sections.figures_in_words import left_out

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.statistics.false_discovery import Change
    from incident_analytics.analysis.trends.duration_trend import DurationHalf, DurationTrend
    from incident_analytics.reporting.blocks import Block, FigureBlock
    from incident_analytics.reporting.trends.report import TrendReport

_MANY = 2


def duration(report: TrendReport, metric: str) -> tuple[Block, ...]:
    """The answer first, then the distribution, each period, and what was left out.

    Args:
        report: The trend report.
        metric: One of the default clock's, such as ``time_to_resolution``.
    """
    trend = report.durations[metric]
    if not trend.n:
        told = f"No incident has its {words.title_of(metric).lower()}. {left_out(trend.left_out)}"
        return (Paragraph((Mark("unknown"), f" {told.strip()}")),)
    asked = [each for each in report.changes if each.question.metric == metric]
    blocks: list[Block | None] = [
        _answer(trend, asked, report),
        Paragraph(_numbers(trend, report.cohort.n)),
        _means(trend),
        _distribution(trend),
        _course(trend, asked, report),
    ]
    return tuple(block for block in blocks if block is not None)


def _answer(trend: DurationTrend, asked: list[Change], report: TrendReport) -> Paragraph:
    zone = report.scope.zone
    changed = [each for each in asked if each.answer == "changed"]
    known = [each for each in asked if each.q_value is not None]
    if changed:
        return Paragraph((Mark("changed"), f" {_change(trend, changed, zone)} {_family(changed[0])}"))
    if not known or trend.n < _MANY:
        reason = next((each.question.test.reason for each in asked if each.question.test.reason), "")
        have = f"{words.counted(trend.n, 'incident')} {'has' if trend.n == 1 else 'have'} it"
        return Paragraph((Mark("too early to say", "too few to say"), f" {have}{f': {reason}' if reason else ''}."))
    if trend.halves is None or trend.halves.comparison.estimate is None:
        text = f" {_ratio(trend)} What could be asked of it, chance alone is enough for. {_family(known[0])}"
        return Paragraph((Mark("too early to say", "too few to say"), text))
    if trend.metric in {each.metric for each in report.verdict.too_early}:
        text = f" {_ratio(trend)} That leaves room for half as much or twice as much. {_family(known[0])}"
        return Paragraph((Mark("too early to say"), text))
    text = f" {_ratio(trend)} Chance alone is enough for that. {_family(known[0])}"
    return Paragraph((Mark("not changed", "no change found"), text))


def _change(trend: DurationTrend, changed: list[Change], zone: tzinfo) -> str:
    level, sides = trend.level, trend.halves
    if _level_of(changed) and level.before_seconds is not None and level.after_seconds is not None:
        verb = "fell" if level.after_seconds < level.before_seconds else "rose"
        first = (
            f"The median {verb} from {words.duration(level.before_seconds)} (n {level.n_before:,}) to "
            f"{words.duration(level.after_seconds)} (n {level.n_after:,}), between {_day(level.earliest, zone)} and "
            f"{_day(level.latest, zone)}."
        )
        has_ratio = sides is not None and sides.comparison.estimate is not None
        return f"{first} {_ratio(trend)}" if has_ratio else first
    compared = [each for each in changed if isinstance(each.question.test, Comparison)]
    if not compared:
        return f"It moved to another level between {_day(level.earliest, zone)} and {_day(level.latest, zone)}."
    surest = min(compared, key=lambda each: each.q_value or 0.0)
    question = surest.question
    return f"Times of {question.after} are typically {_times(question.test)} those of {question.before}."


def _ratio(trend: DurationTrend) -> str:
    sides = trend.halves
    if sides is None or sides.comparison.estimate is None:
        reason = "there is one period only" if sides is None else sides.comparison.reason
        return f"Its halves cannot be held beside each other: {reason}."
    before, after = _side(sides.before), _side(sides.after)
    return f"Times of {after} are typically {_times(sides.comparison)} those of {before}."


def _side(half: DurationHalf) -> str:
    median = "no median yet" if half.median.estimate is None else f"median {words.duration(half.median.estimate)}"
    open_ones = f", {half.n_open} open" if half.n_open else ""
    return f"{half.label} ({median}, n {half.n:,}{open_ones})"


def _times(test: object) -> str:
    """A ratio with its interval."""
    if not isinstance(test, Comparison) or test.estimate is None:
        return "an unknown number of times"
    if test.low is None or test.high is None:
        return f"{test.estimate:.2f} times"
    return f"{test.estimate:.2f} times ({test.level:.0%} interval {test.low:.2f} to {test.high:.2f})".replace("%", " %")


def _family(change: Change) -> str:
    return f"Judged among {words.counted(change.n_questions, 'question')} together."


def _level_of(asked: list[Change]) -> Change | None:
    return next((each for each in asked if isinstance(each.question.test, ChangePoint)), None)


def _numbers(trend: DurationTrend, n: int) -> str:
    open_ones = f", {trend.n_open:,} of them still open and counted as at least so old" if trend.n_open else ""
    ranges = f" Of {words.counted(trend.ranges, 'range')} the middle is taken." if trend.ranges else ""
    told = f"Median {with_interval(trend.median)}; nine of ten within {with_interval(trend.p90)}."
    if trend.n == 1:
        told = "" if trend.median.estimate is None else f"It took {words.duration(trend.median.estimate)}."
    return f"{told} n {trend.n:,} of {n:,}{open_ones}.{ranges} {left_out(trend.left_out)}".strip()


def _means(trend: DurationTrend) -> Paragraph | None:
    """The means of the halves, greyed; None where nobody asked for them."""
    sides = trend.halves
    before, after = (sides.before.mean, sides.after.mean) if sides else (None, None)
    if sides is None or before is None or after is None or not before.seconds or after.seconds is None:
        return None
    told = (
        f"Means, as asked for: {words.duration(before.seconds)} in {sides.before.label} and "
        f"{words.duration(after.seconds)} in {sides.after.label}, "
        f"{100 * (after.seconds / before.seconds - 1):+.0f} %. One incident alone carries "
        f"{100 * (before.longest_share or 0):.0f} % and {100 * (after.longest_share or 0):.0f} % of them: "
        "a mean moves with its longest incident, and says nothing of change."
    )
    return Paragraph((Quiet(told),))


def with_interval(found: Estimate) -> str:
    """A duration with its interval, or why there is none.

    >>> from incident_analytics.analysis.statistics.estimate import Estimate
    >>> with_interval(Estimate(120.0, 60.0, 180.0, 9)), with_interval(Estimate(None, None, None, 1, reason="open"))
    ('2 min (95 % interval 1 min to 3 min)', 'unknown (open)')
    """
    if found.estimate is None:
        return f"unknown ({found.reason})"
    told = words.duration(found.estimate)
    if found.low is None:
        return f"{told} (no interval: {found.reason})"
    if found.high is None:
        return f"{told} (at least {words.duration(found.low)}; {found.reason})"
    level = f"{found.level:.0%}".replace("%", " %")
    return f"{told} ({level} interval {words.duration(found.low)} to {words.duration(found.high)})"


def _distribution(trend: DurationTrend) -> FigureBlock | None:
    title = f"{words.title_of(trend.metric)}: share of incidents done within a time"
    sides = trend.halves
    if trend.n < _MANY:
        return None
    if sides is None or not sides.before.n or not sides.after.n:
        caption = "Each step is an incident. The band is the 95 % interval."
        return share_done_figure([Curve(f"all, n {trend.n:,}", trend.curve)], title=title, caption=caption)
    curves = [_curve(sides.before, is_before=True), _curve(sides.after, is_before=False)]
    ratio = f"Ratio of typical times {_times(sides.comparison)}" if sides.comparison.estimate else "No ratio of so few"
    watched = " Open incidents count for as long as they were watched." if trend.n_open else ""
    caption = f"{ratio.replace(' times (', ' (')}.{watched}"
    return share_done_figure(curves, title=title, caption=caption)


def _curve(half: DurationHalf, *, is_before: bool) -> Curve:
    return Curve(f"{half.label}, n {half.n:,}", half.curve, is_before)


def _course(trend: DurationTrend, asked: list[Change], report: TrendReport) -> FigureBlock | None:
    period, change = report.cohort.period, _level_of(asked)
    is_changed = change is not None and change.answer == "changed"
    hollow = any(each.n and not each.median.has_interval for each in trend.periods)
    dots = (
        f"A dot is a {period}'s median, its line the 95 % interval{'; hollow where there is none' if hollow else ''}."
    )
    return duration_trend_figure(
        trend,
        title=f"{words.title_of(trend.metric)}, median of each {period}",
        caption=f"{_seen(trend, period, report.scope.zone, is_changed=is_changed)} {dots} The scale is logarithmic.",
        change=change,
    )


def _seen(trend: DurationTrend, period: str, zone: tzinfo, *, is_changed: bool) -> str:
    level, chart = trend.level, trend.chart
    if is_changed:
        where = f"between {_day(level.earliest, zone)} and {_day(level.latest, zone)}"
        return f"The change lies {where} (shaded); level lines are the medians before and after."
    if chart.centre_seconds is None:
        return f"No limits: {chart.reason}."
    if chart.signals:
        return f"Outside the dotted natural limits: {', '.join(chart.signals)}. That is a signal to look, not a change."
    return f"No {period} lies outside the dotted natural limits, so none calls for an explanation of its own."


def _day(at: datetime | None, zone: tzinfo) -> str:
    if at is None:
        return "an unknown day"
    local = at.astimezone(zone)
    return f"{local.day} {local:%b %Y}"
