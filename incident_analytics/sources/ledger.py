"""What was read from each file, and what could not be: nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class FileReading:
    """One line of the ledger: a file, who read it and how much of it was understood.

    Args:
        file: Path relative to the bundle, with forward slashes.
        kind: record, timeline, alerts, logs, metrics, database, prose, manifest or other.
        reader: The reader that took it, such as ``pino`` or ``prometheus``; empty where none did.
        rows: Rows, lines or samples read, the unreadable ones included.
        unreadable: How many of them could not be understood (they are kept).
        first_at: The earliest instant in it (UTC).
        last_at: The latest instant in it (UTC).
        notes: What to know: a truncated file, a zone assumed, a query that made it.
        redacted: In how many of its rows values were taken out of the text of queries; None where nobody asked.
    """

    file: str
    kind: str
    reader: str
    rows: int
    unreadable: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    notes: tuple[str, ...] = ()
    redacted: int | None = None
