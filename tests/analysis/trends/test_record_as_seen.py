"""Tests of records as they were known at an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.trends.record_as_seen import record_as_seen
from incident_analytics.sources.histories import WholeRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.incident import Incident

RECORD = """
id: INC-7
timezone: UTC
severity: SEV2
started_at: 2024-01-15T14:00:00Z
acknowledged_at: 2024-01-15T14:10:00Z
resolved_at: 2024-01-15T15:00:00Z
roles:
  - {role: Scribe, person: Ana Costa, assigned_at: 2024-01-15T14:40:00Z}
  - {role: Technical Lead, person: Wei Chen}
updates:
  - {time: 2024-01-15T14:20:00Z, status: investigating}
  - {time: 2024-01-15T14:50:00Z, status: monitoring}
timeline:
  - {time: 2024-01-15T14:05:00Z, event: Alert triggered}
  - {time: 2024-01-15T14:45:00Z, event: Database restarted}
severity_changes:
  - {severity: SEV1, at: 2024-01-15T14:35:00Z}
mitigation: {kind: rollback, at: 2024-01-15T14:45:00Z}
"""


def test_what_came_later_had_not_been_written(read: Callable[..., Incident]) -> None:
    """Seen from 14:30 it is acknowledged and no more; a role without a time stays."""
    seen = record_as_seen(WholeRecord(read(RECORD)), datetime(2024, 1, 15, 14, 30, tzinfo=UTC)).incident
    assert seen.acknowledged_at is not None
    assert (seen.resolved_at, seen.mitigation, seen.severity_changes) == (None, None, ())
    assert [role.role for role in seen.roles] == ["Technical Lead"]
    assert [update.status for update in seen.updates] == ["investigating"]
    assert [entry.event for entry in seen.timeline] == ["Alert triggered"]


def test_record_of_the_past_stays_as_it_is(read: Callable[..., Incident]) -> None:
    """Nothing is copied where nothing came later."""
    record = WholeRecord(read(RECORD))
    assert record_as_seen(record, datetime(2024, 1, 15, 15, 0, tzinfo=UTC)) is record
