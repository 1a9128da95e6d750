"""Roles with the time they were taken (S10, S20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.conformance import role_findings
from incident_analytics.model.incident import Incident, Role
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from conftest import Judged

ALL = [
    ("Incident Commander", "Jane Smith", "14:18"),
    ("Technical Lead", "John Doe", "14:20"),
    ("Communications Lead", "Priya Nair", "14:22"),
    ("Scribe", "Wei Chen", "14:23"),
]


def test_a_role_with_its_time_is_met(judged: Judged) -> None:
    """Time and distance from the detection of 14:15 are shown."""
    check = judged("role-technical-lead", roles=ALL, resolved_at="15:45")
    assert (check.state, check.detail) == ("met", "14:20, 5 min after detection")


def test_an_entry_of_the_timeline_tells_a_role(judged: Judged) -> None:
    """The runbook's template has "IC assigned" at 14:18 and no roles."""
    check = judged("role-commander", timeline=[("14:15", "Alert triggered"), ("14:18", "IC assigned")])
    assert (check.state, check.detail) == ("met", "14:18, 3 min after detection")


def test_a_role_without_a_time_is_not_evidenced(judged: Judged) -> None:
    """A name alone does not say who led during the incident."""
    check = judged("role-scribe", roles=[("Scribe", "Wei Chen", None)], resolved_at="15:45")
    assert (check.state, check.detail) == ("not_evidenced", "named, but not since when")


def test_a_role_nobody_took_is_missed_once_resolved(judged: Judged) -> None:
    """The record is the only place that could tell; while it is open somebody may still be named."""
    check = judged("role-scribe", roles=ALL[:3], resolved_at="15:45")
    assert (check.state, check.detail) == ("missed", "nobody named in roles or timeline")
    assert judged("role-scribe", roles=ALL[:3]).state == "not_evidenced"


def test_a_role_taken_after_the_resolution_is_missed(judged: Judged) -> None:
    """Filled in afterwards, it led nobody."""
    check = judged("role-scribe", roles=[("Scribe", "Wei Chen", "16:00")], resolved_at="15:45")
    assert (check.state, check.detail) == ("missed", "16:00, only 15 min after resolution")


@pytest.mark.parametrize("rule", ["role-scribe", "roles-assigned", "channel"])
def test_lower_severities_are_not_asked(judged: Judged, rule: str) -> None:
    """The runbook writes "For SEV1/SEV2, assign roles"."""
    check = judged(rule, severity="SEV3", resolved_at="15:45")
    assert (check.state, check.detail) == ("not_applicable", "asked of SEV1 and SEV2 only")


def test_all_roles_are_met_together_and_missed_by_name(judged: Judged) -> None:
    """What is lacking is said."""
    assert judged("roles-assigned", roles=ALL, resolved_at="15:45").detail == "14:18, 14:20, 14:22, 14:23"
    lacking = judged("roles-assigned", roles=ALL[:3], resolved_at="15:45")
    assert (lacking.state, lacking.detail) == ("missed", "Scribe: nobody named in roles or timeline")
    assert len(lacking.evidence) == 3


def test_one_person_in_two_roles_is_a_note_without_the_name() -> None:
    """However the name is spaced; a second term in the same role is none."""
    roles = (
        Role(role="Incident Commander", person="Jane Smith", read_from=Place("incident.yaml", 3)),
        Role(role="Incident Commander", person="Jane Smith", read_from=Place("incident.yaml", 4)),
        Role(role="Scribe", person="jane  smith", read_from=Place("incident.yaml", 5)),
        Role(role="Technical Lead", person="John Doe"),
    )
    (note,) = role_findings(Incident(id="INC-1", roles=roles))
    assert (note.rule, note.level, str(note.where)) == ("person-in-two-roles", "info", "incident.yaml:5")
    assert note.message == "one person held 2 roles: Incident Commander and Scribe"


def test_roles_without_names_are_no_note() -> None:
    """Two roles that nobody is named for are not one person."""
    roles = (Role(role="Scribe"), Role(role="Incident Commander", person=" "), Role(role="Technical Lead", person=""))
    assert role_findings(Incident(id="INC-1", roles=roles)) == ()
