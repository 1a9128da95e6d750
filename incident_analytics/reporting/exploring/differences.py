"""Two groups of durations beside each other, many questions at once, and what so few incidents could show at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.comparison import Comparison
from incident_analytics.reporting.blocks import Callout, Column, Table
from incident_analytics.reporting.words import NOTHING, count, counted, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.statistics.detectable import DetectableDuration
    from incident_analytics.analysis.statistics.false_discovery import Change, Tested

_LEAST_TOLD = 0.001


def comparison(found: Comparison, before: str, after: str) -> Table:
    """By how much the second group takes longer, and whether chance alone could do it.

    Args:
        found: What `compare` gave.
        before: The name of the first group.
        after: The name of the second.
    """
    cells = (count(found.n_before), count(found.n_after), count(found.n_open), _ratio(found), _chance(found))
    columns = (
        Column("Typical duration"),
        *(Column(title, "right") for title in (f"n of {before}", f"n of {after}", "Open")),
        *(Column(title) for title in ("Ratio (95 % interval)", "Chance alone")),
    )
    ways = f"{found.method}. A ratio of 0.5 is half as long. One question, asked once: for many see below."
    note = f"{found.reason[0].upper()}{found.reason[1:]}. {ways}" if found.reason else ways
    return Table(f"{after} compared with {before}.", columns, ((f"{after} / {before}", *cells),), note)


def changes(found: Sequence[Change]) -> Table:
    """The answers to all questions, judged together.

    Args:
        found: What `family_of_changes` gave.
    """
    rows = [
        (
            title_of(each.question.metric),
            each.question.before,
            each.question.after,
            _ratio(each.question.test),
            _chance(each.question.test),
            NOTHING if each.q_value is None else _probability(each.q_value),
            each.answer,
        )
        for each in found
    ]
    titles = ("Metric", "Before", "After", "Ratio (95 % interval)", "Chance alone", "Among all questions", "Answer")
    asked = counted(len(found), "question")
    return Table(f"{asked}, judged together.", tuple(Column(title) for title in titles), tuple(rows))


def detectable(found: DetectableDuration) -> Callout:
    """The smallest reduction that so many incidents would mostly show.

    Args:
        found: What `smallest_detectable_reduction` gave.
    """
    groups = f"With {counted(found.n_before, 'incident')} before and {found.n_after:,} after"
    if found.reduction is None:
        return Callout(
            f"{groups} no reduction can be told from chance.", f"{found.reason[0].upper()}{found.reason[1:]}."
        )
    text = f"A smaller one may be there, and would mostly stay unseen ({found.method}, power {_percent(found.power)})."
    title = f"{groups} a reduction of {_percent(found.reduction)} or more would be found"
    return Callout(f"{title} in {_percent(found.power)} of cases.", text, "note")


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _ratio(found: Tested) -> str:
    if not isinstance(found, Comparison) or found.estimate is None:
        return NOTHING
    low, high = (NOTHING if end is None else f"{end:.2f}" for end in (found.low, found.high))
    return f"{found.estimate:.2f} ({low} to {high})"


def _chance(found: Tested) -> str:
    return found.reason or NOTHING if found.p_value is None else f"p {_equals(found.p_value)}"


def _equals(value: float) -> str:
    told = _probability(value)
    return told if told.startswith("<") else f"= {told}"


def _probability(value: float) -> str:
    return f"< {_LEAST_TOLD}" if value < _LEAST_TOLD else f"{value:.3f}"
