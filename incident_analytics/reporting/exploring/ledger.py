"""What became of every row of a history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import Block, Column, Header, Table
from incident_analytics.reporting.words import count, counted, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incident_analytics.sources.histories import History, HistoryLedger


def ledger(history: History) -> tuple[Block, ...]:
    """The top of the page and the account of what was read: nothing is left out in silence."""
    read = history.ledger
    seen = f"seen from {moment(history.as_of)} UTC" if history.as_of else "nothing in it has a time"
    header = Header("Explore", "A history of incidents", None, (counted(read.incidents, "incident"), seen))
    rows = [("Rows read", count(read.rows), "")]
    rows += [("Rows merged", count(read.merged), "they tell of an incident that another row tells of")]
    rows += [("Rows left out", count(each.count), each.reason) for each in read.dropped]
    rows += [("Incidents in the frame", count(read.incidents), "")]
    rows += _doubts(read)
    columns = (Column("What"), Column("Count", "right"), Column("Which"))
    return header, Table("What became of every row.", columns, tuple(rows))


def _doubts(read: HistoryLedger) -> Iterator[tuple[str, str, str]]:
    for each in read.unread:
        yield "Values that could not be read", count(each.count), each.reason
    for written, number in read.unknown_severities.items():
        yield "Unknown severity", count(number), f"written as {written}" if written else "none is written"
    for pair, number in read.negative_durations.items():
        yield "Ends before it begins", count(number), pair
    for zone, number in read.zones_assumed.items():
        yield "Times without a zone", count(number), f"read in {zone}"
    if len(read.currencies) > 1:
        yield (
            "Amounts",
            count(sum(read.currencies.values())),
            f"in {', '.join(each or 'none' for each in read.currencies)}",
        )
