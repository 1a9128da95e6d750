"""Only the family may say "changed"."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from incident_analytics.analysis.statistics.false_discovery import Question, family_of_changes


@dataclass(frozen=True)
class Outcome:
    """A test with a p-value."""

    p_value: float | None
    reason: str = ""


def asked(*p_values: float | None) -> list[Question]:
    """One question a p-value."""
    return [Question("time_to_resolution", f"Q{n}", f"Q{n + 1}", Outcome(p)) for n, p in enumerate(p_values, start=1)]


def test_the_example_of_the_paper_is_met() -> None:
    """Benjamini and Hochberg, 1995, 3.2: fifteen tests, of which the first four survive at 5 %."""
    p_values = (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344)
    p_values += (0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000)
    answers = [change.answer for change in family_of_changes(asked(*p_values))]
    assert answers == ["changed"] * 4 + ["no change found"] * 11


def test_the_order_of_the_questions_stays() -> None:
    """0.03 alone would be a change; of three it is not."""
    changes = family_of_changes(asked(0.9, 0.001, 0.04))
    assert [change.question.before for change in changes] == ["Q1", "Q2", "Q3"]
    assert [change.q_value for change in changes] == pytest.approx([0.9, 0.003, 0.06])
    assert [change.answer for change in changes] == ["no change found", "changed", "no change found"]
    assert family_of_changes(asked(0.04))[0].answer == "changed"


def test_what_was_too_few_to_ask_is_not_counted() -> None:
    """It can say nothing, so it costs the others nothing."""
    changes = family_of_changes(asked(None, 0.04, None))
    assert [change.answer for change in changes] == ["too few to say", "changed", "too few to say"]
    assert [(change.q_value, change.n_questions) for change in changes] == [(None, 1), (0.04, 1), (None, 1)]


@pytest.mark.parametrize("p_values", [(), (None,), (None, None)])
def test_nothing_to_ask_is_no_family(p_values: tuple[None, ...]) -> None:
    """An empty history, and one with too few everywhere."""
    changes = family_of_changes(asked(*p_values))
    assert [change.answer for change in changes] == ["too few to say"] * len(p_values)
