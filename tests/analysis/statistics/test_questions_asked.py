"""Which changes a history is asked about."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.statistics.comparison import Comparison
from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.analysis.statistics.questions_asked import (
    count_questions,
    duration_questions,
    level_question,
)
from incident_analytics.errors import ParameterError


def test_neighbours_and_halves_are_asked_about() -> None:
    """Of four quarters three pairs of neighbours, and the first two against the last two."""
    quarters = {f"Q{number}": durations([60.0 * number] * 5) for number in (1, 2, 3, 4)}
    asked = duration_questions("time_to_resolution", quarters)
    pairs = [(question.before, question.after) for question in asked]
    assert pairs == [("Q1", "Q2"), ("Q2", "Q3"), ("Q3", "Q4"), ("Q1 to Q2", "Q3 to Q4")]
    assert {question.metric for question in asked} == {"time_to_resolution"}
    tests = [question.test for question in asked if isinstance(question.test, Comparison)]
    assert [(test.n_before, test.n_after) for test in tests] == [(5, 5), (5, 5), (5, 5), (10, 10)]
    assert [test.estimate for test in tests] == pytest.approx([2, 1.5, 4 / 3, 2.3333], abs=0.34)


@pytest.mark.parametrize(("count", "questions"), [(0, 0), (1, 0), (2, 1), (3, 3)])
def test_two_periods_are_their_own_halves(count: int, questions: int) -> None:
    """And one, or none, has nothing to be compared with."""
    periods = {f"Q{number}": durations([60.0] * 5) for number in range(count)}
    assert len(duration_questions("time_to_resolution", periods)) == questions
    assert len(count_questions("incidents", {period: [1.0] for period in periods})) == questions


def test_open_flags_travel_with_their_durations() -> None:
    """All of the second quarter are open."""
    quarters = {"Q1": durations([60.0] * 9), "Q2": durations([600.0] * 9, [True] * 9)}
    (question,) = duration_questions("time_to_resolution", quarters)
    assert isinstance(question.test, Comparison)
    assert (question.test.method, question.test.n_open) == ("log-rank", 9)


def test_an_empty_period_is_too_few_to_say() -> None:
    """A quarter without incidents has no durations, but its weeks of none count."""
    (question,) = duration_questions("time_to_resolution", {"Q1": durations([60.0] * 9), "Q2": durations([])})
    assert (question.test.p_value, question.test.reason) == (None, "no incidents in one of the groups")
    (counted,) = count_questions("incidents", {"Q1": [3, 3, 3], "Q2": [0, 0, 0]})
    assert counted.test.p_value == pytest.approx(2 * 0.5**9)
    with pytest.raises(ParameterError, match="expected one count or more a period, found '1 and 0'"):
        count_questions("incidents", {"Q1": [3], "Q2": []})


def test_a_change_amid_a_period_is_asked_about_too() -> None:
    """Ten minutes after an hour, from the seventh of twelve on."""
    days = [f"2024-03-{day:02}" for day in range(1, 13)]
    history = durations([3500, 3600, 3700, 3600, 3500, 3700, 590, 600, 610, 600, 590, 610])
    (question,) = level_question("time_to_resolution", history, days, seed=1)
    assert (question.before, question.after) == ("2024-03-01 to 2024-03-06", "2024-03-07 to 2024-03-12")
    assert question.test.p_value == pytest.approx(0.002, abs=0.002)  # 2 of the 924 ways to choose six


def test_of_a_short_history_no_level_is_asked() -> None:
    """Nor of labels that are not its own."""
    assert level_question("time_to_resolution", durations([60.0] * 5), ["a"] * 5, seed=1) == ()
    with pytest.raises(ParameterError, match="expected 5 labels, one a duration"):
        level_question("time_to_resolution", durations([60.0] * 5), ["a"], seed=1)
