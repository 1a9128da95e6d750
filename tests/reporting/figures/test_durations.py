"""Tests of durations in words."""

from __future__ import annotations

import pytest

from incident_analytics.reporting.figures.durations import duration_words, unbroken


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.4, "0.4 s"),
        (59.6, "1 min"),
        (140, "2 min 20 s"),
        (3599.7, "1 h"),
        (5400, "1 h 30 min"),
        (86_399, "1 d"),
        (266_400, "3 d 2 h"),
    ],
)
def test_duration_has_two_units_at_most(seconds: float, words: str) -> None:
    """Rounding carries into the larger unit."""
    assert duration_words(seconds) == words


def test_no_line_breaks_between_a_number_and_its_unit() -> None:
    """Other spaces stay where a line may break."""
    assert unbroken("1 h 20 min of 90, 80 %") == "1\u00a0h 20\u00a0min of 90, 80\u00a0%"
