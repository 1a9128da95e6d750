"""Changes: which recorded change may have begun the incident, what speaks for it and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Check, Checks, Code, Column, Folded, Paragraph, Strong, Table

if TYPE_CHECKING:
    from incident_analytics.analysis.changes import Candidate, Reason
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_CAVEAT = "A candidate is where to look first. Nothing here says that it caused the incident; people decide that."
_RULE = (
    "A change within 30 minutes before the start gets 3 points, within 2 hours 2, within a day 0, earlier −1; nearness "
    "counts for nothing where such changes come so often that every second stretch as long has one. It gets 2 for an "
    "affected service, −3 where it names others only; 3 where the impact ended within 10 minutes of undoing it, −4 "
    "where it went on (1 and −2 where the entry names nothing and the last deploy is taken), −1 where it ended "
    "without; 1 for new warnings of its service. From 4 on it is a strong candidate, from 2 possible, below that "
    "unlikely. What takes another change back is no candidate. Points are no probability."
)
_SHOWN_IN_FULL: Final = 2
_MOST_ROWS: Final = 25


def changes(report: PostMortem) -> tuple[Block, ...]:
    """The answer in a sentence, the candidates with their evidence, and folded the changes that did not begin it."""
    found = report.changes
    if found.answer == "no change recorded":
        text = "Whether a change began this cannot be told: no deploy, configuration or other change is recorded."
        return (Paragraph(text),)
    if found.answer == "no start known":
        return (Paragraph("Whether a change began this cannot be told: no start of the impact is known."),)
    shown = found.reached[:_SHOWN_IN_FULL]
    others = tuple(each for each in found.candidates if each not in shown and each.grade != "came after")
    after = tuple(each for each in found.candidates if each.grade == "came after")
    blocks: list[Block] = [Paragraph(_answer(report)), *(_in_full(each, report) for each in shown)]
    if others:
        more = "other change" if shown else "change"
        blocks.append(Folded(f"{words.counted(len(others), more)} before the start", (_before(others, report),)))
    if after:
        summary = f"{words.counted(len(after), 'change')} after the start, which cannot have begun it"
        blocks.append(Folded(summary, (_after(after, report),)))
    blocks.append(Folded("How changes are graded", _grading(report)))
    return tuple(blocks)


def _answer(report: PostMortem) -> Inline:
    found = report.changes
    if found.answer == "no impact seen":
        number = words.counted(len(found.candidates), "change")
        text = f" {number} {'is' if len(found.candidates) == 1 else 'are'} recorded; that one lies near the start "
        text += "means nothing where nothing is seen to have begun."
        return (Strong("None of these can be told: the evidence shows no impact."), f"{text} {_start(report)}")
    if not found.reached:
        return (Strong("None of these."), f" {_none(report)} {_start(report)}")
    best = found.reached[0]
    others = len(found.reached) - 1
    also = f" {words.counted(others, 'more change')} may have too." if others else ""
    grade = "a strong candidate" if best.grade == "strong candidate" else "a possible candidate"
    start = report.changes.bounds.start
    before = f"{words.duration(best.seconds_before)} before {start.words if start else 'the start'}"
    return (
        Strong(f"{words.shortened(best.change.text)} is {grade}."),
        f" It came at {_when(best, report)}, {before}.{also} {_CAVEAT}",
    )


def _none(report: PostMortem) -> str:
    found = report.changes
    after = sum(each.grade == "came after" for each in found.candidates)
    total = len(found.candidates)
    if total == 1:
        return "The one recorded change came after the start." if after else "The one recorded change does not fit."
    if after == total:
        return f"All {total} recorded changes came after the start."
    late = f", {after} of them after the start" if after else ""
    return f"{total} changes are recorded{late}, and what is known of them does not fit."


def _start(report: PostMortem) -> str:
    start = report.changes.bounds.start
    if start is None:
        return ""
    told = words.clock_time(start.latest, report.zone)
    return f"They are held against {start.words}, {told} {report.zone_name}."


def _in_full(candidate: Candidate, report: PostMortem) -> Checks:
    """Each piece of evidence, for it first, with its points and place."""
    checks = tuple(
        Check(_state(reason), _sentence(reason), _points(reason), (str(reason.place),) if reason.place else ())
        for reason in sorted(candidate.reasons, key=lambda reason: _ORDER.index(_state(reason)))
    )
    text = words.shortened(candidate.change.text)
    return Checks(checks, f"Evidence for and against {text}, {_when(candidate, report)} {report.zone_name}")


_ORDER: Final = ("for", "against", "neither")


def _state(reason: Reason) -> str:
    return "for" if reason.points > 0 else "against" if reason.points < 0 else "neither"


def _sentence(reason: Reason) -> str:
    return f"{reason.text[:1].upper()}{reason.text[1:]}."


def _points(reason: Reason) -> str:
    if not reason.points:
        return "no points"
    return f"{'+' if reason.points > 0 else '−'}{words.counted(abs(reason.points), 'point')}"


def _before(candidates: tuple[Candidate, ...], report: PostMortem) -> Table:
    columns = (Column("Change"), Column(f"At, {report.zone_name}", "right"), Column("It is"), Column("Evidence"))
    rows = tuple(
        (_named(each), _when(each, report), each.grade, " ".join(_sentence(one) for one in each.reasons if one.points))
        for each in candidates[:_MOST_ROWS]
    )
    return Table("Changes before the start, most points first", columns, rows, note=_hidden(len(candidates)))


def _after(candidates: tuple[Candidate, ...], report: PostMortem) -> Table:
    rows = tuple(
        (_named(each), _when(each, report), words.duration(-each.seconds_before))
        for each in sorted(candidates, key=lambda each: each.change.moment)[:_MOST_ROWS]
    )
    columns = (Column("Change"), Column(f"At, {report.zone_name}", "right"), Column("After the start", "right"))
    return Table("Changes after the start", columns, rows, note=_hidden(len(candidates)))


def _hidden(number: int) -> str:
    return f"The first {_MOST_ROWS} of {number:,}; the JSON twin has them all." if number > _MOST_ROWS else ""


def _named(candidate: Candidate) -> Inline:
    change = candidate.change
    text = f"{words.shortened(change.text)} ({change.sort})"
    return (text, " ", Code(str(change.place))) if change.place else text


def _when(candidate: Candidate, report: PostMortem) -> str:
    moment, start = candidate.change.moment, report.changes.bounds.start
    is_one_day = start is None or moment.astimezone(report.zone).date() == start.latest.astimezone(report.zone).date()
    return (words.clock_time if is_one_day else words.moment)(moment, report.zone)


def _grading(report: PostMortem) -> tuple[Block, ...]:
    affected = "; ".join(f"{each.name} ({' and '.join(each.whys)})" for each in report.changes.affected)
    return (Paragraph(f"{_start(report)} {_RULE}"), Paragraph(f"Affected services: {affected or 'not known'}."))
