"""The frame of people: one row an incident and person, with when they were pulled in and what it took of their days."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.day_plan import HOUR_KINDS, USUAL_DAY, DayPlan, seconds_by_kind
from incident_analytics.analysis.told_records import told_records
from incident_analytics.sources.histories import History
from incident_analytics.sources.histories.source_columns import source_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources import Bundle

_INSTANT = pl.Datetime("us", "UTC")
PEOPLE_SCHEMA: dict[str, pl.DataType] = {
    "incident_id": pl.String(),
    "person": pl.String(),
    "roles": pl.String(),
    "first_at": _INSTANT,
    "last_at": _INSTANT,
    "events": pl.Int64(),
    **{f"{kind}_seconds": pl.Float64() for kind in HOUR_KINDS},
    "severity": pl.String(),
    "service": pl.String(),
    "team": pl.String(),
}


@dataclass(slots=True)
class _Told:
    name: str
    roles: dict[str, None] = field(default_factory=dict)
    instants: list[datetime] = field(default_factory=list)
    events: int = 0


def people_frame(incidents: History | Iterable[Bundle], *, plan: DayPlan = USUAL_DAY) -> pl.DataFrame:
    """One row an incident and person that its roles, updates or timeline name; machines are left out.

    A person counts as engaged from the first thing recorded of them to the last; one who held a role to the resolution,
    as a role is held until the team stands down. Nobody records when people left, so the hours are the most that it can
    have been. Hours are those of `DayPlan`, in the zone of the runbook's calendar.

    Args:
        incidents: What `load_incidents` gave, or bundles. Rows of tables name nobody.
        plan: When people work and when they sleep.

    Returns:
        The columns of docs/columns.md, incidents in the order given, the people of each in order of name.

    Raises:
        BundleError: A bundle has no record.
        RecordError: A bundle's record cannot be read.
        RunbookError: The calendar names a country or subdivision that nobody knows.
    """
    return frame_of_people(told_records(incidents), plan=plan, as_of=_as_of(incidents))


def frame_of_people(
    told: Iterable[ToldRecord], *, plan: DayPlan = USUAL_DAY, as_of: datetime | None = None
) -> pl.DataFrame:
    """The frame of people of some whole records.

    Args:
        told: The records.
        plan: When people work and when they sleep.
        as_of: What is recorded of people after this instant had not happened yet; None takes everything.
    """
    rows = [row for each in told for row in _rows(each, plan, as_of)]
    return pl.DataFrame(rows, schema=PEOPLE_SCHEMA, orient="row")


def _as_of(incidents: History | Iterable[Bundle]) -> datetime | None:
    return incidents.as_of if isinstance(incidents, History) and incidents.is_as_of_given else None


def _rows(told: ToldRecord, plan: DayPlan, as_of: datetime | None) -> Iterator[tuple[object, ...]]:
    incident, calendar = told.record.incident, told.runbook.calendar
    people = _people(told, as_of)
    resolved = told.anchors()["resolved_at"].at if people else None
    team = source_columns(incident.model_extra or {})["team"]
    for key in sorted(people):
        person = people[key]
        first, last = min(person.instants, default=None), max(person.instants, default=None)
        if person.roles and last and resolved and (as_of is None or resolved.earliest <= as_of):
            last = max(last, resolved.earliest)
        spent = seconds_by_kind(first, last, calendar, plan) if first and last else {}
        yield (
            incident.id,
            person.name,
            ", ".join(person.roles) or None,
            first,
            last,
            person.events,
            *(spent.get(kind) for kind in HOUR_KINDS),
            incident.severity,
            incident.services[0] if incident.services else None,
            team,
        )


def _people(told: ToldRecord, as_of: datetime | None) -> dict[str, _Told]:
    """What is told of each person, by the name in one spelling."""
    people: dict[str, _Told] = {}

    def of(written: str | None) -> _Told | None:
        if not written or not _is_person(written, told.runbook):
            return None
        name = " ".join(written.split())
        return people.setdefault(name.casefold(), _Told(name))

    for role in told.record.incident.roles:
        is_later = as_of is not None and role.assigned_at is not None and role.assigned_at.earliest > as_of
        person = None if is_later else of(role.person)
        if person:
            person.roles[role.role] = None
            # a timeline entry that tells the same may have another actor, and then stands for both
            person.instants += [role.assigned_at.earliest] if role.assigned_at else []
    for event in told.events():
        person = of(event.actor) if as_of is None or event.moment <= as_of else None
        if person:
            person.instants.append(event.moment)
            person.events += 1
    return people


def _is_person(name: str, runbook: Runbook) -> bool:
    return not any(re.search(words, name, re.IGNORECASE) for words in runbook.machine_actors)
