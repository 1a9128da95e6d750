"""Roles and action items, however people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from incident_analytics.model.incident import Incident

Read = Callable[..., Incident]
HEAD = "id: INC-1\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\nresolved_at: 2024-01-15T15:45:00Z\n"


def rules(incident: Incident) -> list[tuple[str, str]]:
    """The findings of the reading, each with what was seen."""
    return [(finding.rule, finding.seen) for finding in incident.reading_findings]


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        (
            "\n- {role: IC, person: Jane Smith, assigned_at: 14:18}\n- {role: tech lead, name: John Doe}",
            [("Incident Commander", "Jane Smith", "14:18"), ("Technical Lead", "John Doe", None)],
        ),
        (
            "\n  incident_commander: Jane Smith\n  scribe: {person: Ann, at: 14:20}\n  dba: ~",
            [("Incident Commander", "Jane Smith", None), ("Scribe", "Ann", "14:20"), ("dba", None, None)],
        ),
    ],
)
def test_roles_are_a_list_or_a_mapping(
    read: Read, written: str, roles: list[tuple[str, str | None, str | None]]
) -> None:
    """Under the runbook's names."""
    assert [
        (role.role, role.person, role.assigned_at.earliest.strftime("%H:%M") if role.assigned_at else None)
        for role in read(f"{HEAD}roles: {written}\n").roles
    ] == roles


def test_action_items_are_sentences_or_mappings(read: Read) -> None:
    """A due date that is none is doubtful, as people write 'next sprint'."""
    incident = read(
        f"{HEAD}action_items:\n- Update runbook\n- {{text: Add an alert, owner: ops, due: 2024-02-01, ticket: OPS-7, "
        "kind: detect, status: closed, closed_at: 2024-01-20T10:00Z, size: 3}\n- {title: Scale, due: next sprint}\n"
    )
    first, second, third = incident.action_items
    assert (first.text, first.owner, first.due) == ("Update runbook", None, None)
    assert (second.owner, second.due, second.ticket, second.kind) == ("ops", date(2024, 2, 1), "OPS-7", "detect")
    assert second.closed_at is not None
    assert (second.status, second.closed_at.earliest.day, second.model_extra) == ("closed", 20, {"size": "3"})
    assert (third.text, third.due, rules(incident)) == ("Scale", None, [("date-unreadable", "next sprint")])
