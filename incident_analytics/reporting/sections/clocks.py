"""Clocks compared: each two sources and services that tell the same, and whether their clocks agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Folded, Mark, Paragraph, Strong, Table

if TYPE_CHECKING:
    from incident_analytics.analysis.source_clocks import Offset, RequestClocks, ServerDates
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

Row = tuple["Inline | None", ...]
_AGREE, _DIFFER = Mark("agrees", "agree"), Mark("differs", "differ")
_UP_TO_SECONDS, _LEAST_SHOWN = 60, 0.1
_MOST_FILES = 3


def clocks(report: PostMortem) -> tuple[Block, ...]:
    """Folded: which clocks were compared, by how much, and where it cannot be told; nothing where none could be."""
    found = report.clocks_compared
    rows = [_source(each) for each in found.offsets]
    rows += [_service(each) for each in found.requests] + [_dated(each) for each in found.dates]
    if not rows:
        return ()
    told = len(found.told) + sum(each.is_told for each in found.requests) + sum(each.is_told for each in found.dates)
    unknown = sum(each.seconds is None for each in found.offsets)
    agree = len(rows) - told - unknown
    parts = [f"{told} {'differs' if told == 1 else 'differ'}"] if told else []
    parts += [f"{agree} {'agrees' if agree == 1 else 'agree'}"] if agree else []
    parts += [f"{unknown} cannot be told"] if unknown else []
    columns = (
        Column("Clock of"),
        Column("Against"),
        Column("Told by both", "right"),
        Column("Later by"),
        Column("They"),
    )
    note = "A source that always writes some time later looks like a clock that is ahead. No time was changed."
    table = Table("Clocks compared by what both tell", columns, tuple(rows), note=note)
    return (
        *skewed_clocks(report),
        Folded(f"{words.counted(len(rows), 'comparison')} of clocks: {', '.join(parts)}", (table,)),
    )


def skewed_clocks(report: PostMortem) -> tuple[Paragraph, ...]:
    """Services whose logs look whole, half or quarter hours off: told also where numbers rest on them."""
    return tuple(_skewed(each) for each in report.clocks_compared.skewed_services)


def _skewed(each: RequestClocks) -> Paragraph:
    """Said openly, as every number that rests on these lines has them at a wrong time."""
    apart, ids = words.duration(each.zone_seconds or each.seconds), f"{each.n:,} {each.by} ids that both write"
    rest = (
        "Nothing was shifted. Errors per minute, users, first errors and what moved have these lines where they are "
        "written, so what they show of that service lies at the wrong time."
    )
    if not each.odd:
        text = f"The times of {each.service} lie {apart} after those of {each.against}, by {ids}; one is wrong."
        return Paragraph((Strong(text), f" {rest}"))
    is_ahead = each.odd == each.service
    other = each.against if is_ahead else each.service
    files = ", ".join(each.files[:_MOST_FILES]) + (" and more" if len(each.files) > _MOST_FILES else "")
    text = f"The times of {each.odd} look {apart} {'ahead' if is_ahead else 'behind'} ({files})"
    return Paragraph((Strong(text), f": by {ids}, held against {other}. {rest}"))


def _source(each: Offset) -> Row:
    apart = None if each.seconds is None else _apart(each.seconds)
    if each.seconds is None:
        return (
            each.source,
            each.against,
            words.count(each.n),
            None,
            (Mark("unknown", "cannot be told:"), f" {each.reason}"),
        )
    verdict: Inline = _DIFFER if each.is_told else (_AGREE, f" {each.reason}")
    return (each.source, each.against, words.count(each.n), apart, verdict)


def _service(each: RequestClocks) -> Row:
    verdict = _DIFFER if each.is_told else _AGREE
    return (each.service, each.against, words.count(each.n), _apart(each.seconds), verdict)


def _dated(each: ServerDates) -> Row:
    verdict = _DIFFER if each.is_told else _AGREE
    return (each.service or None, "the servers that answer it", words.count(each.n), _apart(each.seconds), verdict)


def _apart(seconds: float) -> str:
    """Seconds with a tenth up to a minute, as clocks differ by little."""
    if abs(seconds) < _LEAST_SHOWN / 2:
        return f"under {_LEAST_SHOWN} s"
    if abs(seconds) < _UP_TO_SECONDS:
        return f"{round(seconds, 1):g} s".replace("-", "−")
    return words.duration(seconds)
