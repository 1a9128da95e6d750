"""The frame of incidents has one row each and honest nulls."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from incident_analytics import load_incidents, open_bundle
from incident_analytics.analysis.incidents_frame import incidents_frame
from incident_analytics.analysis.measurements import duration_measurements
from incident_analytics.analysis.milestones import ANCHORS
from incident_analytics.analysis.response_times import response_times
from incident_analytics.analysis.trends.cohort import cohort
from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.model.runbook import load_runbook
from incident_analytics.sources import Bundle
from incident_analytics.sources.histories import HISTORY_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def bundle(told: Any) -> Bundle:  # noqa: ANN401 -- the fixture's Told
    """The bundle of a record that stands alone."""
    return Bundle(None, load_runbook(), incident=told.incident)


def row(told: Any) -> dict[str, Any]:  # noqa: ANN401 -- the fixture's Told
    """The one row of an incident."""
    return incidents_frame([bundle(told)]).row(0, named=True)


def test_the_templates_row_is_what_is_printed(tell: Callable[..., Any], runbook_template: Any) -> None:  # noqa: ANN401
    """Everything else is null."""
    found = {name: value for name, value in row(tell(runbook_template.read_bytes())).items() if value is not None}
    assert found == {
        "id": "INC-2024-001",
        "title": "Payment processing outage",
        "severity": "SEV1",
        "severity_written": "SEV1",
        "status": "resolved",
        "detected_by": "monitoring_alert",
        "started_at": datetime(2024, 1, 15, 14, 15, tzinfo=UTC),
        "started_at_origin": "recorded",
        "detected_at": datetime(2024, 1, 15, 14, 15, tzinfo=UTC),
        "detected_at_origin": 'timeline entry "Alert triggered"',
        "acknowledged_at": datetime(2024, 1, 15, 14, 18, tzinfo=UTC),
        "acknowledged_at_origin": 'timeline entry "IC assigned"',
        "diagnosed_at": datetime(2024, 1, 15, 14, 25, tzinfo=UTC),
        "diagnosed_at_origin": 'timeline entry "Root cause identified"',
        "resolved_at": datetime(2024, 1, 15, 15, 45, tzinfo=UTC),
        "resolved_at_origin": "recorded",
        "users_affected": 15000,
        "revenue_lost": Decimal(45000),
        "revenue_currency": "USD",
        "duration_minutes": 90.0,
        "file": "record.yaml",
        "line": 1,
        "is_drill": False,
        "reopened": 0,
    }


def test_a_range_has_its_latest_instant_too(tell: Callable[..., Any]) -> None:
    """An exact one has not."""
    found = row(tell("id: X\nstarted_at: 2024-01-15T14:10Z..2024-01-15T14:20Z\ndetected_at: 14:21\n"))
    assert (found["started_at"].minute, found["started_at_latest"].minute, found["detected_at_latest"]) == (
        10,
        20,
        None,
    )


def test_an_open_incident_is_open_and_unknown_facts_are_null(tell: Callable[..., Any]) -> None:
    """Nothing is 0 or an empty text."""
    found = {name: value for name, value in row(tell("id: X\nservices: [a, b]\n")).items() if value is not None}
    recorded = {"file": "record.yaml", "line": 1, "is_drill": False}
    assert found == {"id": "X", "status": "open", "services": "a, b", "service": "a"} | recorded


def test_a_recorded_zero_is_zero(tell: Callable[..., Any]) -> None:
    """Nobody was affected, and that is known."""
    found = row(tell("id: X\nimpact: {users_affected: 0, revenue_lost: $0, duration_minutes: 0}\n"))
    assert (found["users_affected"], found["revenue_lost"], found["duration_minutes"]) == (0, Decimal(0), 0.0)


@pytest.mark.parametrize("amount", ["0.01", "12345678901234.56", "0.0001", "999999999999999999"])
def test_money_stays_exact(tell: Callable[..., Any], amount: str) -> None:
    """As a decimal, never through a float."""
    assert row(tell(f"id: X\nimpact: {{revenue_lost: EUR {amount}}}\n"))["revenue_lost"] == Decimal(amount)


def test_no_incidents_are_an_empty_frame_of_the_same_columns(tell: Callable[..., Any]) -> None:
    """So that code behind it need not ask."""
    frame = incidents_frame([])
    assert (frame.height, dict(frame.schema)) == (0, HISTORY_SCHEMA)
    assert dict(incidents_frame([bundle(tell("id: X\n"))] * 3).schema) == HISTORY_SCHEMA
    assert {name: HISTORY_SCHEMA[name] for name in ANCHORS} == dict.fromkeys(ANCHORS, pl.Datetime("us", "UTC"))


def test_a_history_gives_its_own_frame(tmp_path: Path) -> None:
    """The row of a bundle is the same, however it was loaded."""
    folder = tmp_path / "INC-7"
    folder.mkdir()
    text = "id: INC-7\nteam: data\ncause: deploy\nservices: [api, web]\nstarted_at: 2024-01-15T14:10Z\n"
    (folder / "incident.yaml").write_text(text, encoding="utf-8")
    (folder / "timeline.csv").write_text("at,text\n2024-01-15T15:00:00Z,Incident reopened\n", encoding="utf-8")
    history = load_incidents(folder, catalog=None)
    assert incidents_frame(history) is history.frame
    assert_frame_equal(incidents_frame([open_bundle(folder)]), history.frame)
    found = history.frame.row(0, named=True)
    told = ("INC-7/incident.yaml", 1, "api", "data", "deploy", 1)
    assert tuple(found[name] for name in ("file", "line", "service", "team", "cause", "reopened")) == told


def test_an_incident_that_was_only_closed_is_over(tell: Callable[..., Any]) -> None:
    """Nobody knows when it was resolved, and it is not waited for."""
    told = tell("id: X\nstarted_at: 2024-01-15T14:10Z\nclosed_at: 2024-01-16T09:00Z\n")
    frame = response_times(incidents_frame([bundle(told)]), metrics=["time_to_resolution"])
    found = frame.row(0, named=True)
    assert (found["status"], found["resolved_at"]) == ("closed", None)
    assert found["time_to_resolution_status"] == "unknown"
    assert found["time_to_resolution_reason"] == "resolved_at is not recorded"
    measured = duration_measurements(told.incident, told.anchors, load_runbook())["time_to_resolution"]
    assert (measured.status, measured.reason) == ("unknown", "resolved_at is not recorded")
    watched = cohort(frame.select(list(HISTORY_SCHEMA)), Scope(datetime(2024, 2, 1, tzinfo=UTC)), load_runbook())
    times = watched.watched("time_to_resolution")
    assert (times.durations.n, times.durations.n_open) == (0, 0)
    assert [(each.reason, each.count) for each in times.left_out] == [("resolved_at is not recorded", 1)]
