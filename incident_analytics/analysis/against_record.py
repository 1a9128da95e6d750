"""What stands against the record: a declared duration that differs, an instant to look back from that is too early."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.plain_words import duration_words
from incident_analytics.model.measurement import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Anchor

_DECLARED = "impact.duration_minutes"
_MINUTE = 60


def duration_findings(incident: Incident, anchors: Mapping[str, Anchor]) -> list[Finding]:
    """A declared duration that lies a minute or more beside start to resolution."""
    declared = incident.impact.duration_minutes
    start, resolved = anchors["started_at"].at, anchors["resolved_at"].at
    if declared is None or start is None or resolved is None or resolved.latest < start.earliest:
        return []
    least = max(0.0, (resolved.earliest - start.latest).total_seconds())
    most = (resolved.latest - start.earliest).total_seconds()
    if least - _MINUTE < declared * _MINUTE < most + _MINUTE:
        return []
    computed = duration_words(most) if least == most else f"{duration_words(least)} to {duration_words(most)}"
    message = f"the record declares {declared:g} minutes, but from started_at to resolved_at it is {computed}"
    place = incident.fields_read_from.get(_DECLARED)
    return [Finding("duration-differs", "warning", message, place, f"{declared:g} min", computed)]


def as_of_findings(anchors: Mapping[str, Anchor], as_of: datetime) -> list[Finding]:
    """An instant to look back from that lies before a milestone of the record."""
    later = [(anchor.at.earliest, anchor) for anchor in anchors.values() if anchor.at and anchor.at.earliest > as_of]
    if not later:
        return []
    at, anchor = max(later, key=lambda each: each[0])
    message = (
        f"looked back from {as_of:%Y-%m-%d %H:%M} UTC, but the record already tells {anchor.anchor} "
        f"at {at:%Y-%m-%d %H:%M} UTC"
    )
    return [Finding("as-of-before-record", "warning", message, anchor.place, anchor.at.text if anchor.at else "")]
