"""Many questions asked of one history: which answers survive, so that chance alone seldom says "changed"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from scipy import stats

if TYPE_CHECKING:
    from collections.abc import Sequence

Answer: TypeAlias = Literal["changed", "no change found", "too few to say"]
FALSE_DISCOVERY_RATE: Final = 0.05


class Tested(Protocol):
    """The outcome of any test: `Comparison`, `RateRatio`, `ChangePoint`."""

    @property
    def p_value(self) -> float | None:
        """The chance of a difference at least as large where there is none; None where it cannot be told."""

    @property
    def reason(self) -> str:
        """Why it cannot be told."""


@dataclass(frozen=True, slots=True)
class Question:
    """One test of the family: did this metric change between these two?

    Args:
        metric: The metric, such as "time_to_acknowledgment".
        before: What it was compared with: "2024-Q1".
        after: What was compared: "2024-Q2".
        test: The outcome.
    """

    metric: str
    before: str
    after: str
    test: Tested


@dataclass(frozen=True, slots=True)
class Change:
    """What may be said in answer to a question, all questions of the report considered.

    Args:
        question: What was asked, with its own p-value and effect.
        q_value: The p-value after Benjamini and Hochberg: the share of chance among the changes that would be told if
            this one were. None where the question could not be asked of so few.
        answer: "changed" only where the q-value is at most the rate.
        n_questions: How many questions shared the family, for the receipt.
    """

    question: Question
    q_value: float | None
    answer: Answer
    n_questions: int


def family_of_changes(questions: Sequence[Question], *, rate: float = FALSE_DISCOVERY_RATE) -> tuple[Change, ...]:
    """Everything a report asks "did it change?" about, judged together.

    Benjamini and Hochberg, 1995, doi:10.1111/j.2517-6161.1995.tb02031.x (`scipy.stats.false_discovery_control`).
    If nothing changed, at most about one report in twenty says "changed" anywhere, however many questions it asks;
    without it eight quarters, each compared with the next, say so in every fourth.

    Args:
        questions: All of one report: a question left out because its answer was dull undoes the promise.
        rate: The share of chance that is accepted.

    Returns:
        One change a question, in the same order.

    >>> from incident_analytics.analysis.statistics.comparison import compare
    >>> halved = compare(range(100, 200, 5), range(50, 100, 3))
    >>> same = compare(range(100, 200, 5), range(101, 201, 5))
    >>> asked = [Question("acknowledgment", "Q1", "Q2", halved), Question("resolution", "Q1", "Q2", same)]
    >>> [change.answer for change in family_of_changes(asked)]
    ['changed', 'no change found']
    """
    known = [(place, p) for place, question in enumerate(questions) if (p := question.test.p_value) is not None]
    adjusted = stats.false_discovery_control([p for _, p in known]) if known else []
    q_values = {place: float(q) for (place, _), q in zip(known, adjusted, strict=True)}
    return tuple(
        Change(question, q := q_values.get(place), _answer(q, rate), len(known))
        for place, question in enumerate(questions)
    )


def _answer(q_value: float | None, rate: float) -> Answer:
    if q_value is None:
        return "too few to say"
    return "changed" if q_value <= rate else "no change found"
