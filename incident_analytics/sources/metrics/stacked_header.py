"""Tables with several rows of headers, as pandas writes columns of several levels: made long, a row a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.sources.delimited import Table
from incident_analytics.sources.metrics.columns import METRIC_WORDS, TIME_WORDS, plain_word

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LEVELS: Final = 6


def unstacked(table: Table) -> Table:
    """The table with one row a filled cell; any other table is given back as it is.

    The first cell of each header row names the level; the row that names the index of times has no other cell.
    A level called metric names the metric, the others are labels.
    """
    levels = _levels(table)
    if levels is None:
        return table
    names, index, below = levels
    columns = list(zip(*names, strict=True))
    header = (index, *(_level(names, place) for place in range(len(names))), "value")
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    for row, line in zip(table.rows[below:], table.lines[below:], strict=True):
        for column, cell in zip(columns[1:], row[1:], strict=True):
            if cell.strip():
                rows.append((row[0], *column, cell))
                lines.append(line)
    return Table(header, tuple(rows), tuple(lines), table.delimiter, table.broken, table.lost)


def _levels(table: Table) -> tuple[list[tuple[str, ...]], str, int] | None:
    """The header rows, the name of the index and how many rows they take; None where the table has one header."""
    for place, row in enumerate(table.rows[:_MOST_LEVELS]):
        if plain_word(row[0]) in TIME_WORDS and len(row) > 1 and not any(cell.strip() for cell in row[1:]):
            return [table.header, *table.rows[:place]], row[0].strip(), place + 1
    return None


def _level(names: Sequence[tuple[str, ...]], place: int) -> str:
    name = names[place][0].strip() or f"level {place + 1}"
    known = {plain_word(each[0]) for each in names}
    # Where no level is called so, the last tells what was measured.
    return "metric" if place == len(names) - 1 and not known & METRIC_WORDS else name
