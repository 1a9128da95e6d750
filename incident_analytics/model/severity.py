"""Severity levels with their criteria and targets, and the working days that some of them count."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from incident_analytics.model.runbook_part import Part
from incident_analytics.model.zones import zone_named


class ResponseTarget(Part):
    """How soon an incident must be acknowledged: under so many minutes (strictly), or by the next business day."""

    text: str
    under_minutes: float | None = Field(default=None, gt=0)
    next_business_day: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> ResponseTarget:
        if (self.under_minutes is None) != self.next_business_day:
            raise ValueError("expected either under_minutes or next_business_day: true")
        return self


class Escalation(Part):
    """How soon it must be escalated (inclusive); no minutes means as needed."""

    text: str
    within_minutes: float | None = Field(default=None, gt=0)


class Severity(Part):
    """One severity level with its criteria and targets."""

    name: str
    criteria: tuple[str, ...] = ()
    response: ResponseTarget
    escalation: Escalation
    call_by: Literal["page", "ticket"]
    update_every_minutes: float | None = Field(default=None, gt=0)
    roles_required: bool = False


class Calendar(Part):
    """The working days that a next-business-day target counts.

    ``country`` (ISO 3166) and ``subdivision`` add public holidays, ``days_off`` those of the organisation.
    """

    zone: str = "UTC"
    country: str | None = None
    subdivision: str | None = None
    days_off: tuple[date, ...] = ()
    workdays: tuple[Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ...] = Field(
        default=("Mon", "Tue", "Wed", "Thu", "Fri"), min_length=1
    )

    @model_validator(mode="after")
    def _zone_is_known(self) -> Calendar:
        if zone_named(self.zone) is None:
            raise ValueError(f"'{self.zone}' is no offset or zone name")
        return self
