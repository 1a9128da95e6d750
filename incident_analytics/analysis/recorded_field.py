"""A field of a record by its dotted name, as the runbook names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incident_analytics.model.incident import Incident


def recorded_field(incident: Incident, name: str) -> object:
    """The value of a field such as ``impact.users_affected``; None where it is missing or empty.

    A value of 0 is there. Keys that this package does not know are found too, at any depth.

    >>> from incident_analytics.model.incident import Impact, Incident
    >>> recorded_field(Incident(id="INC-1", impact=Impact(users_affected=0)), "impact.users_affected")
    0
    """
    value: object = incident
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else getattr(value, part, None)
    return None if isinstance(value, (str, tuple, list, dict)) and not value else value
