"""Columns of cells to texts, words, numbers and amounts, all rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

from incident_analytics.model.money import CurrencyRules, Money, read_money
from incident_analytics.sources.histories.schema import AMOUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

DecimalMark: TypeAlias = Literal[".", ","] | None
_GROUPED = {".": r"[ ,_'\u{a0}\u{202f}]", ",": r"[ ._'\u{a0}\u{202f}]"}
# 45.000 is forty-five to some and forty-five thousand to others; one or two decimals, or four, mean one thing.
_PLAIN_AMOUNT = r"^[0-9]{1,15}(?:\.(?:[0-9]{1,2}|[0-9]{4}))?$"
_TOLD_AMOUNT = r"^[0-9]{1,15}(?:\.[0-9]{1,4})?$"


def texts(cells: pl.Series, nulls: Sequence[str] = ()) -> pl.Series:
    """Texts without the blanks around them; an empty one and a null word are null."""
    stripped = cells.cast(pl.String).str.strip_chars()
    return stripped.set(stripped.is_in(["", *nulls]), None)


def words(written: pl.Series, meaning: Callable[[str], str | None]) -> pl.Series:
    """What each text means; every distinct one is asked once."""
    distinct = written.drop_nulls().unique()
    meanings = pl.Series("meaning", [meaning(text) for text in distinct], dtype=pl.String)
    if not len(distinct):
        return pl.Series(written.name, [None], dtype=pl.String).new_from_index(0, len(written))
    return written.replace_strict(distinct, meanings, default=None, return_dtype=pl.String)


def counts(written: pl.Series, mark: DecimalMark) -> pl.Series:
    """Whole numbers, thousands grouped or not; null for what is none, and for negative ones."""
    if written.dtype.is_numeric():
        whole = written.cast(pl.Int64, strict=False)
        return whole.set((whole.cast(pl.Float64) != written.cast(pl.Float64)) | (whole < 0), None)
    plain = written.cast(pl.String).str.replace_all(_GROUPED[mark or "."], "").str.replace(r"[.,]0+$", "")
    return plain.set(~plain.str.contains(r"^[0-9]{1,15}$"), None).cast(pl.Int64, strict=False)


def numbers(written: pl.Series, mark: DecimalMark) -> pl.Series:
    """Numbers with or without a fraction; null for what is none."""
    if written.dtype.is_numeric():
        return written.cast(pl.Float64).fill_nan(None)
    return _pointed(written.cast(pl.String), mark or ".").cast(pl.Float64, strict=False).fill_nan(None)


def amounts(written: pl.Series, mark: DecimalMark, rules: CurrencyRules) -> tuple[pl.Series, pl.Series]:
    """Amounts and their currencies; plain numbers at once, other spellings by their distinct texts.

    Returns:
        The amount, null for what is none or can mean two, and the ISO 4217 code, empty where none is known.
    """
    if written.dtype.is_numeric():
        amount = written.cast(AMOUNT, strict=False)
        return amount, pl.Series("currency", [rules.default or ""]).new_from_index(0, len(written))
    cells = written.cast(pl.String)
    pointed = _pointed(cells, mark) if mark else cells
    is_plain = pointed.str.contains(_TOLD_AMOUNT if mark else _PLAIN_AMOUNT)
    amount = pointed.set(~is_plain, None).cast(AMOUNT, strict=False)
    rest = cells.set(is_plain, None)
    known = [(text, *_known(text, rules)) for text in rest.drop_nulls().unique()]
    table = pl.DataFrame(known, schema={"text": pl.String, "amount": AMOUNT, "currency": pl.String}, orient="row")
    found = rest.alias("text").to_frame().join(table, on="text", how="left", maintain_order="left")
    return found["amount"].zip_with(~is_plain.fill_null(value=False), amount), found["currency"].fill_null(
        rules.default or ""
    )


def _known(text: str, rules: CurrencyRules) -> tuple[Decimal | None, str | None]:
    try:
        money: Money = read_money(text, rules)
    except ValueError:
        return None, None
    return money.amount, money.currency


def _pointed(cells: pl.Series, mark: Literal[".", ","]) -> pl.Series:
    """Numbers with a point before the fraction and nothing between the thousands."""
    plain = cells.str.replace_all(_GROUPED[mark], "")
    return plain.str.replace(",", ".", literal=True) if mark == "," else plain
