"""Roles: who led, investigated, spoke and wrote, and since when."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.conformance.situation import evidence_of
from incident_analytics.analysis.conformance.timing import after_words
from incident_analytics.model.measurement import Anchor, Finding

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Rule


def role(rule: Rule, situation: Situation) -> Verdict:
    """Met by a role that was taken at a recorded time, in the record's roles or by an entry of the timeline.

    A name without a time is not evidenced, nor is anything where the record keeps no roles at all. In a record
    that keeps them, a role that nobody took is missed once the incident is resolved.
    """
    return _taken(rule.role or "", situation)


def all_roles(_rule: Rule, situation: Situation) -> Verdict:
    """Met by all roles of the runbook; the first that is missing decides."""
    verdicts = {role.name: _taken(role.name, situation) for role in situation.runbook.roles}
    evidence = tuple(place for verdict in verdicts.values() for place in verdict.evidence)
    for state in ("missed", "not_evidenced"):
        lacking = [name for name, verdict in verdicts.items() if verdict.state == state]
        if lacking:
            said = next(verdicts[name].detail for name in lacking)
            return Verdict(state, f"{', '.join(lacking)}: {said}", evidence)
    times = [verdict.detail.split(",")[0] for verdict in verdicts.values()]
    return Verdict("met", ", ".join(times), evidence)


def role_findings(incident: Incident) -> tuple[Finding, ...]:
    """A note for each person who held more than one role; the person stays unnamed."""
    held = [taken for taken in incident.roles if taken.person and taken.person.strip()]
    people = sorted(held, key=lambda taken: _same(taken.person))
    findings = []
    for _, group in groupby(people, key=lambda taken: _same(taken.person)):
        roles = list({taken.role: taken for taken in group}.values())
        if len(roles) > 1:
            names = [taken.role for taken in roles]
            message = f"one person held {len(names)} roles: {' and '.join((', '.join(names[:-1]), names[-1]))}"
            seen, expected = str(len(names)), "one role a person"
            findings.append(Finding("person-in-two-roles", "info", message, roles[1].read_from, seen, expected))
    return tuple(findings)


def _same(person: str | None) -> str:
    return " ".join((person or "").split()).casefold()


def _taken(name: str, situation: Situation) -> Verdict:
    kinds = [role.event for role in situation.runbook.roles if role.name == name]
    named = [taken for taken in situation.incident.roles if taken.role == name and (taken.person or taken.assigned_at)]
    told = situation.told(kinds)
    if told:
        return _in_time(evidence_of(told[0]), situation)
    if named:
        anchor = Anchor(name, None, "recorded", named[0].read_from)
        return Verdict("not_evidenced", "named, but not since when", (anchor,))
    if situation.is_open:
        return Verdict("not_evidenced", "nobody named so far")
    if not situation.incident.roles:
        return Verdict("not_evidenced", "the record keeps no roles")
    return Verdict("missed", "nobody named in roles or timeline")


def _in_time(taken: Anchor, situation: Situation) -> Verdict:
    detected, resolved = situation.at("detected_at"), situation.at("resolved_at")
    if taken.at is None:
        return Verdict("not_evidenced", "named, but not since when", (taken,))
    clock = situation.clock(taken.at.earliest)
    if resolved is not None and taken.at.earliest > resolved.latest:
        return Verdict("missed", f"{clock}, only {after_words(taken.at, resolved, 'resolution')}", (taken,))
    counted = f", {after_words(taken.at, detected, 'detection')}" if detected else ""
    return Verdict("met", f"{clock}{counted}", (taken,))
