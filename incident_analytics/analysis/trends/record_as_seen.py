"""A whole record as it was known at an instant: what came later had not been written yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from incident_analytics.sources.histories.schema import MILESTONES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from incident_analytics.model.incident import SeverityChange, StatusUpdate, TimelineEntry
    from incident_analytics.model.instants import Instant
    from incident_analytics.sources.histories import WholeRecord

Timed = TypeVar("Timed", "TimelineEntry", "StatusUpdate", "SeverityChange")


def record_as_seen(record: WholeRecord, as_of: datetime) -> WholeRecord:
    """The record without the milestones, roles, updates, entries and changes that came after the instant.

    Args:
        record: The whole record.
        as_of: The instant from which we look back.
    """
    incident = record.incident
    later: dict[str, object] = {name: None for name in MILESTONES if _is_later(incident.at(name), as_of)}
    later |= {
        name: kept
        for name, kept, given in (
            ("roles", tuple(role for role in incident.roles if not _is_later(role.assigned_at, as_of)), incident.roles),
            ("updates", _by(incident.updates, as_of), incident.updates),
            ("timeline", _by(incident.timeline, as_of), incident.timeline),
            ("severity_changes", _by(incident.severity_changes, as_of), incident.severity_changes),
        )
        if len(kept) < len(given)
    }
    if incident.mitigation is not None and _is_later(incident.mitigation.at, as_of):
        later["mitigation"] = None
    entries = _by(record.entries, as_of)
    if not later and len(entries) == len(record.entries):
        return record
    return replace(record, incident=incident.model_copy(update=later), entries=entries)


def _by(parts: Iterable[Timed], as_of: datetime) -> tuple[Timed, ...]:
    return tuple(part for part in parts if not _is_later(part.at, as_of))


def _is_later(at: Instant | None, as_of: datetime) -> bool:
    return at is not None and at.earliest > as_of
