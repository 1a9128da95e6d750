"""Money: an exact amount with its currency, read only where it can mean one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MULTIPLES = {"": 1, "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_WRITTEN = re.compile(
    r"(?P<before>[A-Za-z]{1,3}\$|[A-Z]{3}(?=[\s\d])|[^\w\s.,+()-]{1,3})?\s*"
    r"(?P<number>[0-9][0-9.,'_ ]*?)\s?(?P<multiple>[kKmM]|mn|bn)?\s*(?P<after>[A-Z]{3}|[^\w\s.,+()-]{1,3})?"
)
_MOST_DIGITS = 18
_EXAMPLES = "an amount such as $45000, 45k or EUR 45.000,50"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency.

    Args:
        amount: The exact amount.
        currency: The ISO 4217 code, or an empty string where none was written or is assumed.
        text: What was written.
        currency_assumed: Whether the runbook's default currency was used.
    """

    amount: Decimal
    currency: str
    text: str = ""
    currency_assumed: bool = False


@dataclass(frozen=True, slots=True)
class CurrencyRules:
    """What signs mean, and which currency an amount without one is in."""

    signs: Mapping[str, str]
    default: str | None = None

    def code(self, sign: str) -> str | None:
        """The ISO 4217 code of a sign, or the word itself where it is one."""
        if sign in self.signs:
            return self.signs[sign]
        return sign if re.fullmatch(r"[A-Z]{3}", sign) else None


def read_money(written: object, rules: CurrencyRules) -> Money:
    """The amount a text or number means.

    ``$45000``, ``45,000``, ``45k``, ``EUR 45.000,50`` and ``USD 45000`` are read. What can mean
    two amounts (``45.000``) is an error, as is a currency sign the runbook does not explain.

    Raises:
        ValueError: The text is no amount, or can mean two; the message says what to write.

    >>> read_money("EUR 45.000,50", CurrencyRules({})).amount
    Decimal('45000.50')
    """
    text = str(written).strip()
    # Grouping may use the spaces that do not break a line.
    match = _WRITTEN.fullmatch(" ".join(text.split()))
    if match is None or sum(letter.isdigit() for letter in match["number"]) > _MOST_DIGITS:
        raise ValueError(_EXAMPLES)
    signs = [sign for sign in (match["before"], match["after"]) if sign]
    codes = {rules.code(sign) for sign in signs}
    if None in codes or len(codes) > 1:
        unknown = " and ".join(signs)
        raise ValueError(f"one currency that the runbook knows instead of '{unknown}', such as USD 45000")
    code = next(iter(codes), None)
    amount = _number(match["number"].strip()) * _MULTIPLES[(match["multiple"] or "").lower()]
    amount = Decimal(int(amount)) if amount == int(amount) else amount
    return Money(amount, code or rules.default or "", text, currency_assumed=code is None and bool(rules.default))


def _number(digits: str) -> Decimal:
    plain = re.sub(r"[ '_](?=[0-9]{3}(?![0-9]))", "", digits)
    dots, commas = plain.count("."), plain.count(",")
    if dots and commas:
        decimal_mark = max(".", ",", key=plain.rindex)
        grouping = "," if decimal_mark == "." else "."
        whole, _, fraction = plain.rpartition(decimal_mark)
        if not re.fullmatch(rf"\d{{1,3}}(?:\{grouping}\d{{3}})+", whole) or not re.fullmatch(r"\d*", fraction):
            raise ValueError(_EXAMPLES)
        return Decimal(whole.replace(grouping, "") + "." + (fraction or "0"))
    if commas:
        if re.fullmatch(r"\d{1,3}(,\d{3})+", plain):
            return Decimal(plain.replace(",", ""))
        return _with_fraction(plain, ",")
    if dots > 1 and re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        return Decimal(plain.replace(".", ""))
    return _with_fraction(plain, ".")


def _with_fraction(plain: str, mark: str) -> Decimal:
    whole, _, fraction = plain.partition(mark)
    if mark in fraction or not whole.isdigit() or (fraction and not fraction.isdigit()):
        raise ValueError(_EXAMPLES)
    if len(fraction) == 3 and 0 < len(whole.lstrip("0")) <= 3:  # noqa: PLR2004 -- thousands, or a fraction
        raise ValueError(f"{whole}{fraction} or {whole}.{fraction[:2]} ('{plain}' can mean both)")
    return Decimal(f"{whole}.{fraction}") if fraction else Decimal(whole)
