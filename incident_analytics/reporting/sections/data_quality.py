"""Data quality: what is doubtful, how complete the record is, and what was read from each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Column, Folded, Mark, Paragraph, Table
from incident_analytics.reporting.sections.clocks import clocks

if TYPE_CHECKING:
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_MOST_UNREAD = 3


def data_quality(report: PostMortem) -> tuple[Block, ...]:
    """The findings, the compared clocks, the completeness of the record, the state of the evidence, and the ledger."""
    return (Paragraph(_sentence(report)), _findings(report), *clocks(report), *_missing(report), _ledger(report))


def _sentence(report: PostMortem) -> str:
    read = [line for line in report.ledger if line.kind == "logs"]
    unreadable = sum(line.unreadable for line in report.ledger)
    parts = [f"The record is {report.completeness.score:.0f} % complete."]
    if read:
        parts.append(f"{words.count(report.evidence.log_lines)} log lines were read.")
    if unreadable:
        kept = "it is" if unreadable == 1 else "they are"
        parts.append(f"{words.counted(unreadable, 'line')} or rows could not be understood; {kept} kept and counted.")
    return " ".join([*parts, _integrity(report)])


def _integrity(report: PostMortem) -> str:
    integrity = report.integrity
    if integrity.listed is None:
        return "There is no manifest, so nobody can tell whether the evidence is what was received."
    if integrity.is_intact:
        files = words.counted(integrity.listed, "file")
        return f"The evidence is intact: {files} match the manifest {integrity.fingerprint[:8]}."
    return "The evidence is not what the manifest lists; see the findings."


def _findings(report: PostMortem) -> Table:
    rows = tuple(
        (Mark(finding.level), finding.message, Code(str(finding.where)) if finding.where else None)
        for finding in report.findings
    )
    columns = (Column("Level"), Column("What is doubtful"), Column("Stands in"))
    return Table(words.counted(len(rows), "finding"), columns, rows, empty="Nothing is doubtful.")


def _missing(report: PostMortem) -> tuple[Block, ...]:
    if not report.completeness.missing:
        return ()
    rows = tuple((fact, why) for fact, why in report.completeness.missing)
    table = Table("What the record does not say", (Column("Missing"), Column("Why it matters")), rows)
    return (Folded(f"{words.counted(len(rows), 'fact')} missing from the record", (table,)),)


def _ledger(report: PostMortem) -> Folded:
    columns = (
        Column("File"),
        Column("Read as"),
        Column("Rows", "right"),
        Column("Not understood", "right"),
        Column("To know"),
    )
    told = [line for line in report.ledger if line.reader != "query"]  # told beside the answer it asked for
    unknown = [line for line in told if line.kind == "other" and not line.reader]
    folded = unknown if len(unknown) > _MOST_UNREAD else []
    rows: list[tuple[Inline | None, ...]] = [
        (
            Code(line.file),
            line.reader or line.kind,
            words.count(line.rows) if line.reader else None,
            words.count(line.unreadable) if line.unreadable else None,
            "; ".join(line.notes) or None,
        )
        for line in told
        if line not in folded
    ]
    if folded:
        rows.append((f"{words.counted(len(folded), 'file')} of unknown kind were not read", None, None, None, None))
    table = Table("Every file of the bundle and what was read from it", columns, tuple(rows))
    return Folded(f"{words.counted(sum(bool(line.reader) for line in told), 'file')} read", (table,))
