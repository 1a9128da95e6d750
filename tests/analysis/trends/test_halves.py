"""The earlier and the later half of some periods."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from incident_analytics.analysis.trends.halves import halves
from incident_analytics.analysis.trends.scope import periods_between


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        (0, []),
        (1, []),
        (2, ["2024-01", "2024-02"]),
        (3, ["2024-01", "2024-02 to 2024-03"]),
        (4, ["2024-01 to 2024-02", "2024-03 to 2024-04"]),
    ],
)
def test_middle_one_belongs_to_the_later_half(months: int, labels: list[str]) -> None:
    """And fewer than two periods have no halves."""
    start = datetime(2024, 1, 1, tzinfo=UTC)
    periods = periods_between(start, datetime(2024, 1 + months, 1, tzinfo=UTC), "month", UTC)
    assert [half.label for half in halves(periods)] == labels
