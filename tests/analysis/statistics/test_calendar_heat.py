"""The weekday-by-hour map's one test."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.statistics.calendar_heat import calendar_heat
from incident_analytics.errors import ParameterError


def week(**cells: float) -> list[list[float]]:
    """An empty map with some cells filled: d0h14=3 is three on Mondays from 14:00."""
    table = [[0.0] * 24 for _ in range(7)]
    for name, count in cells.items():
        day, hour = name.removeprefix("d").split("h")
        table[int(day)][int(hour)] = count
    return table


def test_one_hour_of_the_week_stands_out() -> None:
    """Twelve on Tuesdays from ten: the day and the hour are named; the smallest p of 9,999 draws is 0.0001."""
    found = calendar_heat(week(d1h10=12, d3h4=1, d5h20=1), seed=1)
    assert (found.p_value, found.weekdays, found.hours, found.n) == (0.0001, (1,), (10,), 14)


def test_without_a_pattern_no_day_is_named() -> None:
    """Sixty at random: a third of an incident a cell, so no cell says anything."""
    table = np.random.default_rng(3).multinomial(60, [1 / 168] * 168).reshape(7, 24)
    found = calendar_heat(table.astype(float).tolist(), seed=1)
    assert found.p_value is not None
    assert found.p_value > 0.05
    assert (found.weekdays, found.hours) == ((), ())
    assert found.expected == pytest.approx(0.357, abs=5e-4)


def test_exposure_explains_a_pattern() -> None:
    """Incidents on Mondays only, one each hour, where deploys are on Mondays only."""
    mondays = week(**{f"d0h{hour}": 1 for hour in range(24)})
    assert calendar_heat(mondays, seed=1).p_value == 0.0003
    explained = calendar_heat(mondays, seed=1, exposure=mondays)
    assert explained.p_value == 1.0
    assert explained.weekdays == ()


def test_the_same_seed_gives_the_same() -> None:
    """And the method says which it was."""
    table = week(d1h10=2, d3h4=1, d5h20=1)
    assert calendar_heat(table, seed=7) == calendar_heat(table, seed=7)
    assert (
        calendar_heat(table, seed=7).method
        == "Monte-Carlo chi-squared of 168 cells and their margins, 9999 draws, seed 7"
    )


def test_of_none_and_of_one_nothing_is_said() -> None:
    """One incident lies somewhere, wherever it lies."""
    assert (calendar_heat(week(), seed=1).p_value, calendar_heat(week(), seed=1).reason) == (None, "no incidents")
    assert calendar_heat(week(d0h0=1), seed=1).p_value == 1.0


def test_a_map_is_seven_by_twenty_four() -> None:
    """And incidents fall where there was something to go wrong."""
    with pytest.raises(ParameterError, match="counts: expected 7 rows of 24 numbers"):
        calendar_heat([[1.0] * 24] * 6, seed=1)
    with pytest.raises(ParameterError, match="exposure: expected some wherever an incident fell"):
        calendar_heat(week(d0h0=1), seed=1, exposure=week(d1h0=1))


@pytest.mark.slow
def test_maps_without_a_pattern_seldom_have_one() -> None:
    """At most one of twenty; two standard deviations of 300 maps of 60 incidents."""
    generator, named = np.random.default_rng(60), 0
    for run in range(300):
        table = generator.multinomial(60, [1 / 168] * 168).reshape(7, 24).astype(float)
        p_value = calendar_heat(table.tolist(), seed=run, draws=499).p_value
        named += p_value is not None and p_value <= 0.05
    assert named <= 22
