"""What could we see: the smallest changes that so few incidents would show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Callout

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.detectable import DetectableCount
    from incident_analytics.analysis.trends.visible import VisibleDuration
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport


def visible(report: TrendReport) -> tuple[Block, ...]:
    """The box that says which changes would have stayed invisible."""
    seen, period = report.visible, report.cohort.period
    told = [line for each in seen.durations if (line := _duration(each, period))]
    title = "With so few incidents no change could be seen."
    main = next((each for each in reversed(seen.durations) if each.neighbours is not None), None)
    if main is not None and main.neighbours is not None and main.neighbours.reduction is not None:
        title = (
            f"With {main.neighbours.n_before} incidents a {period}, a reduction of "
            f"{_lower(main.metric)} by less than {_percent(main.neighbours.reduction)} mostly stays invisible."
        )
    counts = "" if seen.counts is None else _counts(seen.counts, period)
    how = f"Found means in {_percent(seen.power)} of such cases, by one test alone; among many questions it takes more."
    return (Callout(title, " ".join([*told, counts, how]).replace("  ", " "), "note"),)


def _duration(told: VisibleDuration, period: str) -> str:
    name = words.title_of(told.metric)
    if told.spread is None or told.n_wanted is None:
        return f"{name}: {told.reason}." if told.reason else ""
    parts = []
    if told.neighbours is not None and told.neighbours.reduction is not None:
        parts.append(f"one {period} beside the next shows reductions from {_percent(told.neighbours.reduction)} on")
    if told.halves is not None and told.halves.reduction is not None:
        parts.append(f"the earlier half beside the later from {_percent(told.halves.reduction)} on")
    parts.append(f"25 % takes {words.count(told.n_wanted)} incidents before and as many after")
    return f"{name}: {', '.join(parts)}."


def _counts(told: DetectableCount, period: str) -> str:
    most = f"more than {words.count(told.most)} a {period} would stand out from the usual {words.count(told.expected)}"
    if told.fewest is None:
        return f"Counts: {most}, and none at all would not."
    return f"Counts: fewer than {words.count(told.fewest)} or {most}."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _lower(metric: str) -> str:
    return words.title_of(metric).lower()
