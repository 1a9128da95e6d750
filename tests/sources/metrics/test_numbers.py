"""Cells as numbers."""

from __future__ import annotations

import math

from incident_analytics.sources.metrics.numbers import has_decimal_comma, read_numbers


def test_numbers_missing_words_and_the_rest_are_told_apart() -> None:
    """Two numbers, four words for nothing, two that cannot be read."""
    numbers = read_numbers(["1.5", " 2e3 ", "", "NaN", "null", "n/a", "1.2 K", "35%"])
    assert numbers.values.to_list() == [1.5, 2000.0, None, None, None, None, None, None]
    assert numbers.missing.to_list() == [False, False, True, True, True, True, False, False]
    assert numbers.unreadable.to_list() == [False, False, False, False, False, False, True, True]


def test_infinity_is_kept() -> None:
    """In each of its spellings."""
    assert read_numbers(["+Inf", "-inf", "Infinity"]).values.to_list() == [math.inf, -math.inf, math.inf]


def test_a_decimal_comma_is_read_only_when_asked() -> None:
    """1,5 is one and a half in many countries."""
    assert read_numbers(["1,5"]).unreadable.to_list() == [True]
    assert read_numbers(["1,5", "-0,25", "3"], decimal_comma=True).values.to_list() == [1.5, -0.25, 3.0]
    assert has_decimal_comma(["1,5"])
    assert not has_decimal_comma(["1.5", "a,b"])


def test_no_cells_are_no_numbers() -> None:
    """The column still has its type."""
    assert read_numbers([]).values.to_list() == []
