"""How much of the time something was impacted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.trends.cohort import LeftOut, cohort
from incident_analytics.analysis.trends.impact_stretches import impact_trend
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from incident_analytics.analysis.trends.impact_stretches import ImpactTrend

START = datetime(2024, 1, 1, tzinfo=UTC)


def impact(frame: pl.DataFrame) -> ImpactTrend:
    """The impact of a history, by week, as of ten days after its start."""
    return impact_trend(cohort(frame, Scope(START + timedelta(days=10), period="week"), load_runbook()))


def row(service: str, start: float, end: float | None, **more: object) -> dict[str, object]:
    """An incident of a service, from one hour of the year to another."""
    at = {"started_at": START + timedelta(hours=start), "service": service}
    return at | ({} if end is None else {"resolved_at": START + timedelta(hours=end)}) | more


def test_overlapping_incidents_count_once(history_of: Callable[..., pl.DataFrame]) -> None:
    """0 to 2 and 1 to 3 are three hours of 240 together, and two hours of each service."""
    found = impact(history_of(row("a", 0, 2), row("b", 1, 3), row("a", 0, 1)))
    assert found.whole is not None
    assert (found.whole.downtime_seconds, found.whole.availability) == (10_800, 1 - 3 / 240)
    told = [(each.service, each.availability.downtime_seconds, each.availability.n) for each in found.services]
    assert told == [("a", 7200, 2), ("b", 7200, 1)]


def test_impact_over_midnight_of_monday_is_in_both_weeks(history_of: Callable[..., pl.DataFrame]) -> None:
    """From Sunday 23:00 to Monday 02:00."""
    found = impact(history_of(row("a", 0, 0.5), row("a", 167, 170)))
    assert [each.availability.downtime_seconds for each in found.periods] == [5400, 7200]


def test_impact_ends_with_mitigation(history_of: Callable[..., pl.DataFrame]) -> None:
    """Mitigated after one hour, resolved after five."""
    found = impact(history_of(row("a", 0, 5, mitigated_at=START + timedelta(hours=1))))
    assert found.services[0].availability.downtime_seconds == 3600


def test_open_incident_counts_until_now(history_of: Callable[..., pl.DataFrame]) -> None:
    """Since the first hour of ten days; never more than the time watched."""
    found = impact(history_of(row("a", 0, None), row("a", 5, None)))
    assert found.whole is not None
    assert (found.whole.availability, found.whole.downtime_seconds, found.whole.n_open) == (0.0, 864_000, 2)


def test_what_has_no_stretch_is_left_out_and_counted(history_of: Callable[..., pl.DataFrame]) -> None:
    """No start, an end before it, or closed without an end; the rest is the hour of the last one."""
    rows = [
        row("a", 5, 6) | {"started_at": None, "detected_at": START},
        row("a", 5, 3),
        row("a", 1, None, status="closed"),
        row("a", 2, 3),
    ]
    found = impact(history_of(*rows))
    assert found.services[0].availability.downtime_seconds == 3600
    assert set(found.left_out) == {
        LeftOut("started_at is not recorded", 1, ("INC-1",)),
        LeftOut("its impact ends before it starts", 1, ("INC-2",)),
        LeftOut("nobody recorded when its impact ended", 1, ("INC-3",)),
    }


def test_five_longest_of_the_services_are_named(history_of: Callable[..., pl.DataFrame]) -> None:
    """By the union of their stretches, not by their sum: "sum" has two hours twice."""
    rows = [row("sum", 0, 2), row("sum", 0, 2), row("none", 0, 0)]
    rows += [row(f"s{number}", 0, number) for number in (3, 4, 5, 6)]
    found = impact(history_of(*rows))
    assert [each.service for each in found.services] == ["s6", "s5", "s4", "s3", "sum"]
    assert found.n_services == 6


def test_ninety_minutes_in_thirty_days_are_99_7917_percent(history_of: Callable[..., pl.DataFrame]) -> None:
    """A second incident at the same time takes nothing more."""
    scope = Scope(START + timedelta(days=30), since=START)
    found = impact_trend(cohort(history_of(row("a", 24, 25.5), row("b", 24, 25.5)), scope, load_runbook()))
    assert found.whole is not None
    assert found.whole.availability == pytest.approx(0.9979167, abs=5e-8)
