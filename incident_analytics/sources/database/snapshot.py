"""One answer of PostgreSQL as a table with named columns: cells by name, its instants, its capture time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.database.captured_at import CaptureTime, capture_time

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.sources.database.timestamps import TimestampReader
    from incident_analytics.sources.delimited import Table

CAPTURE_COLUMNS: Final[tuple[str, ...]] = ("captured_at", "capture_time", "now")
TIME_COLUMNS: Final[tuple[str, ...]] = ("backend_start", "xact_start", "query_start", "state_change", "waitstart")


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be read.

    Args:
        rule: What kind of problem it is.
        line: The line of its row.
        seen: What stood there.
    """

    rule: str
    line: int
    seen: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows of one answer, their instants read.

    Args:
        name: The file relative to the bundle.
        table: Its rows.
        columns: Where each header stands, in lower case.
        instants: The instants of each column of times, row by row.
        capture: When it was taken.
        problems: Cells that could not be read; grows while rows are built.
    """

    name: str
    table: Table
    columns: dict[str, int]
    instants: dict[str, list[datetime | None]]
    capture: CaptureTime
    problems: list[Problem] = field(default_factory=list)

    def text(self, row: int, *names: str) -> str | None:
        """The cell under the first of the headers that is there; None where it is empty or there is none."""
        for name in names:
            if name in self.columns:
                return self.table.rows[row][self.columns[name]] or None
        return None

    def integer(self, row: int, name: str) -> int | None:
        """The cell as a whole number; one that is none is a problem."""
        written = self.text(row, name)
        if written is not None and written.strip().isdecimal() and len(written.strip()) < 19:  # noqa: PLR2004 -- Int64
            return int(written)
        self.problem("unreadable-number", row, written or "")
        return None

    def instant(self, row: int, name: str) -> datetime | None:
        """The cell as an instant in UTC, or None."""
        return self.instants[name][row] if name in self.instants else None

    def captured_at(self, row: int) -> datetime | None:
        """When the row was captured: by its own column, else by what tells the file's capture time."""
        own = next((self.instant(row, name) for name in CAPTURE_COLUMNS if name in self.instants), None)
        return own or self.capture.at

    def queried_at(self, row: int) -> datetime | None:
        """When the row's query ran: its capture time, or shortly after where the file tells so."""
        captured = self.captured_at(row)
        return self.capture.queried_at or captured if captured == self.capture.at else captured

    def problem(self, rule: str, row: int, seen: str) -> None:
        """Remember a cell of a row that could not be read."""
        self.problems.append(Problem(rule, self.table.lines[row], seen))


def take_snapshot(name: str, table: Table, reader: TimestampReader) -> Snapshot:
    """The snapshot of a table, its times read by the reader."""
    columns = {header.lower(): index for index, header in reversed(list(enumerate(table.header)))}
    instants = {
        header: [reader.read(row[columns[header]], line) for row, line in zip(table.rows, table.lines, strict=True)]
        for header in (*CAPTURE_COLUMNS, *TIME_COLUMNS)
        if header in columns
    }
    own = [at for header in CAPTURE_COLUMNS for at in instants.get(header, []) if at]
    known = [at for header in TIME_COLUMNS for at in instants.get(header, []) if at]
    capture = capture_time(PurePosixPath(name), max(own, default=None), max(known, default=None))
    return Snapshot(name, table, columns, instants, capture)
