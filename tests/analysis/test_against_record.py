"""A declared duration and an instant to look back from are held against the milestones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.against_record import as_of_findings, duration_findings

if TYPE_CHECKING:
    from collections.abc import Callable

RECORD = "id: X\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n"


def test_a_declared_duration_that_differs_is_told(tell: Callable[..., Any]) -> None:
    """Both numbers are quoted, with the line of the declared one."""
    told = tell(RECORD + "impact:\n  duration_minutes: 60\n")
    (found,) = duration_findings(told.incident, told.anchors)
    assert (found.rule, found.level, str(found.where)) == ("duration-differs", "warning", "record.yaml:5")
    assert found.message == "the record declares 60 minutes, but from started_at to resolved_at it is 1 h 30 min"


@pytest.mark.parametrize("more", ["impact:\n  duration_minutes: 90\n", ""])
def test_a_duration_that_agrees_or_is_not_declared_is_no_finding(tell: Callable[..., Any], more: str) -> None:
    """The template's 90 minutes are 14:15 to 15:45."""
    told = tell(RECORD + more)
    assert duration_findings(told.incident, told.anchors) == []


def test_looking_back_from_before_the_record_is_told(tell: Callable[..., Any]) -> None:
    """With the latest instant that the record tells."""
    anchors = tell(RECORD).anchors
    (found,) = as_of_findings(anchors, datetime(2024, 1, 15, 15, 0, tzinfo=UTC))
    assert (found.rule, found.level) == ("as-of-before-record", "warning")
    assert found.message == (
        "looked back from 2024-01-15 15:00 UTC, but the record already tells resolved_at at 2024-01-15 15:45 UTC"
    )
    assert as_of_findings(anchors, datetime(2024, 1, 15, 15, 45, tzinfo=UTC)) == []
