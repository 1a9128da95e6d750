"""Money is read where it can mean one amount, and refused where it can mean two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.model.money import CurrencyRules, read_money

if TYPE_CHECKING:
    from decimal import Decimal

RULES = CurrencyRules({"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP"})

READ = [
    ("$45000", "45000", "USD"),
    ("45,000", "45000", ""),
    ("45k", "45000", ""),
    ("EUR 45.000,50", "45000.50", "EUR"),
    ("USD 45000", "45000", "USD"),
    ("45000 USD", "45000", "USD"),
    ("USD45000", "45000", "USD"),
    ("US$45", "45", "USD"),
    ("$45,000.50", "45000.50", "USD"),
    ("€45.000,50", "45000.50", "EUR"),
    ("45 000,50 €", "45000.50", "EUR"),
    ("45\u202f000 €", "45000", "EUR"),
    ("45\xa0000 €", "45000", "EUR"),
    ("CHF 12'500", "12500", "CHF"),
    ("$1.2M", "1200000", "USD"),
    ("$1.5k", "1500", "USD"),
    ("2 mn EUR", "2000000", "EUR"),
    ("45,50 €", "45.50", "EUR"),
    ("0,5", "0.5", ""),
    ("0.001", "0.001", ""),
    ("45000.125", "45000.125", ""),
    ("1,234.567", "1234.567", ""),
    ("1.234.567", "1234567", ""),
    ("1,234,567", "1234567", ""),
    ("$0", "0", "USD"),
    ("  $7 ", "7", "USD"),
    (45000, "45000", ""),
    (45000.5, "45000.5", ""),
]


@pytest.mark.parametrize(("written", "amount", "currency"), READ)
def test_an_amount_is_exact_and_keeps_its_currency(written: object, amount: str, currency: str) -> None:
    """Amounts worked out by hand; the first five are S44's."""
    money = read_money(written, RULES)
    assert (str(money.amount), money.currency) == (amount, currency)
    assert money.text == str(written).strip()


@pytest.mark.parametrize(
    "written",
    [
        *("", "$", "45 thousand", "about $45", "-$5", "(45000)", "1e5", "$.50", "45-50k", "None", "true"),
        *("1 2 3", "12 34", "4_5", "12,34,567", "1,234,56", "1,234.5 6", "1.2.3", "45..0", "9" * 19, "٤٥"),
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(written: str) -> None:
    """Nothing is guessed from the digits in it."""
    with pytest.raises(ValueError, match="an amount such as"):
        read_money(written, RULES)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("45.000", "45000 or 45.00 ('45.000' can mean both)"),
        ("$1.500", "1500 or 1.50 ('1.500' can mean both)"),
        ("4.500k", "4500 or 4.50 ('4.500' can mean both)"),
    ],
)
def test_an_amount_of_two_meanings_is_refused_with_both(written: str, message: str) -> None:
    """A point before three digits groups thousands in half of Europe."""
    with pytest.raises(ValueError) as refused:  # noqa: PT011 -- the message is compared whole
        read_money(written, RULES)
    assert str(refused.value) == message


@pytest.mark.parametrize("written", ["C$ 45", "₹45", "$45 EUR", "₿1"])
def test_a_sign_that_nobody_explains_or_two_currencies_are_refused(written: str) -> None:
    """The runbook's map says what a sign means."""
    with pytest.raises(ValueError, match="one currency that the runbook knows instead of"):
        read_money(written, RULES)


def test_one_currency_written_twice_is_one() -> None:
    """As in a spreadsheet's column of USD with signs."""
    assert read_money("$45 USD", RULES).currency == "USD"


def test_a_default_currency_is_an_assumption_that_is_told() -> None:
    """Only where none is written."""
    rules = CurrencyRules({"$": "USD"}, default="EUR")
    assert (read_money("45", rules).currency, read_money("45", rules).currency_assumed) == ("EUR", True)
    assert (read_money("$45", rules).currency, read_money("$45", rules).currency_assumed) == ("USD", False)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_what_is_printed_plainly_is_read_as_it_was(amount: Decimal) -> None:
    """With grouping commas and a point, and with points and a comma."""
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_money(f"USD {english}", RULES).amount == amount
    assert read_money(f"{german} EUR", RULES).amount == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_value_error(text: str) -> None:
    """Never another error, never a negative amount."""
    try:
        assert read_money(text, RULES).amount >= 0
    except ValueError as error:
        assert str(error)  # noqa: PT017 -- either way is right


@given(st.text(alphabet="0123456789.,' _kKmM$€USDR-()", max_size=14))
def test_any_text_of_money_letters_is_an_amount_or_a_value_error(text: str) -> None:
    """The same, nearer to what people write."""
    try:
        assert read_money(text, RULES).amount >= 0
    except ValueError as error:
        assert str(error)  # noqa: PT017 -- either way is right
