"""What a report says of change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.changes import Share, changes
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.analysis.trends.verdict import verdict
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.changes import Verdict
    from incident_analytics.analysis.trends.cohort import Cohort

START = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample_verdict(sample_cohort: Cohort) -> Verdict:
    """That of data/history."""
    return verdict(sample_cohort, changes(sample_cohort))


def test_acknowledgment_halved_around_new_year(sample_verdict: Verdict) -> None:
    """Medians and ratio are those of data/README.md, and the planted day lies where the change is said to lie."""
    told = sample_verdict.changed[0]
    assert (told.metric, told.answer) == ("time_to_acknowledgment", "changed")
    assert told.ratio == pytest.approx(0.54, abs=0.005)
    assert told.before_value is not None
    assert told.after_value is not None
    assert (told.before_value.estimate, told.before_value.n) == (511.0, 124)
    assert (told.after_value.estimate, told.after_value.n) == (288.0, 117)
    assert told.between is not None
    first, last = told.between
    assert first < datetime(2023, 1, 1, tzinfo=UTC) < last
    assert last - first < timedelta(days=75)


def test_resolution_is_noise(sample_verdict: Verdict) -> None:
    """Log-rank with the open ones p = 0.29 (data/README.md); neither a half nor a double is possible."""
    told = next(each for each in sample_verdict.not_changed if each.metric == "time_to_resolution")
    assert told.p_value == pytest.approx(0.29, abs=0.005)
    assert told.low is not None
    assert told.high is not None
    assert 0.5 < told.low < 0.97 < told.high < 2.0


def test_the_severities_shifted(sample_verdict: Verdict) -> None:
    """By severity 22, 41, 41, 20 in 2022 and 11, 26, 51, 29 in 2023 (data/README.md)."""
    told = sample_verdict.changed[-1]
    assert told.metric == "severity_mix"
    assert told.q_value == pytest.approx(0.026, abs=0.005)
    assert told.shares == (Share("SEV1", 22, 11), Share("SEV2", 41, 26), Share("SEV3", 41, 51), Share("SEV4", 20, 29))


def test_one_severity_alone_is_too_few_to_rule_a_halving_out(sample_verdict: Verdict) -> None:
    """SEV1 fell from 22 to 11: too few for "changed", too many to say that nothing did."""
    told = {each.metric: each.reason for each in sample_verdict.too_early}
    assert told == dict.fromkeys(
        ("incidents of SEV1", "incidents of SEV2", "incidents of SEV4"),
        "among so few, half as much or twice as much may go unseen",
    )


def test_every_metric_has_one_statement(sample_verdict: Verdict) -> None:
    """Five durations, incidents, four severities, the mix."""
    told = [*sample_verdict.changed, *sample_verdict.not_changed, *sample_verdict.too_early]
    assert len({each.metric for each in told}) == len(told) == 11
    assert (sample_verdict.n_questions, sample_verdict.n_too_few) == (58, 0)


def test_a_level_that_changes_within_the_only_period_is_told_by_its_two_sides(
    lasting: Callable[..., pl.DataFrame],
) -> None:
    """Forty days of one quarter, an hour before and five minutes after."""
    minutes = [60.0 + day % 7 for day in range(20)] + [5.0 + day % 3 for day in range(20)]
    told = cohort(lasting(*minutes), Scope(as_of=START + timedelta(days=41), period="quarter"), load_runbook())
    (statement,) = verdict(told, changes(told)).changed
    assert (statement.metric, statement.before, statement.after) == (
        "time_to_resolution",
        "2024-01-01 to 2024-01-20",
        "2024-01-21 to 2024-02-09",
    )
    assert statement.between == (START + timedelta(days=19), START + timedelta(days=20))
    assert statement.ratio == pytest.approx(0.0952, abs=0.001)


def test_histories_that_tell_nothing_are_all_too_early(
    history_of: Callable[..., pl.DataFrame], lasting: Callable[..., pl.DataFrame]
) -> None:
    """Nothing on record is no statement at all; of one incident each says why."""
    empty = cohort(history_of(), Scope(as_of=START), load_runbook())
    assert verdict(empty, changes(empty)).too_early == ()
    one = cohort(lasting(5.0), Scope(as_of=START + timedelta(days=40)), load_runbook())
    told = verdict(one, changes(one))
    assert (told.changed, told.not_changed) == ((), ())
    assert all(each.reason for each in told.too_early)
    still = cohort(lasting(*[None] * 30), Scope(as_of=START + timedelta(days=40)), load_runbook())
    assert verdict(still, changes(still)).changed == ()
