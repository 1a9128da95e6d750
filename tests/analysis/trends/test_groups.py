"""Groups side by side."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.groups import groups
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort

START = datetime(2024, 1, 1, tzinfo=UTC)


def test_severities_of_the_sample_history_stand_side_by_side(sample_cohort: Cohort) -> None:
    """33, 67, 92, 49 and one unknown, as data/README.md counts them by year; nothing is tested."""
    by = dataclasses.replace(sample_cohort, scope=dataclasses.replace(sample_cohort.scope, by="severity"))
    found = groups(by)
    assert found is not None
    assert [(each.name, each.n) for each in found.groups] == [
        ("SEV1", 33),
        ("SEV2", 67),
        ("SEV3", 92),
        ("SEV4", 49),
        (None, 1),
    ]
    assert sum(each.n_open for each in found.groups) == 5
    assert sum(each.share for each in found.groups) == pytest.approx(1.0)
    assert not found.is_tested
    assert groups(sample_cohort) is None


def test_beyond_twelve_the_others_stand_together(history_of: Callable[..., pl.DataFrame]) -> None:
    """Fifteen services with one incident each: twelve, and three together."""
    rows = [{"started_at": START + timedelta(days=day), "service": f"service-{day:02}"} for day in range(15)]
    found = groups(cohort(history_of(*rows), Scope(as_of=START + timedelta(days=40), by="service"), load_runbook()))
    assert found is not None
    assert len(found.groups) == 13
    assert (found.groups[-1].n, found.groups[-1].together) == (3, 3)


def test_an_empty_history_has_no_groups(history_of: Callable[..., pl.DataFrame]) -> None:
    """And no share of nothing."""
    found = groups(cohort(history_of(), Scope(as_of=START, by="team"), load_runbook()))
    assert found is not None
    assert found.groups == ()
