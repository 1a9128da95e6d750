"""An incident of 15 January 2024 (a Monday) told in a few clock times, and the check of one rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from incident_analytics.analysis.conformance import Check, Situation, conformance
from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.milestones import milestones
from incident_analytics.analysis.silences import silences
from incident_analytics.model.incident import Incident, Role, StatusUpdate, TimelineEntry
from incident_analytics.model.instants import Instant, ZoneRules, read_instant
from incident_analytics.model.measurement import Anchor, Place
from incident_analytics.model.runbook import Runbook, load_runbook

Judged: TypeAlias = Callable[..., Check]


def _instant(written: str) -> Instant:
    """A clock time of 15 January, a full timestamp, or a range of two joined by dots."""
    parts = [part if "T" in part else f"2024-01-15T{part}" for part in written.split("..")]
    instant = read_instant("..".join(part if part[-6] in "+-" else f"{part}Z" for part in parts), ZoneRules("UTC"))
    assert instant is not None, written
    return instant


def _situation(rule_book: Runbook, as_of: str, preserved: dict[str, str | None] | None, fields: Any) -> Situation:  # noqa: ANN401 -- as the record writes them
    timeline = fields.pop("timeline", [("14:15", "Alert triggered")])
    entries = [
        TimelineEntry(
            at=_instant(clock),
            event=event,
            kinds=rule_book.kinds_told(event),
            read_from=Place("incident.yaml", 100 + number),
        )
        for number, (clock, event) in enumerate(timeline)
    ]
    updates = [
        StatusUpdate(at=_instant(clock), next_update_at=_instant(promised) if promised else None)
        for clock, promised in fields.pop("updates", [])
    ]
    roles = [
        Role(role=role, person=person, assigned_at=_instant(clock) if clock else None)
        for role, person, clock in fields.pop("roles", [])
    ]
    values = {"id": "INC-2024-001", "severity": "SEV1", "started_at": "14:10"} | fields
    known = {name: _instant(value) if name.endswith("_at") and value else value for name, value in values.items()}
    incident = Incident(**known, timeline=tuple(entries), updates=tuple(updates), roles=tuple(roles))
    events = merged_timeline(incident, rule_book)
    anchors = milestones(incident, events, rule_book)
    instant = _instant(as_of).earliest
    quiet = silences(events, anchors, longer_than_minutes=rule_book.silence_minutes, as_of=instant)
    kept = {
        name: Anchor("received_at", _instant(at) if at else None, "manifest", Place("MANIFEST.json"))
        for name, at in (preserved or {}).items()
    }
    return Situation(incident, events, anchors, rule_book, instant, quiet, kept)


@pytest.fixture(scope="session")
def runbook() -> Runbook:
    """The runbook that ships with the package."""
    return load_runbook()


@pytest.fixture
def situation(runbook: Runbook) -> Callable[..., Situation]:
    """A situation from the fields of a record; milestones as clock times."""

    def make(*, as_of: str = "18:00", preserved: dict[str, str | None] | None = None, **fields: Any) -> Situation:  # noqa: ANN401
        return _situation(fields.pop("runbook", runbook), as_of, preserved, fields)

    return make


@pytest.fixture
def judged(situation: Callable[..., Situation]) -> Judged:
    """The check of one rule for an incident with these fields."""

    def judge(rule: str, **fields: Any) -> Check:  # noqa: ANN401
        made = situation(**fields)
        checks = conformance(
            made.incident,
            made.events,
            made.anchors,
            made.runbook,
            as_of=made.as_of,
            silences=made.silences,
            preserved=made.preserved,
        )
        return next(check for check in checks if check.rule == rule)

    return judge


@pytest.fixture
def at() -> Callable[[str], datetime]:
    """A clock time of 15 January 2024 as a datetime."""
    return lambda clock: datetime.fromisoformat(f"2024-01-15T{clock}").replace(tzinfo=UTC)


@pytest.fixture
def instant() -> Callable[[str], Instant]:
    """A clock time of 15 January 2024, a full timestamp, or a range, as an instant."""
    return _instant
