"""One table as it came out of a file, before its columns mean anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Lost:
    """A row that could not be taken apart.

    Args:
        line: Where it begins.
        reason: What is wrong with it.
    """

    line: int
    reason: str


@dataclass(frozen=True)
class Table:
    """Rows of cells.

    Args:
        frame: The cells; texts, or what a typed file says they are.
        lines: The line each row began on, or its number where a file has no lines.
        reader: Who read it: csv, excel, parquet, json or front matter.
        lost: Rows that are not in the frame.
        notes: What to know about the reading.
        header: Every column of the file, read or not; empty where the frame has them all.
    """

    frame: pl.DataFrame
    lines: pl.Series
    reader: str
    lost: tuple[Lost, ...] = ()
    notes: tuple[str, ...] = ()
    header: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every column of the file."""
        return self.header or tuple(self.frame.columns)
