"""What could we see: the smallest changes that so few incidents would show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Callout, Column, Table

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.detectable import DetectableCount, DetectableDuration
    from incident_analytics.analysis.trends.visible import VisibleDuration
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport


def visible(report: TrendReport) -> tuple[Block, ...]:
    """The box that says which changes would have stayed invisible."""
    seen, period = report.visible, report.cohort.period
    title = "With so few incidents no change could be seen."
    main = next((each for each in reversed(seen.durations) if each.neighbours is not None), None)
    if main is not None and main.neighbours is not None and main.neighbours.reduction is not None:
        title = (
            f"With {main.neighbours.n_before} incidents a {period}, a reduction of "
            f"{_lower(main.metric)} by less than {_percent(main.neighbours.reduction)} mostly stays invisible."
        )
    counts = "" if seen.counts is None else _counts(seen.counts, period)
    how = f"Found means in {_percent(seen.power)} of such cases, by one test alone; among many questions it takes more."
    table = Table(
        "The smallest reduction that would mostly be found",
        (
            Column("Duration"),
            Column(f"One {period} beside the next", "right"),
            Column("The earlier half beside the later", "right"),
            Column("Incidents to see 25 %, before and after", "right"),
        ),
        tuple(_row(each) for each in seen.durations),
    )
    return (Callout(title, f"{counts} {how}".strip(), "note"), table)


def _row(told: VisibleDuration) -> tuple[Inline | None, ...]:
    wanted = None if told.n_wanted is None else f"{words.count(told.n_wanted)} each"
    name = words.title_of(told.metric)
    if told.reason:
        name = f"{name} ({told.reason})"
    return (name, _reduction(told.neighbours), _reduction(told.halves), wanted)


def _reduction(found: DetectableDuration | None) -> str | None:
    return None if found is None or found.reduction is None else _percent(found.reduction)


def _counts(told: DetectableCount, period: str) -> str:
    most = f"more than {words.count(told.most)} a {period} would stand out from the usual {words.count(told.expected)}"
    if told.fewest is None:
        return f"Counts: {most}, and none at all would not."
    return f"Counts: fewer than {words.count(told.fewest)} or {most}."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _lower(metric: str) -> str:
    return words.title_of(metric).lower()
