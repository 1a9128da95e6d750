"""The questions of a report, on histories with and without a change."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.changes import changes
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort

START = datetime(2024, 1, 1, tzinfo=UTC)


def test_the_sample_history_is_asked_fifty_eight_questions(sample_cohort: Cohort) -> None:
    """Eight quarters: 7 neighbours, the halves, a level for five durations; 8 of counts, 4 of severities, 1 of mix."""
    asked = changes(sample_cohort)
    assert Counter(each.question.metric for each in asked) == {
        "time_to_detection": 9,
        "time_to_acknowledgment": 9,
        "time_to_engage": 9,
        "time_to_mitigation": 9,
        "time_to_resolution": 9,
        "incidents": 8,
        "incidents of SEV1": 1,
        "incidents of SEV2": 1,
        "incidents of SEV3": 1,
        "incidents of SEV4": 1,
        "severity_mix": 1,
    }
    assert {each.n_questions for each in asked} == {58}


def test_only_what_was_planted_is_found_in_the_sample_history(sample_cohort: Cohort) -> None:
    """Acknowledgment was drawn at half, engagement contains it, severities shifted (data/README.md)."""
    found = [each for each in changes(sample_cohort) if each.answer == "changed"]
    assert {each.question.metric for each in found} == {"time_to_acknowledgment", "time_to_engage", "severity_mix"}
    halves = next(each for each in found if each.question.before == "2022")
    assert halves.question.test.p_value == pytest.approx(4.9e-11, rel=0.02)


def test_histories_that_tell_nothing_are_asked_without_a_crash(
    history_of: Callable[..., pl.DataFrame], lasting: Callable[..., pl.DataFrame]
) -> None:
    """Empty, one incident, all open, all in one second, one severity: no question of them says "changed"."""
    at_once = history_of(*({"started_at": START, "resolved_at": START} for _ in range(12)))
    histories = [
        history_of(),
        lasting(5.0),
        lasting(*[None] * 20),
        at_once,
        lasting(*[7, 3, 11, 5] * 5, severity="SEV2"),
    ]
    for frame in histories:
        for until in (START, START + timedelta(days=20)):
            told = cohort(frame, Scope(as_of=until), load_runbook())
            assert all(each.answer != "changed" for each in changes(told))


def test_a_severity_everyone_has_is_not_asked_about_twice(lasting: Callable[..., pl.DataFrame]) -> None:
    """Its count is the count of all."""
    told = cohort(lasting(*range(1, 60), severity="SEV2"), Scope(as_of=START + timedelta(days=60)), load_runbook())
    assert "incidents of SEV2" not in {each.question.metric for each in changes(told)}
