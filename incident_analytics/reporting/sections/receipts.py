"""Receipts: for every number its definition, its ends with their places, and its doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Footer, Receipts
from incident_analytics.reporting.sections.receipt import receipt
from incident_analytics.version import __version__

if TYPE_CHECKING:
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.post_mortem import PostMortem


def receipts(report: PostMortem) -> tuple[Block, ...]:
    """The receipt of each metric, and below them what the page was made from."""
    return (
        Receipts(tuple(receipt(metric, report) for metric in report.measurements.values())),
        Footer(_made_from(report)),
    )


def _made_from(report: PostMortem) -> str:
    chosen = "as asked" if report.is_as_of_given else "the latest instant in the files"
    as_of = f"{words.moment(report.as_of, report.zone)} {report.zone_name}"
    evidence = f", manifest {report.integrity.fingerprint[:8]}" if report.integrity.listed is not None else ""
    redacted = [line for line in report.ledger if line.redacted is not None]
    without = ""
    if redacted:
        queries = sum(line.redacted or 0 for line in redacted if line.kind == "database")
        records = sum(line.redacted or 0 for line in redacted if line.kind == "logs")
        both = f"{words.counted(queries, 'query', 'queries')} and {words.counted(records, 'log record')}"
        is_secret = any("secrets" in note for line in redacted for note in line.notes)
        what = "Values of queries and secrets" if is_secret else "Values of queries"
        without = f" {what} are left out, as asked: ? stands for them in {both}."
    return (
        f"Made from {report.incident.id}{evidence}, as of {as_of} ({chosen}), "
        f"compared with the runbook “{report.runbook.name}”, incident_analytics {__version__}.{without}"
    )
