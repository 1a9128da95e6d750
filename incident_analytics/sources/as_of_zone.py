"""In which zone a time without one is read, in words for the person who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.instants import ZoneRules, read_instant

if TYPE_CHECKING:
    from incident_analytics.sources.bundle import Bundle


def as_of_zone(as_of: str | None, bundle: Bundle) -> str:
    """A sentence that names the zone in which the instant to look back from is read; empty where it names its own.

    Args:
        as_of: The instant as a person wrote it.
        bundle: The incident, whose zone is taken.
    """
    instant = read_instant(as_of, ZoneRules(None, bundle.runbook.zones)) if as_of else None
    if instant is None or not instant.zone_assumed:
        return ""
    _, zone, is_assumed = bundle.runbook.zone_rules(bundle.zone).default()
    why = "as the record names none either" if is_assumed else "the zone of the incident"
    return f"--as-of {as_of} names no zone; it was read in {zone}, {why}"
