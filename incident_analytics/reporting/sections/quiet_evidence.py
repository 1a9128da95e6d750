"""What was examined and found quiet or cannot be told: messages, metrics, known patterns, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Table
from incident_analytics.reporting.figures.numbers import plain
from incident_analytics.reporting.sections.moved_messages import lines_expected, messages
from incident_analytics.reporting.sections.moved_series import from_to, low_to_high, whole_incident
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
    grown = _grown(report)
    for each in series[:_MOST]:
        if found is None:
            break
        name, moves, ends, why = _of_series(each, found, whole.get((each.metric, each.labels)))
        rows.append((name, moves, ends, f"{why}{grown.get((each.metric, each.labels), '')}"))
    rows += _of_patterns(report)
    counts = [words.counted(len(each), kind) for each, kind in ((quiet, "message"), (series, "metric")) if each]
    unlike = len(rows) - min(len(quiet), _MOST) - min(len(series), _MOST)
    counts += [words.counted(unlike, "known pattern")] if unlike else []
    columns = (
        Column("Message, metric or pattern"),
        Column("Before, and at the onset", "right"),
        Column("Whole incident", "right"),
        Column("Why it is here"),
    )
    table = Table(
        "What was examined and did not move more than it does in quiet stretches, or cannot be told",
        columns,
        tuple(rows),
        note=_note(len(quiet), len(series)),
    )
    return Folded(f"Examined and found quiet: {_listed(counts)}", (table,))


def _grown(report: PostMortem) -> dict[tuple[str, str], str]:
    """What known patterns tell of a series that grew steadily: slow growth leaves no level at once."""
    told = [one for each in report.patterns.ranked for one in each.of("for") if one.kind == "grows_steadily"]
    return {
        (
            one.subject,
            one.labels,
        ): f"; it grew steadily from {words.clock_time(one.at, report.zone)} on, see Known patterns"
        for one in told
        if one.at is not None
    }


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _of_patterns(report: PostMortem) -> list[tuple[Inline | None, ...]]:
    """The known patterns that it does not resemble; none where that cannot be told."""
    found = report.patterns
    if found.answer == "cannot be told":
        return []
    return [
        (
            f"Pattern: {each.pattern.name}",
            None,
            None,
            f"not resembled: {len(each.of('for'))} for it, {len(each.of('against'))} against it",
        )
        for each in found.ranked
        if each not in found.resembling
    ]


def _note(n_messages: int, n_series: int) -> str:
    hidden = [
        f"{words.count(n - _MOST)} more {kind}"
        for n, kind in ((n_messages, "messages"), (n_series, "metrics"))
        if n > _MOST
    ]
    more = f" Not shown: {' and '.join(hidden)}." if hidden else ""
    return (
        "Messages: lines expected at the rate of before, and lines that came. Metrics: median of the hour before to "
        f"the farthest median of three minutes; whole incident: lowest to highest.{more}"
    )


def _of_message(each: Message, moved: MovedTemplates) -> tuple[Inline | None, ...]:
    came = words.counted(each.during, "line")
    expected = lines_expected(each.expected)
    return (
        Code(words.shortened(each.words, _LONGEST)),
        came if expected is None else f"{expected} expected, {came}",
        None,
        _why(each, moved),
    )


def _why(each: Message, moved: MovedTemplates) -> str:
    if each.p_value is None:
        return f"cannot be told: {moved.reason}"
    as_much = round(each.p_value * (1 + moved.placebos)) - 1
    return f"{as_much} of {moved.placebos} quiet stretches moved as much"


def _of_series(each: Moved, found: MovedMost, ends: tuple[float, float] | None) -> tuple[Inline | None, ...]:
    shown = None if each.extreme is None else from_to(each, each.median_before, each.extreme)
    return (series_name(each.metric, each.labels), shown, low_to_high(each, ends), _because(each, found))


def _because(each: Moved, found: MovedMost) -> str:
    reason = each.reason or found.reason
    if reason or each.score is None or each.quiet_score is None or found.threshold is None:
        return f"cannot be told: {reason}"
    reach = plain(found.threshold * each.quiet_score)
    if not each.score:
        way = {"rises": "up", "falls": "down", "either": "at all"}[each.direction]
        return f"did not move {way}"
    return f"{each.score:.2g} usual spreads; {each.n_placebos} quiet stretches reach {reach}"
