"""Incidents of whole weeks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.analysis.trends.weekly_counts import weekly_counts
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

START = datetime(2024, 1, 1, tzinfo=UTC)


def test_a_month_has_four_weeks_and_days_that_belong_to_none(lasting: Callable[..., pl.DataFrame]) -> None:
    """One incident a day: seven a week, and the 29th to the 31st are not counted."""
    scope = Scope(as_of=START + timedelta(days=60), since=START, until=START + timedelta(days=31), period="month")
    counts = weekly_counts(cohort(lasting(*range(60)), scope, load_runbook()))
    assert {label: each.tolist() for label, each in counts.items()} == {"2024-01": [7.0, 7.0, 7.0, 7.0]}


def test_what_came_before_the_first_incident_is_not_taken_for_quiet(history_of: Callable[..., pl.DataFrame]) -> None:
    """Records begin on 20 February: the first week counted is the next of that quarter's, from the 26th on."""
    rows = [{"started_at": datetime(2024, 2, 20, tzinfo=UTC) + timedelta(days=day)} for day in range(41)]
    scope = Scope(as_of=datetime(2024, 4, 1, tzinfo=UTC), period="quarter")
    counts = weekly_counts(cohort(history_of(*rows), scope, load_runbook()))
    assert {label: each.tolist() for label, each in counts.items()} == {"2024-Q1": [7.0] * 5}


def test_the_week_of_a_clock_change_is_a_week(history_of: Callable[..., pl.DataFrame]) -> None:
    """In Berlin the week of 25 March 2024 has 167 hours and is whole all the same."""
    zone = ZoneInfo("Europe/Berlin")
    begins = datetime(2024, 3, 25, tzinfo=zone).astimezone(UTC)
    rows = [{"started_at": begins + timedelta(hours=hour)} for hour in (0, 166, 167)]
    scope = Scope(as_of=begins + timedelta(days=14), since=begins, period="week", zone=zone, zone_name="Europe/Berlin")
    counts = weekly_counts(cohort(history_of(*rows), scope, load_runbook()))
    assert {label: each.tolist() for label, each in counts.items()} == {"2024-W13": [2.0], "2024-W14": [1.0]}
