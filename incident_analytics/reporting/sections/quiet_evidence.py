"""What was examined and found quiet, or could not be judged: messages and metrics, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Table
from incident_analytics.reporting.figures.numbers import compact
from incident_analytics.reporting.sections.moved_messages import lines_expected, messages
from incident_analytics.reporting.sections.moved_series import low_to_high, whole_incident, written
from incident_analytics.reporting.sections.series_names import series_name

if TYPE_CHECKING:
    from incident_analytics.analysis.logs.moved_templates import MovedTemplates
    from incident_analytics.analysis.snapshots.moved_most import Moved, MovedMost
    from incident_analytics.reporting.blocks import Inline
    from incident_analytics.reporting.post_mortem import PostMortem
    from incident_analytics.reporting.sections.moved_messages import Message

_MOST: Final = 25
_LONGEST: Final = 100


def quiet_evidence(report: PostMortem) -> Folded | None:
    """One table, folded; None where all that there is moved."""
    found, moved = report.evidence.moved_metrics, report.evidence.moved
    series = tuple(each for each in found.series if not each.is_moved) if found else ()
    quiet = messages(moved)[1] if moved else ()
    if not series and not quiet:
        return None
    rows = [_of_message(each, moved) for each in quiet[:_MOST] if moved]
    whole = whole_incident(report)
    rows += [_of_series(each, found, whole.get((each.metric, each.labels))) for each in series[:_MOST] if found]
    counts = [words.counted(len(each), kind) for each, kind in ((quiet, "message"), (series, "metric")) if each]
    columns = (
        Column("Message or metric"),
        Column("Before", "right"),
        Column("At the onset", "right"),
        Column("Whole incident", "right"),
        Column("Why it is here"),
    )
    table = Table(
        "What was examined and did not move more than it does in quiet stretches, or cannot be judged",
        columns,
        tuple(rows),
        note=_note(len(quiet), len(series)),
    )
    return Folded(f"Examined and found quiet: {' and '.join(counts)}", (table,))


def _note(n_messages: int, n_series: int) -> str:
    hidden = [
        f"{words.count(n - _MOST)} more {kind}"
        for n, kind in ((n_messages, "messages"), (n_series, "metrics"))
        if n > _MOST
    ]
    more = f" Not shown: {' and '.join(hidden)}." if hidden else ""
    return (
        "Messages: lines expected at the rate of before, and lines counted. Metrics: median of the hour before, and "
        f"the farthest that was held for three minutes.{more}"
    )


def _of_message(each: Message, moved: MovedTemplates) -> tuple[Inline | None, ...]:
    return (
        Code(words.shortened(each.words, _LONGEST)),
        lines_expected(each.expected),
        words.count(each.during),
        None,
        _why(each, moved),
    )


def _why(each: Message, moved: MovedTemplates) -> str:
    if each.p_value is None:
        return f"cannot be told: {moved.reason}"
    as_much = round(each.p_value * (1 + moved.placebos)) - 1
    return f"as much moved in {as_much} of {moved.placebos} quiet stretches"


def _of_series(each: Moved, found: MovedMost, ends: tuple[float, float] | None) -> tuple[Inline | None, ...]:
    before, held = written(each, each.median_before, each.extreme)
    return (series_name(each.metric, each.labels), before, held, low_to_high(each, ends), _because(each, found))


def _because(each: Moved, found: MovedMost) -> str:
    reason = each.reason or found.reason
    if reason or each.score is None or each.quiet_score is None or found.threshold is None:
        return f"cannot be told: {reason}"
    reach = compact(found.threshold * each.quiet_score)
    if not each.score:
        way = {"rises": "up", "falls": "down", "either": "at all"}[each.direction]
        return f"did not move {way}"
    return f"{each.score:.2g} usual spreads; {each.n_placebos} quiet stretches reach {reach}"
