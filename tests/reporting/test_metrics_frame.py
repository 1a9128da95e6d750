"""The metrics of many incidents as a flat frame."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.model.measurement import Measurement
from incident_analytics.model.money import Money
from incident_analytics.reporting.metrics_frame import csv_text, metrics_frame, write_metrics

if TYPE_CHECKING:
    from pathlib import Path

RESOLVED = Measurement("time_to_resolution", "seconds", "derived", 5400.0, clock="default")
RANGED = Measurement("time_to_resolution", "seconds", "derived", low=150.0, high=750.0, clock="default")
USERS = Measurement("users_affected", "users", "recorded", 15000, measured=13561)
LOST = Measurement("revenue_impact", "EUR", "recorded", 0.1, money=Money(Decimal("100.10"), "EUR"))
NOTHING_LOST = Measurement("revenue_impact", "", "unknown", reason="the record has no lost revenue")


def by_name(*measurements: Measurement) -> dict[str, Measurement]:
    """Measurements by their names."""
    return {one.name: one for one in measurements}


def test_columns_say_their_unit_and_unknown_is_null() -> None:
    """Durations carry _seconds; ranges their shortest and longest."""
    frame = metrics_frame([("INC-1", by_name(RESOLVED, USERS, LOST)), ("INC-2", by_name(RANGED, USERS, NOTHING_LOST))])
    assert frame.columns == [
        *("incident_id", "clock"),
        *("time_to_resolution_seconds", "time_to_resolution_seconds_high"),
        *("time_to_resolution_status", "time_to_resolution_reason", "time_to_resolution_doubtful"),
        *("users_affected", "users_affected_measured"),
        *("users_affected_status", "users_affected_reason", "users_affected_doubtful"),
        *("revenue_impact", "revenue_impact_currency"),
        *("revenue_impact_status", "revenue_impact_reason", "revenue_impact_doubtful"),
    ]
    assert frame["time_to_resolution_seconds"].to_list() == [5400.0, 150.0]
    assert frame["time_to_resolution_seconds_high"].to_list() == [None, 750.0]
    assert frame["users_affected_measured"].to_list() == [13561, 13561]
    assert frame["revenue_impact"].to_list() == [Decimal("100.1000"), None]
    assert frame["revenue_impact_reason"].to_list() == [None, "the record has no lost revenue"]


def test_no_incident_is_a_frame_without_rows() -> None:
    """The two columns that are always there."""
    assert metrics_frame([]).schema == {"incident_id": pl.String(), "clock": pl.String()}


def test_csv_has_plain_digits() -> None:
    """An amount keeps what it needs: 100.1, 0, 100."""
    amounts = ["100.10", "0", "100"]
    frame = metrics_frame(
        (amount, by_name(Measurement("revenue_impact", "EUR", "recorded", money=Money(Decimal(amount), "EUR"))))
        for amount in amounts
    )
    assert [line.split(",")[2] for line in csv_text(frame).splitlines()[1:]] == ["100.1", "0", "100"]


def test_parquet_comes_back_as_it_was(tmp_path: Path) -> None:
    """Types and nulls survive."""
    frame = metrics_frame([("INC-1", by_name(RESOLVED, USERS, NOTHING_LOST))])
    assert pl.read_parquet(write_metrics(frame, tmp_path / "m.parquet", kind="parquet")).equals(frame)
