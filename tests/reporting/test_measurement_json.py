"""Measurements as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Anchor, Finding, Measurement, Place
from incident_analytics.model.money import Money
from incident_analytics.reporting.measurement_json import anchor_json, incident_json, measurement_json

AT = datetime(2024, 1, 15, 14, 15, tzinfo=UTC)
START = Anchor("started_at", Instant.exact(AT), "recorded", Place("incident.yaml", 5))
RANGE = Instant(AT, AT.replace(minute=20), "14:15 to 14:20", "minute", "UTC")


def test_a_zero_is_a_value() -> None:
    """0 seconds is a number; only None is null."""
    assert measurement_json(Measurement("time_to_detection", "seconds", "derived", 0.0))["value"] == 0


def test_whole_numbers_have_no_fraction_and_parts_stay() -> None:
    """5400.0 is written 5400, 150.5 stays 150.5."""
    whole = Measurement("time_to_resolution", "seconds", "derived", 5400.0)
    part = Measurement("time_to_resolution", "seconds", "derived", low=150.5, high=750.0)
    assert json.dumps(measurement_json(whole)["value"]) == "5400"
    assert [measurement_json(part)[name] for name in ("value", "low", "high")] == [None, 150.5, 750]


def test_an_end_that_nobody_recorded_is_null() -> None:
    """An anchor without an instant is not known."""
    missing = Measurement(
        "time_to_resolution", "seconds", "pending", clock="default", start=START, end=Anchor("resolved_at")
    )
    fields = measurement_json(missing)
    assert fields["from"] == {"anchor": "started_at", "at": "2024-01-15T14:15:00Z", "file": "incident.yaml", "line": 5}
    assert fields["to"] is None


def test_an_end_without_a_place_has_no_file() -> None:
    """What did not come from a file has neither file nor line."""
    placed = Measurement("time_to_resolution", "seconds", "derived", 0.0, start=Anchor("started_at", START.at))
    assert measurement_json(placed)["from"] == {
        "anchor": "started_at",
        "at": "2024-01-15T14:15:00Z",
        "file": None,
        "line": None,
    }


def test_only_durations_have_ends() -> None:
    """The place of a recorded number is no end of anything."""
    users = Measurement("users_affected", "users", "recorded", 3, start=Anchor("impact.users_affected", START.at))
    assert (measurement_json(users)["from"], measurement_json(users)["clock"]) == (None, None)


def test_doubts_stand_in_the_reason() -> None:
    """A program that reads the value finds the doubt beside it; a note of level info is none."""
    findings = (Finding("a", "warning", "start equals detection"), Finding("b", "info", "written to the minute"))
    doubtful = Measurement("time_to_detection", "seconds", "derived", 0.0, reason="from words", findings=findings)
    assert measurement_json(doubtful)["reason"] == "from words; start equals detection"


def test_amounts_never_have_exponents() -> None:
    """4.5E+4 is written 45000."""
    money = Money(Decimal("4.5E+4"), "USD")
    fields = measurement_json(Measurement("revenue_impact", "USD", "recorded", 45000.0, money=money))
    assert fields["money"] == {"amount": "45000", "currency": "USD"}


def test_an_unknown_currency_is_null() -> None:
    """An amount without a currency has no unit."""
    money = Money(Decimal(10), "")
    fields = measurement_json(Measurement("revenue_impact", "unknown currency", "recorded", 10.0, money=money))
    assert (fields["unit"], fields["money"]) == (None, {"amount": "10", "currency": None})


def test_only_revenue_has_money() -> None:
    """The key stands where it means something, null where no revenue is known."""
    assert measurement_json(Measurement("revenue_impact", "", "unknown"))["money"] is None
    assert "money" not in measurement_json(Measurement("users_affected", "users", "unknown"))


def test_a_range_of_time_tells_its_earliest_as_an_end() -> None:
    """As a milestone it tells both ends and its origin."""
    anchor = Anchor("started_at", RANGE, "recorded", Place("incident.yaml", 5))
    ranged = Measurement("time_to_resolution", "seconds", "derived", low=1.0, high=2.0, start=anchor)
    assert measurement_json(ranged)["from"] == {
        "anchor": "started_at",
        "at": "2024-01-15T14:15:00Z",
        "file": "incident.yaml",
        "line": 5,
    }
    assert anchor_json(anchor) == {
        "anchor": "started_at",
        "at": "2024-01-15T14:15:00Z",
        "latest": "2024-01-15T14:20:00Z",
        "origin": "recorded",
        "file": "incident.yaml",
        "line": 5,
    }


def test_an_incident_holds_its_metrics_by_name() -> None:
    """The list of the command line is made of these."""
    found = incident_json("INC-1", {"users_affected": Measurement("users_affected", "users", "recorded", 3)})
    assert found["incident_id"] == "INC-1"
    assert found["metrics"] == {
        "users_affected": {
            "value": 3,
            "low": None,
            "high": None,
            "unit": "users",
            "status": "recorded",
            "clock": None,
            "from": None,
            "to": None,
            "reason": None,
            "measured": None,
        }
    }
