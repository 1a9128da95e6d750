"""Levels as severity numbers."""

from __future__ import annotations

import pytest

from incident_analytics.sources.logs.severity import severity_of_pino, severity_of_word


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("trace", 1), ("silly", 1), ("debug", 5), ("verbose", 6), ("http", 7), ("info", 9), ("INFO ", 9),
        ("Information", 9),
        ("notice", 10), ("SUCCESS", 10), ("warn", 13), ("WARNING", 13), ("error", 17), ("err", 17), ("SEVERE", 17),
        ("crit", 18), ("alert", 19), ("CRITICAL", 21), ("fatal", 21), ("emerg", 21), ("\x1b[31merror\x1b[39m", 17),
        ("30", None), ("loud", None), ("", None),
    ],
)  # fmt: skip
def test_level_words_are_opentelemetry_numbers(word: str, number: int | None) -> None:
    """Words of every library map as the OpenTelemetry log data model's appendix B does."""
    assert severity_of_word(word) == number


@pytest.mark.parametrize(
    ("level", "number"),
    [(10, 1), (20, 5), (30, 9), (35, 9), (40, 13), (50, 17), (60, 21), (70, None), (0, None), (-10, None)],
)
def test_pino_levels_are_opentelemetry_numbers(level: int, number: int | None) -> None:
    """A custom level between two steps counts as the lower one; outside of them it is unknown."""
    assert severity_of_pino(level) == number
