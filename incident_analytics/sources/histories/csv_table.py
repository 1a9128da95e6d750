"""Delimited text as a table: at once where every line is a row, else row by row, so that nothing shifts in silence."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.sources.delimited import read_table
from incident_analytics.sources.evidence_text import decode_evidence
from incident_analytics.sources.histories.table import Lost, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTED = r'"[^"]*"'
_HEAD_LETTERS = 256 * 1024


def read_csv_table(data: bytes, columns: Sequence[str] = (), *, encoding: str | None = None) -> Table:
    """The rows of a CSV file, every cell a text; an empty cell is null.

    Args:
        data: The file's bytes.
        columns: The columns that are wanted; all of them where it is empty.
        encoding: By default UTF-8 or UTF-16.

    Returns:
        Rows with more or fewer cells than the header are not in the table but among the lost ones.
    """
    text, notes = _text(data, encoding)
    head = read_table(text[: text.find("\n", _HEAD_LETTERS) + 1 or None])
    header = distinct(head.header)
    lines = pl.Series("line", text.split("\n"), dtype=pl.String).str.strip_suffix("\r")
    if not header or not _is_plain(lines, len(header), head.delimiter):
        return _row_by_row(text, columns, notes)
    is_row = lines.str.strip_chars() != ""
    is_row &= ~lines.str.to_lowercase().str.starts_with("sep=")
    numbers = (is_row.arg_true().cast(pl.Int64) + 1)[1:]
    rows = lines.filter(is_row)[1:]
    wanted = [index for index, name in enumerate(header) if not columns or name in columns]
    if not len(rows) or not wanted:
        empty = pl.DataFrame(schema=dict.fromkeys([header[index] for index in wanted], pl.String))
        return Table(empty, numbers[:0], "csv", notes=notes, header=header)
    every = pl.scan_csv(
        io.BytesIO("\n".join(rows).encode()),
        has_header=False,
        separator=head.delimiter,
        new_columns=list(header),
        infer_schema=False,
    )
    try:
        frame = every.select([header[index] for index in wanted]).collect()
    except pl.exceptions.PolarsError:  # quotes in the middle of a cell
        return _row_by_row(text, columns, notes)
    if frame.height != len(rows):
        return _row_by_row(text, columns, notes)
    return Table(frame, numbers, "csv", notes=notes, header=header)


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names of columns, a repeated one with its number: ``Comment``, ``Comment (2)``."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(result)


def _text(data: bytes, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    if encoding not in {None, "utf-8"}:
        return data.decode(encoding or "utf-8", errors="replace"), ()
    read = decode_evidence(data)
    note = f"bytes that are not {read.encoding}, first on line {read.bad_line}; they read as U+FFFD"
    return read.text, (note,) if read.bad_line else ()


def _is_plain(lines: pl.Series, width: int, delimiter: str) -> bool:
    """Whether every line that is not blank is a whole row: its quotes close, and it has as many cells as the header."""
    rows = lines.filter((lines.str.strip_chars() != "") & ~lines.str.to_lowercase().str.starts_with("sep="))
    quoted = rows.str.contains('"', literal=True)
    if quoted.any():
        if (rows.filter(quoted).str.count_matches('"', literal=True) % 2 == 1).any():
            return False
        rows = rows.str.replace_all(_QUOTED, "")
    return bool((rows.str.count_matches(delimiter, literal=True) == width - 1).all())


def _row_by_row(text: str, columns: Sequence[str], notes: tuple[str, ...]) -> Table:
    table = read_table(text)
    header = distinct(table.header)
    broken = {row.line: row.reason for row in table.broken}
    keep = [index for index, line in enumerate(table.lines) if line not in broken]
    cells = {
        name: pl.Series(name, [table.rows[row][index] for row in keep], dtype=pl.String).replace("", None)
        for index, name in enumerate(header)
        if not columns or name in columns
    }
    lines = pl.Series("line", [table.lines[row] for row in keep], dtype=pl.Int64)
    lost = tuple(Lost(line, _reason(reason)) for line, reason in broken.items())
    return Table(pl.DataFrame(cells), lines, "csv", lost, notes, header)


def _reason(reason: str) -> str:
    return "more or fewer cells than the header" if " cells where " in reason else f"broken quotes ({reason})"
