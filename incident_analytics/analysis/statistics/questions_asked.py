"""Which changes a history is asked about: period beside period, half beside half, and a change at any time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.statistics.change_point import change_point
from incident_analytics.analysis.statistics.comparison import compare
from incident_analytics.analysis.statistics.durations import Durations, numbers
from incident_analytics.analysis.statistics.false_discovery import Question
from incident_analytics.analysis.statistics.groups import labelled
from incident_analytics.analysis.statistics.rates import compare_counts
from incident_analytics.analysis.statistics.span_label import span_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incident_analytics.analysis.statistics.comparison import Comparison
    from incident_analytics.analysis.statistics.durations import Numbers

# The smallest p-value is one in so many and one: of a hundred questions one must get below 0.05 / 100.
PERMUTATIONS_OF_A_FAMILY: Final = 1_999


def duration_questions(metric: str, periods: Mapping[str, Durations]) -> tuple[Question, ...]:
    """Did this duration change from one period to the next, or from the earlier half of them to the later?

    Neighbours show when; the halves have the incidents to show a small change at all. Of an odd number of periods the
    one in the middle belongs to the later half. Two periods are their own halves.

    >>> from incident_analytics.analysis.statistics.durations import durations
    >>> quarters = {f"Q{number}": durations(range(100 * number, 100 * number + 10)) for number in (1, 2, 3)}
    >>> for question in duration_questions("time_to_resolution", quarters):
    ...     print(question.before, "/", question.after, round(question.test.estimate, 2))
    Q1 / Q2 1.96
    Q2 / Q3 1.49
    Q1 / Q2 to Q3 2.4

    Args:
        metric: The metric's name.
        periods: Its durations in each period, in the order of time (`durations.durations` makes them).
    """
    return tuple(
        Question(
            metric,
            span_label(before),
            span_label(after),
            _compared(_all(before, periods), _all(after, periods)),
        )
        for before, after in _pairs(list(periods))
    )


def count_questions(metric: str, periods: Mapping[str, Numbers]) -> tuple[Question, ...]:
    """The same questions of counts, such as incidents a week.

    Args:
        metric: What is counted.
        periods: The count of each week of each period, in the order of time; weeks without any are 0.

    >>> [round(question.test.p_value, 3) for question in count_questions("incidents", {"Q1": [5, 5], "Q2": [1, 1]})]
    [0.039]

    Raises:
        ParameterError: A period has no weeks, or a count is missing.
    """
    counts = {period: numbers(values, "counts") for period, values in periods.items()}
    return tuple(
        Question(
            metric,
            span_label(before),
            span_label(after),
            compare_counts(
                np.concatenate([counts[period] for period in before]),
                np.concatenate([counts[period] for period in after]),
            ),
        )
        for before, after in _pairs(list(counts))
    )


def level_question(metric: str, history: Durations, labels: Sequence[str], *, seed: int) -> tuple[Question, ...]:
    """Did this duration move to another level at any time?

    Periods and halves are blind where a change falls into their midst; this is asked of the whole history, and named by
    the incidents on both sides of the best cut. Shuffled so often that its p-value can survive a family of a hundred.

    >>> from incident_analytics.analysis.statistics.durations import durations
    >>> hours = durations([3600, 3000, 4000, 3300, 3900, 3500] * 4 + [600, 500, 700] * 8)
    >>> (question,) = level_question("time_to_resolution", hours, [f"INC-{n}" for n in range(1, 49)], seed=1)
    >>> question.before, question.after, question.test.p_value
    ('INC-1 to INC-24', 'INC-25 to INC-48', 0.0005)

    Args:
        metric: The metric's name.
        history: All its durations, in the order of their incidents.
        labels: Each one's label, such as the day of its incident.
        seed: Of the shuffles.

    Returns:
        The one question, or none where there is no history to cut.

    Raises:
        ParameterError: There are not as many labels as durations.
    """
    named = [str(label) for label in labelled(labels, history)]
    point = change_point(history.seconds, history.is_open, seed=seed, permutations=PERMUTATIONS_OF_A_FAMILY)
    if point.first_after is None:
        return ()
    return (Question(metric, span_label(named[: point.first_after]), span_label(named[point.first_after :]), point),)


def _pairs(periods: list[str]) -> list[tuple[list[str], list[str]]]:
    neighbours = [([before], [after]) for before, after in pairwise(periods)]
    half = len(periods) // 2
    return [*neighbours, (periods[:half], periods[half:])] if len(neighbours) > 1 else neighbours


def _all(chosen: list[str], periods: Mapping[str, Durations]) -> Durations:
    return Durations(
        np.concatenate([periods[period].seconds for period in chosen]),
        np.concatenate([periods[period].is_open for period in chosen]),
    )


def _compared(before: Durations, after: Durations) -> Comparison:
    return compare(before.seconds, after.seconds, before_open=before.is_open, after_open=after.is_open)
