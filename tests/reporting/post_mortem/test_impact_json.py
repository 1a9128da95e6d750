"""The measured impact in the JSON twin."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from incident_analytics.analysis.measured_impact import MeasuredImpact
from incident_analytics.analysis.measured_losses import Loss
from incident_analytics.analysis.snapshots.amounts import Amount, LostAmount
from incident_analytics.reporting.post_mortem.impact_json import impact_json

TEN = datetime(2024, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(("ends", "value"), [((None, None), None), ((60.0, 90.0), 75.0)])
def test_an_amount_without_an_interval_has_no_value(
    ends: tuple[float | None, float | None], value: float | None
) -> None:
    """As on the page; usual and actual are facts and stay."""
    amount = Amount(TEN, TEN, 75.0, *ends, 200.0, 125.0, 0.9, 4, 3, "")
    lost = LostAmount(amount, None, amount, "EUR", 1.0, 2, 0)
    loss = Loss("revenue_per_minute", "{}", "revenue", "EUR", "EUR", 60.0, lost, is_to_the_end=False, reason="")
    told: Any = impact_json(MeasuredImpact(None, None, "", losses=(loss,)))["losses"]
    part = told[0]["lost"]
    assert (part["value"], part["usual"], part["actual"]) == (value, 200.0, 125.0)
