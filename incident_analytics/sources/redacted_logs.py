"""Log records without the values of the queries in them, and how many of each file had some."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.sources.database.redaction import redacted_query
from incident_analytics.sources.query_text import MAY_HOLD, redacted_line, redacted_text
from incident_analytics.sources.secrets import without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.logs.reading import LogReading

# PostgreSQL writes the statement behind an error as a record of its own, which is nothing but a query.
_STATEMENTS: Final = ("STATEMENT", "QUERY")
_COLUMNS: Final = ("message", "attributes", "raw")


def redacted_logs(reading: LogReading, *, queries: bool = True, secrets: bool = False) -> LogReading:
    """The records with ``?`` for values in message, attributes and raw line; the ledger counts them.

    Args:
        reading: The records.
        queries: Whether to leave out the values of queries.
        secrets: Whether to leave out well-known secrets.
    """
    without = reading.frame
    if queries:
        without = without.with_columns(
            pl.struct("message", "format", "severity_text").map_batches(_messages, pl.String, is_elementwise=True),
            *(pl.col(name).map_batches(_lines, pl.String, is_elementwise=True) for name in ("attributes", "raw")),
        )
    if secrets:
        without = without.with_columns(without_secrets(pl.col(name)) for name in _COLUMNS)
    what = " and ".join([*["values of queries"] * queries, *["secrets"] * secrets])
    counts = _counts(reading.frame, without)
    files = []
    for file in reading.files:
        number = counts.get(file.file, 0)
        note = (f"{what} were replaced by ? in {number:,} of {file.rows:,} records",) if number else ()
        files.append(replace(file, notes=(*file.notes, *note), redacted=number))
    return replace(reading, frame=without, files=tuple(files))


def _messages(rows: pl.Series) -> pl.Series:
    messages = rows.struct.field("message")
    without = _changed(messages, redacted_text)
    is_statement = (rows.struct.field("format") == "postgresql") & rows.struct.field("severity_text").is_in(_STATEMENTS)
    if not is_statement.any():
        return without
    return _replaced(messages, redacted_query).zip_with(is_statement.fill_null(value=False), without)


def _lines(rows: pl.Series) -> pl.Series:
    return _changed(rows, redacted_line)


def _replaced(texts: pl.Series, without_values: Callable[[str], str], held: pl.Series | None = None) -> pl.Series:
    distinct = (texts if held is None else held).drop_nulls().unique()
    changed = {text: new for text in distinct if (new := without_values(text)) != text}
    return texts.replace(list(changed), list(changed.values())) if changed else texts


def _changed(texts: pl.Series, without_values: Callable[[str], str]) -> pl.Series:
    """The texts, those that may hold a query taken through a function, equal ones once."""
    held = texts.filter(texts.str.contains_any(list(MAY_HOLD), ascii_case_insensitive=True))
    return _replaced(texts, without_values, held) if len(held) else texts


def _counts(frame: pl.LazyFrame, without: pl.LazyFrame) -> dict[str, int]:
    """How many records of each file are not as they were."""
    before = frame.select("file", *_COLUMNS).collect()
    after = without.select(*_COLUMNS).collect()
    is_changed = pl.any_horizontal(before[name].ne_missing(after[name]) for name in _COLUMNS)
    return dict(before.filter(is_changed).group_by("file").len().iter_rows())
