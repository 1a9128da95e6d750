"""Cells as numbers: what is a number, what is missing, and what cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from incident_analytics.sources.metrics.cell_units import common_base, has_unit, with_unit

MISSING_WORDS: Final = frozenset({"", "nan", "null", "none", "nil", "n/a", "na", "#n/a", "-", "--", "undefined"})
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?|[+-]?inf(?:inity)?", re.IGNORECASE)
_DECIMAL_COMMA = r"^([+-]?\d*),(\d+)$"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column read as numbers.

    Args:
        values: Float64; null where the cell is missing or cannot be read.
        missing: True where the cell is empty or a word for nothing, such as NaN.
        unreadable: True where something stands that is not a number.
        unit: The base of the units that the cells carry, ``""`` for short numbers such as 1.2 K; None without.
    """

    values: pl.Series
    missing: pl.Series
    unreadable: pl.Series
    unit: str | None = None


def is_missing(cell: str) -> bool:
    """Whether a cell is empty or a word for nothing."""
    return cell.strip().lower() in MISSING_WORDS


def is_number(cell: str) -> bool:
    """Whether a cell looks like a number, with a point or a comma."""
    return _NUMBER.fullmatch(cell.strip()) is not None


def has_decimal_comma(cells: list[str]) -> bool:
    """Whether any cell is a number written with a decimal comma.

    >>> has_decimal_comma(["12", "1,5"])
    True
    """
    return any("," in cell and (is_number(cell) or has_unit(cell)) for cell in cells)


def read_numbers(cells: list[str], *, decimal_comma: bool = False) -> Numbers:
    """The numbers of a column's cells.

    Args:
        cells: The cells as written. ``inf`` and its spellings are kept as infinity.
        decimal_comma: Whether ``1,5`` is one and a half, as spreadsheets of many countries write it.

    >>> read_numbers(["1.5", "NaN", "x"]).values.to_list()
    [1.5, None, None]
    """
    text = pl.Series("text", cells, dtype=pl.String).str.strip_chars()
    missing = text.str.to_lowercase().is_in(sorted(MISSING_WORDS))
    if decimal_comma:
        text = text.str.replace(_DECIMAL_COMMA, "$1.$2")
    values = text.cast(pl.Float64, strict=False)
    unreadable = values.is_null() & ~missing
    bare = values.is_not_null() & ~missing
    unit = common_base([cell for cell, bad in zip(cells, unreadable, strict=True) if bad]) if unreadable.any() else None
    if unit and bare.any():
        # 35% below 0.4: nothing tells whether the bare numbers are of the same unit. Short numbers, 1.2 K, are.
        unit = None
    if unit is not None:
        known = [
            _value(cell, decimal_comma=decimal_comma) if bad else None
            for cell, bad in zip(cells, unreadable, strict=True)
        ]
        read = pl.Series("text", known, dtype=pl.Float64)
        values = values.zip_with(values.is_not_null(), read)
        unreadable = values.is_null() & ~missing
    return Numbers(values=_null_where(values, missing), missing=missing, unreadable=unreadable, unit=unit)


def _value(cell: str, *, decimal_comma: bool) -> float | None:
    found = with_unit(cell, decimal_comma=decimal_comma)
    return found[0] if found else None


def _null_where(values: pl.Series, mask: pl.Series) -> pl.Series:
    # "nan" casts to a NaN, which is a value; in a CSV it is how a missing one is written.
    frame = pl.DataFrame({"values": values, "mask": mask})
    return frame.select(pl.when(~pl.col("mask")).then(pl.col("values")).alias("values"))["values"]
