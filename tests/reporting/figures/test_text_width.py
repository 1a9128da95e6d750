"""Tests of how wide a label will be."""

from __future__ import annotations

import pytest

from incident_analytics.reporting.figures.text_width import shortened, text_width


@pytest.mark.parametrize(
    ("text", "bold", "measured"),
    [
        # pixels at 1000 px in Chromium, DejaVu Sans (its measureText)
        ("14:15 Alert triggered", False, 10_900),
        ("Mitigation, 37 min", True, 10_800),
    ],
)
def test_estimate_is_never_less_than_what_a_browser_measures(text: str, measured: int, *, bold: bool) -> None:
    """A label that fits by the estimate fits on the page, and the estimate is not far off."""
    assert measured * 0.95 <= text_width(text, 1000, bold=bold) <= measured * 1.12


def test_text_that_fits_is_left_alone() -> None:
    """Nothing is cut without need."""
    assert shortened("pool resized", 10, 200) == "pool resized"


def test_text_is_cut_at_a_word_where_one_is_near() -> None:
    """Words are not broken for the sake of two letters."""
    assert shortened("Connection pool resized to 50", 10, 120) == "Connection pool…"


def test_one_long_word_is_cut_inside() -> None:
    """A host name of forty letters still shows its beginning."""
    assert shortened("payment-processor-7d9f8b6c5d-x2x4z", 10, 100) == "payment-process…"


def test_text_without_room_is_empty() -> None:
    """Not even an ellipsis fits into nothing."""
    assert shortened("pool", 10, 5) == ""


def test_wide_and_combining_letters_count_as_they_are_drawn() -> None:
    """Ideographs are square, and an accent written apart takes no room of its own."""
    assert text_width("障害", 12) == 24.0
    assert text_width("e\u0301", 10) == text_width("e", 10)


def test_a_log_line_of_a_megabyte_is_cut_at_once() -> None:
    """Cut from its end sign by sign, it would take hours."""
    assert shortened("x" * 1_000_000, 10, 100) == shortened("x" * 1_000, 10, 100) == "x" * 15 + "…"
