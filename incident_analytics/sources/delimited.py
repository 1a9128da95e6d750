"""Delimited text as rows of strings with the line each began on; what is broken is named, not lost."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELIMITERS = ",;\t|"
_DIRECTIVE = "sep="


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that could not be split into the header's cells.

    Args:
        line: Its first line, counted from 1.
        reason: What is wrong with it.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited file: its header and the rows below it, every cell a string.

    Args:
        header: The names of the columns, stripped.
        rows: The cells, as many in each row as the header has. Short rows are filled with empty cells.
        lines: The line each row began on; a quoted cell may span several.
        delimiter: What separates the cells.
        broken: Rows with too few or too many cells (these are in ``rows`` too) or with broken quotes (these are not).
        lost: How many rows are not in ``rows``.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    delimiter: str = ","
    broken: tuple[BrokenRow, ...] = ()
    lost: int = 0

    def column(self, index: int) -> list[str]:
        """The cells of one column, in order."""
        return [row[index] for row in self.rows]


def read_table(text: str) -> Table:
    r"""The table of a delimited text; the delimiter is the one that splits the header most.

    Blank lines are skipped, as is the ``sep=;`` line that Excel writes.

    >>> read_table("a;b\r\n1;2\r\n\r\n").rows
    (('1', '2'),)
    """
    start, first = _first_line(text)
    if not first:
        return Table((), (), ())
    delimiter = max(_DELIMITERS, key=lambda each: len(next(csv.reader([first], delimiter=each))))
    header: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    broken: list[BrokenRow] = []
    lost = 0
    for line, cells in _records(text, delimiter, start):
        if isinstance(cells, str):
            broken.append(BrokenRow(line, cells))
            lost += 1
        elif not header:
            header = tuple(cell.strip() for cell in cells)
        else:
            if len(cells) != len(header):
                broken.append(BrokenRow(line, f"{len(cells)} cells where the header has {len(header)}"))
            rows.append(_fitted(cells, len(header)))
            lines.append(line)
    return Table(header, tuple(rows), tuple(lines), delimiter, tuple(broken), lost)


def _first_line(text: str) -> tuple[int, str]:
    """The number and text of the line that holds the header, or an empty text."""
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if line.strip() and not line.lower().startswith(_DIRECTIVE):
            return number, line
    return 0, ""


def _records(text: str, delimiter: str, start: int) -> Iterator[tuple[int, list[str] | str]]:
    """Each record from the start line on with its first line; broken quotes come as the reason."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, str(error)
            continue
        is_blank = not cells or (len(cells) == 1 and not cells[0].strip())
        if not is_blank and line >= start:
            yield line, cells


def _fitted(cells: list[str], width: int) -> tuple[str, ...]:
    return tuple(cells[:width]) if len(cells) >= width else (*cells, *[""] * (width - len(cells)))
