"""Whether groups are shared out otherwise after than before."""

from __future__ import annotations

import numpy as np
import pytest

from incident_analytics.analysis.statistics.false_discovery import Question, family_of_changes
from incident_analytics.analysis.statistics.mix_change import mix_change

SEVERITIES = ("SEV1", "SEV2", "SEV3", "SEV4")


def labels(*counts: int) -> list[str]:
    """So many of each severity."""
    return [name for name, count in zip(SEVERITIES, counts, strict=False) for _ in range(count)]


def test_sample_history_has_the_p_value_of_scipy() -> None:
    """scipy.stats.chi2_contingency([[22, 41, 41, 20], [11, 26, 51, 29]]) gives 0.0226; 9,999 draws err by 0.0015."""
    found = mix_change(labels(22, 41, 41, 20), labels(11, 26, 51, 29), seed=1)
    assert found.p_value == pytest.approx(0.0226, abs=0.003)
    assert (found.n_before, found.n_after, found.reason) == (124, 117, "")
    assert found.method == "chi-squared in shuffled tables, 9999 draws, seed 1"


def test_order_of_severities_shows_a_shift_that_chi_squared_hardly_sees() -> None:
    """scipy.stats.mannwhitneyu of the levels, corrected for ties, gives 0.0029."""
    found = mix_change(labels(22, 41, 41, 20), labels(11, 26, 51, 29), seed=1, order=SEVERITIES)
    assert found.p_value == pytest.approx(0.0029, abs=0.0015)
    assert found.method == "difference of mean ranks in shuffled tables, 9999 draws, seed 1"


def test_two_groups_have_the_p_value_of_fisher() -> None:
    """63 of 124 beside 37 of 117: scipy.stats.fisher_exact gives 0.0027."""
    assert mix_change(labels(63, 61), labels(37, 80), seed=1).p_value == pytest.approx(0.0027, abs=0.0015)


def test_same_seed_gives_the_same() -> None:
    """And the order of the incidents is of no account."""
    before, after = labels(5, 9, 3), labels(4, 2, 8)
    assert mix_change(before, after, seed=7) == mix_change(before[::-1], after[::-1], seed=7)


def test_what_is_unknown_is_not_counted() -> None:
    """More unknown ones after are no change of the mix."""
    found = mix_change([*labels(10, 10), None], [*labels(10, 10), *[None] * 15], seed=1)
    assert (found.p_value, found.n_before, found.n_after) == (1.0, 20, 20)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([], labels(3, 3), "no incidents of a known group in one of the periods"),
        ([None], labels(3, 3), "no incidents of a known group in one of the periods"),
        (labels(9), labels(9), "all are SEV1"),
        (labels(3), labels(0, 3), "too few, or too few of each group, to show any difference"),
        (labels(10), labels(9, 1), "too few, or too few of each group, to show any difference"),
    ],
)
def test_too_few_are_told_so(before: list[str], after: list[str], reason: str) -> None:
    """Three and three give 2 of 20 tables at best, which is not rarer than one in twenty; so no p-value."""
    found = mix_change(before, after, seed=1)
    assert (found.p_value, found.reason) == (None, reason)


def test_four_and_four_apart_are_enough() -> None:
    """2 of C(8, 4) = 70 tables are as uneven: 0.0286."""
    assert mix_change(labels(4), labels(0, 4), seed=1).p_value == pytest.approx(2 / 70, abs=0.005)


def test_chance_alone_is_seldom_rare() -> None:
    """At 5 %, 300 mixes without a change give 15 false alarms, and hardly ever more than 26."""
    generator = np.random.default_rng(1)
    draws = [generator.choice(SEVERITIES, size=(2, 60), p=(0.1, 0.2, 0.3, 0.4)).tolist() for _ in range(300)]
    p_values = [mix_change(before, after, seed=1, draws=499).p_value or 1.0 for before, after in draws]
    assert sum(p_value <= 0.05 for p_value in p_values) <= 26


def test_family_takes_it_as_a_question() -> None:
    """It is the outcome of a test like any other."""
    question = Question("severity_mix", "2022", "2023", mix_change(labels(20, 5), labels(5, 20), seed=1))
    assert [change.answer for change in family_of_changes([question])] == ["changed"]
