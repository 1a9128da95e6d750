"""Tests of the clock that runs while people work."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.trends import business_median as module
from incident_analytics.analysis.trends.business_median import business_median
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook
from incident_analytics.model.severity import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl
    import pytest

    from incident_analytics.analysis.trends.cohort import Cohort

FRIDAY, MONDAY = datetime(2024, 1, 19, 16, tzinfo=UTC), datetime(2024, 1, 22, 10, tzinfo=UTC)


def cohort_of(frame: pl.DataFrame) -> Cohort:
    """Incidents seen from the Monday."""
    return cohort(frame, Scope(as_of=MONDAY), load_runbook())


def test_a_weekend_counts_nothing(history_of: Callable[..., pl.DataFrame]) -> None:
    """From Friday at four to Monday at ten are two hours of work."""
    found = cohort_of(history_of({"started_at": FRIDAY, "resolved_at": MONDAY}))
    assert business_median(found.watched("time_to_resolution"), found, Calendar()).estimate == 7200.0


def test_an_open_incident_counts_as_open(history_of: Callable[..., pl.DataFrame]) -> None:
    """Two hours of work so far are no median."""
    found = cohort_of(history_of({"started_at": FRIDAY}))
    median = business_median(found.watched("time_to_resolution"), found, Calendar())
    assert (median.estimate, median.n_open) == (None, 1)


def test_too_many_are_not_counted(history_of: Callable[..., pl.DataFrame], monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason says how many would be."""
    monkeypatch.setattr(module, "MOST_COUNTED", 1)
    found = cohort_of(history_of(*[{"started_at": FRIDAY, "resolved_at": MONDAY}] * 2))
    median = business_median(found.watched("time_to_resolution"), found, Calendar())
    assert (median.estimate, median.reason) == (None, "not counted of more than 1 incidents")
