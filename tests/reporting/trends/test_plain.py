"""Numbers become JSON under the names of their fields, exactly and without surprises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from incident_analytics.errors import ReportError
from incident_analytics.reporting.trends.plain import plain


@dataclass(frozen=True)
class Several:
    """Something with everything."""

    name: str
    at: datetime
    day: date
    amount: Decimal
    share: float
    whole: float
    none: None
    is_true: bool
    parts: tuple[int, ...]
    named: dict[str, float]


def test_each_kind_of_value_is_written_once() -> None:
    """Instants with a Z, money as text, whole numbers without a fraction, unknown as null."""
    one = Several(
        "a",
        datetime(2024, 1, 1, 12, tzinfo=UTC),
        date(2024, 1, 1),
        Decimal("45000.10"),
        0.25,
        60.0,
        None,
        is_true=True,
        parts=(1, 2),
        named={"x": float("nan")},
    )
    assert plain(one) == {
        "name": "a",
        "at": "2024-01-01T12:00:00Z",
        "day": "2024-01-01",
        "amount": "45000.10",
        "share": 0.25,
        "whole": 60,
        "none": None,
        "is_true": True,
        "parts": [1, 2],
        "named": {"x": None},
    }


def test_what_json_cannot_hold_is_refused() -> None:
    """A set has no order, so it would differ from run to run."""
    with pytest.raises(ReportError, match="nothing that JSON holds: found 'set'"):
        plain({1, 2})
