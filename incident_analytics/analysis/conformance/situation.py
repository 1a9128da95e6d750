"""The situation that rules are judged in: the record, its timeline and milestones, the runbook, and as of when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from incident_analytics.analysis.events import Event, events_of_kind
from incident_analytics.analysis.plain_words import clock_words, zone_of
from incident_analytics.errors import shortened
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from incident_analytics.analysis.silences import Silence
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.instants import Instant
    from incident_analytics.model.runbook import Runbook, Severity

_ORIGINS = {"milestone": "recorded", "role": "role", "mitigation": "mitigation", "update": "status update"}
# How a milestone is named in a sentence, after "from" or "after".
NOUNS = {
    "started_at": "the start",
    "detected_at": "detection",
    "acknowledged_at": "acknowledgment",
    "mitigated_at": "mitigation",
    "resolved_at": "resolution",
}


@dataclass(frozen=True, slots=True)
class Level:
    """A severity that held for a while.

    Args:
        name: The runbook's name of it.
        since: When it began; None for the one that held from the start.
        until: When another took its place; None for the last one.
    """

    name: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Situation:
    """Everything a rule is judged by.

    Args:
        incident: The record.
        events: Its merged timeline, in order of time.
        anchors: Its milestones.
        runbook: What it is compared with.
        as_of: The instant from which we look back; a deadline after it is pending.
        silences: The gaps in the record, longest first.
        preserved: When the bundle received its ``logs``, ``metrics``, ``database`` or ``export``.
    """

    incident: Incident
    events: Sequence[Event]
    anchors: Mapping[str, Anchor]
    runbook: Runbook
    as_of: datetime
    silences: Sequence[Silence] = ()
    preserved: Mapping[str, Anchor] = field(default_factory=dict)

    def at(self, milestone: str) -> Instant | None:
        """The instant of a milestone; None where nobody recorded it."""
        anchor = self.anchors.get(milestone)
        return anchor.at if anchor else None

    def anchor(self, milestone: str) -> Anchor:
        """The milestone with its place; without an instant where nobody recorded it."""
        return self.anchors.get(milestone) or Anchor(milestone)

    def told(self, kinds: Iterable[str]) -> tuple[Event, ...]:
        """The events of the kinds, in order of time."""
        return events_of_kind(self.events, kinds)

    @property
    def is_open(self) -> bool:
        """Whether no resolution is recorded."""
        return self.at("resolved_at") is None

    @property
    def end(self) -> datetime:
        """The resolution, or the instant we look back from while the incident is open."""
        resolved = self.at("resolved_at")
        return resolved.earliest if resolved else self.as_of

    @property
    def zone(self) -> tzinfo:
        """The zone times are told in."""
        return zone_of(self.incident, self.runbook)

    def clock(self, at: datetime) -> str:
        """A time of day as the incident's people read it."""
        return clock_words(at, self.zone)

    def moment(self, at: datetime) -> str:
        """Day and time of day, with the zone."""
        local = at.astimezone(self.zone)
        return f"{local:%a %Y-%m-%d} {clock_words(at, self.zone)} {local:%Z}"

    @property
    def levels(self) -> tuple[Level, ...]:
        """The severities that held, in order; before the first recorded change the record's own one did."""
        changes = sorted(self.incident.severity_changes, key=lambda change: change.at.earliest)
        known = [Level(self.incident.severity)] if self.incident.severity else []
        known += [Level(change.severity, change.at.earliest) for change in changes]
        ends = [*(level.since for level in known[1:]), None]
        return tuple(Level(level.name, level.since, end) for level, end in zip(known, ends, strict=False))

    def policy(self, level: Level) -> Severity:
        """What the runbook says of a level."""
        return self.runbook.severities[level.name]

    @property
    def worst(self) -> Level | None:
        """The most severe level that ever held; the runbook lists the most severe first."""
        order = list(self.runbook.severities)
        return min(self.levels, key=lambda level: order.index(level.name), default=None)


def evidence_of(event: Event) -> Anchor:
    """An event as evidence: its words, its time and its place."""
    origin = _ORIGINS.get(event.source, "timeline entry")
    words = origin if origin == "recorded" else f'{origin} "{event.text}"'
    return Anchor(event.kinds[0] if event.kinds else event.source, event.at, words, event.place)


def quoted(event: Event, situation: Situation) -> str:
    """An event's words and time in a detail."""
    return f'"{shortened(event.text, 60)}" at {situation.clock(event.moment)}'
