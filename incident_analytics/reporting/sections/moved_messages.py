"""Messages that are new at the onset, or came much more or less often than before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Pill, Table

if TYPE_CHECKING:
    from incident_analytics.analysis.logs.moved_templates import MovedTemplates
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_RARE: Final = 0.05
_MOST_SHOWN: Final = 8
_MOST_QUIET: Final = 25
_LONGEST: Final = 100


def moved_messages(report: PostMortem) -> tuple[Block, ...]:
    """A table of those that moved more than quiet stretches do, and folded those that were looked at and are quiet."""
    moved = report.evidence.moved
    if moved is None or moved.frame.is_empty():
        return ()
    has_moved = pl.col("p_value") <= _RARE if moved.placebos else pl.col("is_new") & (pl.col("during") > 0)
    loud, quiet = moved.frame.filter(has_moved), moved.frame.filter(~has_moved)
    table = Table(
        _caption(moved, report),
        _columns(report),
        tuple(_row(row, report) for row in loud.head(_MOST_SHOWN).iter_rows(named=True)),
        note=_note(moved, loud.height),
        empty="Nothing moved more than it does in quiet stretches.",
    )
    if quiet.is_empty():
        return (table,)
    shown = tuple(_row(row, report)[:-1] for row in quiet.head(_MOST_QUIET).iter_rows(named=True))
    of = f", the first {_MOST_QUIET} of {quiet.height:,}" if quiet.height > _MOST_QUIET else ""
    rest = Table(f"Messages that were looked at and are quiet{of}", _columns(report)[:-1], shown)
    return (table, Folded(f"{words.counted(quiet.height, 'other message')} that did not move", (rest,)))


def _columns(report: PostMortem) -> tuple[Column, ...]:
    return (
        Column("Message"),
        Column("Lines", "right"),
        Column("Expected", "right"),
        Column(f"First, {report.zone_name}", "right"),
        Column("It"),
    )


def _row(row: dict[str, object], report: PostMortem) -> tuple[Inline | None, ...]:
    first = row["first_at"]
    state = "is new" if row["is_new"] else "came more often" if float(str(row["g2"] or 0)) > 0 else "came less often"
    return (
        Code(words.shortened(str(row["template"]), _LONGEST)),
        words.count(float(str(row["during"]))),
        None if row["expected"] is None else f"{float(str(row['expected'])):,.1f}",
        None if first is None else words.clock_time(first, report.zone),  # type: ignore[arg-type]  # an instant
        Pill(state),
    )


def _caption(moved: MovedTemplates, report: PostMortem) -> str:
    window = f"{words.clock_time(moved.start, report.zone)} to {words.clock_time(moved.end, report.zone)}"
    return f"Messages that moved at the onset, {window} {report.zone_name}, most moved first"


def _note(moved: MovedTemplates, loud: int) -> str:
    hidden = f"{loud - _MOST_SHOWN} more moved too. " if loud > _MOST_SHOWN else ""
    if not moved.placebos:
        return f"{hidden}Only new messages are shown, without a test: {moved.reason}."
    return (
        f"{hidden}Each moved more than any message did in {moved.placebos} stretches of the same length before it. "
        "That it moved does not make it the cause."
    )
