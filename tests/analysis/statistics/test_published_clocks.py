"""A published example of a clock, through the runbook's named clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.measurements import duration_measurements

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Told

    from incident_analytics.model.runbook import Runbook


def test_the_recovery_of_a_failed_deployment_is_devlakes(tell: Callable[[str], Told], runbook: Runbook) -> None:
    """Deployed at 10:00, the incident at 10:20, resolved at 11:00: 60 minutes, not 40."""
    told = tell(
        "id: X\nseverity: SEV2\nstarted_at: 2024-01-15T10:20:00Z\nresolved_at: 2024-01-15T11:00:00Z\n"
        "deployed_at: 2024-01-15T10:00:00Z\n"
    )
    measured = duration_measurements(told.incident, told.anchors, runbook, clock="dora", findings=[])
    assert measured["failed_deployment_recovery_time"].value == 3600.0
