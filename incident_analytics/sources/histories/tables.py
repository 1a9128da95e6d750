"""Tables of incidents from CSV, Excel, Parquet, JSON and front matter: rows of cells, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.errors import SourceError
from incident_analytics.sources.histories.csv_table import read_csv_table
from incident_analytics.sources.histories.object_table import read_front_matter, read_json_table
from incident_analytics.sources.histories.table import Table

if TYPE_CHECKING:
    from pathlib import Path

TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".pq")
JSON_SUFFIXES = (".json", ".ndjson", ".jsonl")
FRONT_MATTER_SUFFIXES = (".md", ".markdown")
_PARQUET = (".parquet", ".pq")


@dataclass(frozen=True)
class Shape:
    """What must be known to open a table: all of it may be guessed but the columns.

    Args:
        columns: The columns that are wanted; all of them where it is empty.
        encoding: How its letters are written.
        sheet: Which sheet of a workbook; the first by default.
    """

    columns: tuple[str, ...] = ()
    encoding: str | None = None
    sheet: str | None = None


def read_table_file(path: Path, data: bytes, shape: Shape, *, where: str) -> Table:
    """The rows of one file.

    Args:
        path: The file; its suffix says what it is.
        data: Its bytes.
        shape: How to open it.
        where: What to call it in messages.

    Raises:
        SourceError: It is no such file as its name says, or the reader for it is not installed.
    """
    suffix = path.suffix.lower()
    if suffix in {".csv", ".tsv"}:
        return read_csv_table(data, shape.columns, encoding=shape.encoding)
    if suffix in JSON_SUFFIXES:
        return read_json_table(data, shape.columns, is_on_lines=suffix != ".json", where=where)
    if suffix in FRONT_MATTER_SUFFIXES:
        return read_front_matter(data, path.stem, where=where)
    return _parquet(data, where) if suffix in _PARQUET else _workbook(data, shape.sheet, where)


def _parquet(data: bytes, where: str) -> Table:
    try:
        frame = pl.read_parquet(data)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SourceError("this is not Parquet", where=where, found=str(error)) from None
    return Table(frame, pl.int_range(1, frame.height + 1, eager=True), "parquet")


def _workbook(data: bytes, sheet: str | None, where: str) -> Table:
    try:
        import fastexcel  # noqa: PLC0415 -- an extra, needed for workbooks alone
    except ImportError:
        raise SourceError(
            "workbooks need one more package", where=where, nearest="pip install 'incident-analytics[excel]'"
        ) from None
    try:
        book = fastexcel.read_excel(data)
        named = book.sheet_names
        if sheet is not None and sheet not in named:
            raise SourceError("there is no such sheet", where=where, expected=", ".join(named), found=sheet)
        frame = book.load_sheet(sheet or 0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise SourceError("this is not a workbook", where=where, found=str(error).split("\n", 1)[0]) from None
    return Table(frame, pl.int_range(2, frame.height + 2, eager=True), "excel")
