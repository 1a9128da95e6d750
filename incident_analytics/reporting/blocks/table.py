"""Tables with a caption, named columns and rows whose first cell names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import html_text, markdown_text, printable
from incident_analytics.reporting.blocks.spans import Inline, inline_html, inline_markdown, inline_plain

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and how its cells are set.

    Args:
        title: The title.
        align: To the left or, for numbers, to the right, where they are never broken over lines.
        is_whole: Whether cells to the left are never broken either: ids, names of services, days.
    """

    title: str
    align: Literal["left", "right"] = "left"
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Rows of one kind of thing.

    Args:
        caption: What the table shows and, where it can be said, what it tells.
        columns: The columns from left to right.
        rows: Cells in the order of the columns: text, spans, or None where there is nothing.
        note: A line below the table.
        empty: What to say when there is no row.

    Raises:
        ParameterError: A row has more or fewer cells than there are columns.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Inline | None, ...], ...]
    note: Inline = ""
    empty: str = "Nothing to show."

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns."""
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ParameterError(
                    "a row does not fit its table",
                    where=f"{self.caption}, row {number}",
                    expected=f"{len(self.columns)} cells",
                    found=str(len(row)),
                )

    def html(self) -> str:
        """The table in a region that scrolls by itself where the page is narrow.

        HTML lets rows and cells end where the next begins, which takes a tenth off a page of tables.
        """
        note = f'<p class="table-note">{inline_html(self.note)}</p>' if self.note else ""
        caption = html_text(self.caption)
        if not self.rows:
            return f'<p class="empty"><b>{caption}</b> {html_text(self.empty)}</p>{note}'
        head = "".join(f'<th scope="col"{_align(column)}>{html_text(column.title)}' for column in self.columns)
        body = "".join(f"<tr>{self._row(row)}" for row in self.rows)
        return (
            f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">'
            f"<table><caption>{caption}</caption>"
            f"<thead><tr>{head}<tbody>{body}</table></div>{note}"
        )

    def _row(self, row: tuple[Inline | None, ...]) -> str:
        cells = []
        for place, (column, cell) in enumerate(zip(self.columns, row, strict=True)):
            content = NOTHING if cell is None else inline_html(cell)
            tag, scope = ("th", ' scope="row"') if place == 0 else ("td", "")
            cells.append(f"<{tag}{scope}{_align(column)}>{content}")
        return "".join(cells)

    def markdown(self) -> str:
        """The table as a pipe table below its caption."""
        caption = f"*{markdown_text(self.caption)}*" if self.caption else ""
        note = inline_markdown(self.note)
        if not self.rows:
            return "\n\n".join(part for part in (f"{caption} {markdown_text(self.empty)}".strip(), note) if part)
        lines = [
            _pipes([markdown_text(column.title) for column in self.columns]),
            _pipes(["---:" if column.align == "right" else "---" for column in self.columns]),
        ]
        lines += [_pipes([NOTHING if cell is None else inline_markdown(cell) for cell in row]) for row in self.rows]
        return "\n\n".join(part for part in (caption, "\n".join(lines), note) if part)

    def plain(self) -> str:
        """The table in columns of even width."""
        caption, note = printable(self.caption), inline_plain(self.note)
        if not self.rows:
            return "\n".join(part for part in (f"{caption} {self.empty}".strip(), note) if part)
        titles = tuple(column.title for column in self.columns)
        rows = [titles] if any(titles) else []
        rows += [tuple(NOTHING if cell is None else inline_plain(cell) for cell in row) for row in self.rows]
        widths = [max(len(row[place]) for row in rows) for place in range(len(self.columns))]
        lines = [
            "  ".join(
                cell.rjust(width) if column.align == "right" else cell.ljust(width)
                for cell, width, column in zip(row, widths, self.columns, strict=True)
            ).rstrip()
            for row in rows
        ]
        return "\n".join(part for part in (caption, *lines, note) if part)


def _align(column: Column) -> str:
    if column.align == "right":
        return ' class="n"'
    return ' class="whole"' if column.is_whole else ""


def _pipes(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
