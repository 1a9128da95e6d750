"""Tables on stdout: drawn in a terminal, plain aligned columns in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from incident_analytics.cli.streams import one_line, put

if TYPE_CHECKING:
    from collections.abc import Sequence

# A cell may be longer, whole; but one log line of a megabyte must not make each of a thousand a megabyte long.
_WIDEST: Final = 200


def put_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
    """Print a table with a heading for each column.

    A terminal gets wrapped cells within its width; anything else one line a row, however long, so that
    ``grep`` and ``less -S`` can be used on it; cells of more than 200 characters push the next ones aside.
    """
    cells = [[one_line(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _draw(columns, cells, one_line(title))
        return
    if title:
        put(one_line(title))
    widths = [min(max(len(row[index]) for row in [list(columns), *cells]), _WIDEST) for index in range(len(columns))]
    for row in [list(columns), *cells]:
        put("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 -- only terminals need it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        # As text, not as markup: an incident may be called [/bold].
        table.add_row(*(Text(cell) for cell in row))
    Console(file=sys.stdout).print(table)
