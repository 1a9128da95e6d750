"""Tests of numbers as a figure writes them."""

from __future__ import annotations

import pytest

from incident_analytics.reporting.figures.numbers import axis_range, compact, nice_top, scale_of


@pytest.mark.parametrize(
    ("unit", "highest", "value", "written"),
    [
        ("percent", 40, 35, "35 %"),
        ("ratio", 1, 0.987, "98.7 %"),
        ("seconds", 0.9, 0.24, "240 ms"),
        ("seconds", 12, 2.5, "2.5 s"),
        ("milliseconds", 900, 240, "240 ms"),
        ("milliseconds", 12_000, 2500, "2.5 s"),
        ("seconds", 600, 90, "1.5 min"),
        ("bytes", 1.5e9, 1.5e9, "1.5 GB"),
        ("bytes", 512, 512, "512 B"),
        ("", 5000, 1200, "1.2 k"),
        ("orders", 637, 118, "118 orders"),
    ],
)
def test_value_is_written_in_the_unit_its_panel_is_read_in(
    unit: str, highest: float, value: float, written: str
) -> None:
    """The panel's highest value chooses the unit for all of them."""
    assert scale_of(unit, highest).written(value) == written


def test_thousand_begins_where_it_would_be_written_as_one() -> None:
    """999.6 has three digits only as one thousand."""
    assert [compact(value) for value in (999, 999.6, 1000)] == ["999", "1 k", "1 k"]


def test_axis_ends_at_a_round_number_that_holds_the_highest() -> None:
    """No value is cut off, and little room is wasted."""
    assert [nice_top(value) for value in (0, 0.3, 1, 99, 101, 1240)] == [1, 0.3, 1, 100, 120, 1500]


def test_shares_are_read_against_the_whole() -> None:
    """A success rate that falls to 3 % has an axis from 0 to 100, one that never leaves 97 % a closer one."""
    assert axis_range(3, 99.6, "%") == (0, 100)
    assert axis_range(97.2, 99.9, "%") == (97, 100)
    assert axis_range(100, 100, "%") == (100, 101)


def test_axis_of_counts_begins_at_zero() -> None:
    """Where it need not show negative values."""
    assert axis_range(640, 650, "MB") == (0, 800)
    assert axis_range(-3, -1, "celsius") == (-3, 0)
