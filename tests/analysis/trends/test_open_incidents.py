"""Incidents that are still open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.open_incidents import open_incidents
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort


def test_oldest_of_the_sample_comes_first(sample_cohort: Cohort) -> None:
    """data/README.md: INC-2023-102 since 21 November, INC-2023-115 to 118 since the last three days."""
    found = open_incidents(sample_cohort)
    assert (found.n, found.n_all) == (5, 242)
    ids = [each.id for each in found.incidents]
    assert ids == ["INC-2023-102", "INC-2023-115", "INC-2023-116", "INC-2023-117", "INC-2023-118"]
    oldest = found.incidents[0]
    assert (oldest.severity, oldest.service, oldest.began_at.date().isoformat()) == ("SEV4", "search-api", "2023-11-21")
    # 40 d 16 h 57 min 48 s
    assert oldest.age_seconds == 3_517_068


def test_all_are_counted_and_some_named(lasting: Callable[..., pl.DataFrame]) -> None:
    """Thirty open ones, twenty of them named."""
    scope = Scope(datetime(2024, 3, 1, tzinfo=UTC))
    found = open_incidents(cohort(lasting(*[None] * 30, 60), scope, load_runbook()))
    assert (found.n, len(found.incidents), found.n_all) == (30, 20, 31)
    assert found.incidents[0].age_seconds == 60 * 86_400


def test_nothing_open_is_told_so(lasting: Callable[..., pl.DataFrame], history_of: Callable[..., pl.DataFrame]) -> None:
    """Of one that is over, and of none."""
    scope = Scope(datetime(2024, 3, 1, tzinfo=UTC))
    assert open_incidents(cohort(lasting(60), scope, load_runbook())).n == 0
    assert open_incidents(cohort(history_of(), scope, load_runbook())).n_all == 0


def test_unknown_stays_unknown(lasting: Callable[..., pl.DataFrame]) -> None:
    """No severity, title or service is made up."""
    scope = Scope(datetime(2024, 3, 1, tzinfo=UTC))
    (found,) = open_incidents(cohort(lasting(None), scope, load_runbook())).incidents
    assert (found.title, found.severity, found.service) == (None, None, None)
