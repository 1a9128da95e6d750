"""What was done for now, and waits to be reverted or replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Mark, Paragraph, Strong, Table
from incident_analytics.reporting.trend_sections.told import (
    day_of,
    identity,
    left_out_words,
    long_time,
    shortlist,
    with_interval,
)

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.fix_ledger import TemporaryFix
    from incident_analytics.analysis.trends.temporary_fixes import TemporaryFixes
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport


def temporary_fixes(report: TrendReport) -> tuple[Block, ...]:
    """How many are still in place, for how long, and each of them, oldest first."""
    ledger = report.temporary_fixes
    note = left_out_words(ledger.left_out, "step")
    if ledger.n is None:
        return (Paragraph(f"Nothing can be said of temporary fixes: {ledger.reason}."),)
    if not ledger.n:
        return (Paragraph(f"No record tells of a temporary fix. {note}".rstrip()),)
    blocks: list[Block] = [Paragraph(_answer(ledger)), Paragraph(f"{_ages(ledger)} {note}".rstrip())]
    return (*blocks, *shortlist(_oldest(report))) if ledger.oldest else tuple(blocks)


def _answer(ledger: TemporaryFixes) -> Inline:
    fixes = words.counted(ledger.n or 0, "temporary fix", "temporary fixes")
    head = f"{ledger.in_place:,} of {fixes} {'is' if ledger.in_place == 1 else 'are'} still in place."
    ended = [
        f"{count:,} {'was' if count == 1 else 'were'} {word}"
        for count, word in ((ledger.replaced, "replaced"), (ledger.reverted, "reverted"))
        if count
    ]
    others = f" {' and '.join(ended)} since." if ended else ""
    if not ledger.in_place:
        return (Strong(head), others)
    waiting = [f"for {ledger.overdue:,} the lasting fix is overdue"] if ledger.overdue else []
    waiting += [f"for {ledger.without_lasting_fix:,} no lasting fix is promised"] if ledger.without_lasting_fix else []
    told = f" {' and '.join(waiting).capitalize()}." if waiting else ""
    return (Strong(head), f"{others}{told}")


def _ages(ledger: TemporaryFixes) -> str:
    median = ledger.median
    if median.estimate is None:
        return f"How long they stay cannot be told: {median.reason}."
    half = f"Half were replaced or reverted within {with_interval(median)}"
    return f"{half}; {median.n:,} with times, those in place counted for as long as they are."


def _oldest(report: TrendReport) -> Table:
    ledger = report.temporary_fixes
    total = ledger.in_place or 0
    shown = f"the {len(ledger.oldest)} oldest of {total:,}" if total > len(ledger.oldest) else "oldest first"
    columns = (
        Column("Incident", is_whole=True),
        Column("Done for now"),
        Column("In place for", "right"),
        Column("Lasting fix"),
        Column("Owner"),
        Column("Due"),
        Column("State"),
    )
    note = "A fix counts as replaced when every lasting fix among its incident's action items is closed."
    rows = tuple(_row(report, fix) for fix in ledger.oldest)
    return Table(f"Temporary fixes in place, {shown}", columns, rows, note=note)


def _row(report: TrendReport, fix: TemporaryFix) -> tuple[Inline | None, ...]:
    age = None if fix.age_seconds is None else long_time(fix.age_seconds)
    state = Mark("late", "overdue") if fix.is_overdue else Mark("open") if fix.lasting_fix else Mark("late", "no plan")
    return (
        identity(report, fix.incident_id),
        words.shortened(fix.text),
        age,
        words.shortened(fix.lasting_fix) or None,
        fix.owner,
        day_of(fix.due),
        state,
    )
