"""Changes: which recorded change may have begun the incident, what speaks for it and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Paragraph, Pill, Strong, Table

if TYPE_CHECKING:
    from incident_analytics.analysis.changes import Candidate, Reason
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_CAVEAT = "A candidate is where to look first. Nothing here says that it caused the incident; people decide that."
_RULE = (
    "A change within 30 minutes before the start gets 3 points, within 2 hours 2, within a day 0, earlier −1; nearness "
    "counts for nothing where such changes come so often that every second stretch as long has one. It gets 2 for an "
    "affected service, −3 where it names others only; 3 where the impact ended within 10 minutes of undoing it, −4 "
    "where it went on, −1 where it ended without; 1 for new warnings of its service. From 4 on it is a strong "
    "candidate, from 2 possible, below that unlikely. Points are no probability."
)


def changes(report: PostMortem) -> tuple[Block, ...]:
    """The answer in a sentence, the changes before the start with their evidence, and folded those that came after."""
    found = report.changes
    if found.answer == "no change recorded":
        text = "Whether a change began this cannot be told: no deploy, configuration or other change is recorded."
        return (Paragraph(text),)
    if found.answer == "no start known":
        return (Paragraph("Whether a change began this cannot be told: no start of the impact is known."),)
    before = [each for each in found.candidates if each.grade != "came after"]
    shown = [each for each in before if each.is_candidate]
    rest = [each for each in before if not each.is_candidate]
    blocks: list[Block] = [Paragraph(_answer(report))]
    if shown:
        blocks.append(_table("Candidates, most evidence first", shown, report))
    if rest:
        name = "change" if not shown else "other change"
        summary = f"{words.counted(len(rest), name)} before the start, unlikely to have begun it"
        blocks.append(Folded(summary, (_table("Changes before the start that do not fit", rest, report),)))
    after = [each for each in found.candidates if each.grade == "came after"]
    if after:
        summary = f"{words.counted(len(after), 'change')} after the start, which cannot have begun it"
        blocks.append(Folded(summary, (_after(after, report),)))
    blocks.append(Folded("How changes are graded", _grading(before, report)))
    return tuple(blocks)


def _answer(report: PostMortem) -> Inline:
    found = report.changes
    if not found.reached:
        return (Strong("None of these."), f" {_none(report)} {_start(report)}")
    best = found.reached[0]
    others = len(found.reached) - 1
    also = f" {words.counted(others, 'more change')} {'is' if others == 1 else 'are'} possible." if others else ""
    grade = "a strong candidate" if best.grade == "strong candidate" else "a possible candidate"
    what = f"{words.shortened(best.change.text)}, {words.clock_time(best.change.moment, report.zone)}"
    return (Strong(f"{what}, is {grade}."), f" It came {_lead(best, report)}.{also} {_CAVEAT}")


def _none(report: PostMortem) -> str:
    found = report.changes
    after = sum(each.grade == "came after" for each in found.candidates)
    total = len(found.candidates)
    if total == 1:
        return "The one recorded change came after the start." if after else "The one recorded change does not fit."
    if after == total:
        return f"All {total} recorded changes came after the start."
    late = f", {after} of them came after the start" if after else ""
    return f"{total} changes are recorded{late}, and what is known of them does not fit."


def _start(report: PostMortem) -> str:
    start = report.changes.bounds.start
    if start is None:
        return ""
    return f"Held against {start.words}, {words.clock_time(start.latest, report.zone)}."


def _lead(candidate: Candidate, report: PostMortem) -> str:
    start = report.changes.bounds.start
    return f"{words.duration(candidate.seconds_before)} before {start.words if start else 'the start'}"


def _table(caption: str, candidates: list[Candidate], report: PostMortem) -> Table:
    columns = (
        Column("Change"),
        Column(f"At, {report.zone_name}", "right"),
        Column("It is", is_whole=True),
        Column("For it"),
        Column("Against it"),
    )
    rows = tuple(
        (
            _named(each),
            _when(each, report),
            Pill(each.grade),
            _told(each.speaks_for),
            _told(each.speaks_against),
        )
        for each in candidates
    )
    return Table(caption, columns, rows)


def _named(candidate: Candidate) -> Inline:
    change = candidate.change
    text = f"{words.shortened(change.text)} ({change.sort})"
    return (text, " ", Code(str(change.place))) if change.place else text


def _when(candidate: Candidate, report: PostMortem) -> str:
    moment, start = candidate.change.moment, report.changes.bounds.start
    is_one_day = start is None or moment.astimezone(report.zone).date() == start.latest.astimezone(report.zone).date()
    return (words.clock_time if is_one_day else words.moment)(moment, report.zone)


def _told(reasons: tuple[Reason, ...]) -> Inline | None:
    return " ".join(f"{_sentence(reason)}." for reason in reasons) or None


def _points(reason: Reason) -> str:
    return f"+{reason.points}" if reason.points > 0 else f"{reason.points}".replace("-", "−")


def _sentence(reason: Reason) -> str:
    return f"{reason.text[:1].upper()}{reason.text[1:]}"


def _after(candidates: list[Candidate], report: PostMortem) -> Table:
    rows = tuple(
        (_named(each), _when(each, report), words.duration(-each.seconds_before))
        for each in sorted(candidates, key=lambda each: each.change.moment)
    )
    columns = (Column("Change"), Column(f"At, {report.zone_name}", "right"), Column("After the start", "right"))
    return Table("Changes after the start", columns, rows)


def _grading(candidates: list[Candidate], report: PostMortem) -> tuple[Block, ...]:
    rows = tuple(
        (
            words.shortened(each.change.text),
            _points(reason),
            _sentence(reason),
            Code(str(reason.place)) if reason.place else None,
        )
        for each in candidates
        for reason in each.reasons
    )
    columns = (Column("Change"), Column("Points", "right"), Column("Evidence"), Column("Stands in"))
    affected = "; ".join(f"{each.name}: {' and '.join(each.whys)}" for each in report.changes.affected)
    note = f"Affected services: {affected or 'not known'}."
    table = Table("Every piece of evidence", columns, rows, note=note, empty="No change came before the start.")
    return (Paragraph(f"{_start(report)} {_RULE}"), table)
