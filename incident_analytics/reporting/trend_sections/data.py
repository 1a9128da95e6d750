"""The ledger: what became of every row that was read, and everything that was assumed, doubtful or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Mark, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

_SHORT = 12


def data(report: TrendReport) -> tuple[Block, ...]:
    """In a sentence what was read, then the findings, what was left out and why, and the files."""
    history = report.history
    findings = tuple((Mark(each.level), each.message) for each in history.findings)
    columns = (Column("What"), Column("How many", "right"), Column("For example"))
    files = tuple((each.file, words.count(each.size), Code(each.sha256[:_SHORT])) for each in history.fingerprints)
    heads = (Column("File"), Column("Bytes", "right"), Column("SHA-256"))
    return (
        Paragraph(_sentence(report)),
        Table(
            words.counted(len(findings), "finding"),
            (Column("Level"), Column("What is doubtful")),
            findings,
            empty="Nothing is doubtful.",
        ),
        Table("Left out, assumed and doubtful", columns, tuple(_rows(report)), empty="Nothing."),
        Folded("Files", (Table("What was read", heads, files, empty="No file."),)),
    )


def _sentence(report: TrendReport) -> str:
    ledger = report.history.ledger
    dropped = f"{words.count(ledger.rows_dropped)} left out"
    zones = sum(ledger.zones_assumed.values())
    return (
        f"{words.counted(ledger.rows, 'row')} read: {words.counted(ledger.incidents, 'incident')}, "
        f"{words.count(ledger.merged)} merged with another row of the same incident, {dropped}. "
        f"Of them {words.count(report.cohort.n)} are looked at. Times without a zone: {words.count(zones)}."
    )


def _rows(report: TrendReport) -> Iterator[tuple[Inline | None, ...]]:
    ledger = report.history.ledger
    for what, counted in (("Row left out", ledger.dropped), ("Not read", ledger.unread)):
        for each in counted:
            yield f"{what}: {each.reason}", words.count(each.count), ", ".join(map(str, each.examples)) or None
    for left_out in report.cohort.left_out:
        yield f"Not looked at: {left_out.reason}", words.count(left_out.count), ", ".join(left_out.examples) or None
    yield from _counts("Severity not known", ledger.unknown_severities, "none written")
    yield from _counts("Time read as", ledger.zones_assumed, "")
    yield from _counts("Amounts, never summed with another currency", ledger.currencies, "no currency")
    yield from _counts("Ends before it begins", ledger.negative_durations, "")
    yield from _counts("Rows of one incident differ in", ledger.rows_differ, "")
    yield from _counts("Doubt", ledger.doubts, "")


def _counts(what: str, counts: Mapping[str, int], nothing: str) -> Iterator[tuple[Inline | None, ...]]:
    for name, count in counts.items():
        yield f"{what}: {name or nothing}", words.count(count), None
