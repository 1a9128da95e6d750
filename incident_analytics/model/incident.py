"""An incident as recorded: what people and systems wrote down, with the place of each fact.

Nothing here is computed. A fact nobody recorded is None; keys this package does not know are kept.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.model.money import Money
from incident_analytics.model.status_words import is_over

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_VERSION = "1"
DetectedBy: TypeAlias = Literal["monitoring_alert", "customer", "employee", "third_party", "unknown"]
MitigationKind: TypeAlias = Literal["rollback", "fix_forward"]


class Recorded(BaseModel):
    """A part of a record; keys that are not known are kept as they are."""

    model_config = ConfigDict(extra="allow", frozen=True, arbitrary_types_allowed=True)

    read_from: Place | None = Field(default=None, exclude=True, repr=False)

    @classmethod
    def recorded(cls, known: Mapping[str, object], unknown: Mapping[str, object]) -> Self:
        """The part with its known fields, and every other key kept, even one named like a field of ours."""
        part = cls.model_validate(dict(known))
        if part.model_extra is not None:
            part.model_extra.update(unknown)
        return part


class Role(Recorded):
    """A role in the response, who took it, and when."""

    role: str
    person: str | None = None
    assigned_at: Instant | None = None


class StatusUpdate(Recorded):
    """One status update to stakeholders."""

    at: Instant
    status: str = ""
    impact: str = ""
    actions: str = ""
    next_update_at: Instant | None = None
    actor: str | None = None


class TimelineEntry(Recorded):
    """One entry of the timeline; `kinds` are what its words or its own kind tell."""

    at: Instant
    event: str
    kinds: tuple[str, ...] = ()
    actor: str | None = None
    source: str = "record"
    ref: str = ""


class ActionItem(Recorded):
    """Something to be done after the incident."""

    text: str
    owner: str | None = None
    due: date | None = None
    ticket: str | None = None
    kind: str | None = None
    status: str | None = None
    closed_at: Instant | None = None


class Impact(Recorded):
    """What the record says of the harm done."""

    users_affected: int | None = None
    revenue_lost: Money | None = None
    duration_minutes: float | None = None
    degradation_percent: float | None = None
    users_percent: float | None = None


class SeverityChange(Recorded):
    """A severity that held from an instant on."""

    severity: str
    at: Instant


class Mitigation(Recorded):
    """What ended the harm: a rollback or a fix forward."""

    kind: MitigationKind | None = None
    at: Instant | None = None
    description: str = ""


class Interval(Recorded):
    """A stretch of impact; the end is None while it lasts."""

    started_at: Instant
    ended_at: Instant | None = None


class Incident(Recorded):
    """One incident as recorded.

    Times are instants in UTC with their written text; `fields_read_from` tells the file and line of each
    recorded field (by its dotted name), `reading_findings` what was doubtful when it was read.
    """

    id: str
    title: str = ""
    severity: str | None = None
    severity_written: str = ""
    status: str | None = None
    timezone: str | None = None
    schema_version: str = SCHEMA_VERSION
    services: tuple[str, ...] = ()
    started_at: Instant | None = None
    detected_at: Instant | None = None
    declared_at: Instant | None = None
    acknowledged_at: Instant | None = None
    engaged_at: Instant | None = None
    diagnosed_at: Instant | None = None
    mitigated_at: Instant | None = None
    resolved_at: Instant | None = None
    closed_at: Instant | None = None
    postmortem_at: Instant | None = None
    deployed_at: Instant | None = None
    detected_by: DetectedBy | None = None
    detected_by_written: str = ""
    channel: str | None = None
    status_page: str | None = None
    impact: Impact = Impact()
    mitigation: Mitigation | None = None
    severity_changes: tuple[SeverityChange, ...] = ()
    impact_intervals: tuple[Interval, ...] = ()
    roles: tuple[Role, ...] = ()
    updates: tuple[StatusUpdate, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    action_items: tuple[ActionItem, ...] = ()
    fields_read_from: dict[str, Place] = Field(default={}, exclude=True, repr=False)
    reading_findings: tuple[Finding, ...] = Field(default=(), exclude=True, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether nothing recorded says that it is over: no resolution, no closing, no status such as closed."""
        return self.resolved_at is None and self.closed_at is None and not is_over(self.status)

    def at(self, milestone: str) -> Instant | None:
        """The recorded instant of a milestone, such as ``acknowledged_at``; None where it has none."""
        instant = getattr(self, milestone, None)
        return instant if isinstance(instant, Instant) else None
