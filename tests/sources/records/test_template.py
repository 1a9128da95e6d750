"""The runbook's incident template, byte for byte, gives what the runbook says."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incident_analytics.model.incident import Incident

PRINTED = """\
incident:
  id: INC-2024-001
  severity: SEV1
  title: Payment processing outage
  started_at: 2024-01-15T14:15:00Z
  detected_by: monitoring_alert
  resolved_at: 2024-01-15T15:45:00Z

  impact:
    users_affected: 15000
    revenue_lost: $45000
    duration_minutes: 90

  timeline:
    - time: 14:15
      event: Alert triggered
    - time: 14:18
      event: IC assigned
    - time: 14:25
      event: Root cause identified

  action_items:
    - Add monitoring for connection pool
    - Implement auto-scaling
    - Update runbook
"""


@pytest.fixture
def template(runbook_template: Path, read: Callable[..., Incident]) -> Incident:
    """The template, read."""
    return read(runbook_template.read_bytes())


def test_the_copy_is_the_template_as_printed(runbook_template: Path) -> None:
    """RUNBOOK.md, Incident Template; the hash is sha256sum's of that block."""
    data = runbook_template.read_bytes()
    assert data == PRINTED.encode()
    assert hashlib.sha256(data).hexdigest() == "e664e70775a4868bde5268fce4038e22d92114fe1a2d667d2d47b913514f23f5"


def test_every_field_is_what_is_printed(template: Incident) -> None:
    """Nothing is added and nothing guessed."""
    assert (template.id, template.severity, template.title) == ("INC-2024-001", "SEV1", "Payment processing outage")
    assert (template.detected_by, template.services, template.roles, template.updates) == (
        "monitoring_alert",
        (),
        (),
        (),
    )
    assert (template.timezone, template.status, template.detected_at, template.acknowledged_at) == (None,) * 4
    assert template.model_extra == {}
    assert template.reading_findings == ()


def test_the_impact_is_exact(template: Incident) -> None:
    """The dollar's sign is the runbook's USD."""
    money = template.impact.revenue_lost
    assert money is not None
    assert (money.amount, money.currency, money.text) == (Decimal(45000), "USD", "$45000")
    assert (template.impact.users_affected, template.impact.duration_minutes) == (15000, 90.0)


def test_bare_clock_times_take_date_and_zone_from_the_start(template: Incident) -> None:
    """PyYAML would read 14:15 as 855."""
    assert [(entry.at.earliest.isoformat(), entry.event, entry.kinds) for entry in template.timeline] == [
        ("2024-01-15T14:15:00+00:00", "Alert triggered", ("detected",)),
        ("2024-01-15T14:18:00+00:00", "IC assigned", ("commander_assigned",)),
        ("2024-01-15T14:25:00+00:00", "Root cause identified", ("diagnosed",)),
    ]
    assert not any(entry.at.zone_assumed or entry.at.is_range for entry in template.timeline)


def test_the_three_action_items_have_no_owner_due_date_or_ticket(template: Incident) -> None:
    """As plain sentences."""
    assert [(item.text, item.owner, item.due, item.ticket) for item in template.action_items] == [
        ("Add monitoring for connection pool", None, None, None),
        ("Implement auto-scaling", None, None, None),
        ("Update runbook", None, None, None),
    ]


def test_every_field_knows_its_line(template: Incident) -> None:
    """Counted in the block above."""
    places = {name: place.line for name, place in template.fields_read_from.items()}
    assert places == {
        "id": 2,
        "severity": 3,
        "title": 4,
        "started_at": 5,
        "detected_by": 6,
        "resolved_at": 7,
        "impact": 9,
        "impact.users_affected": 10,
        "impact.revenue_lost": 11,
        "impact.duration_minutes": 12,
        "timeline": 14,
        "action_items": 22,
    }
    assert [entry.read_from for entry in template.timeline] == [Place("record.yaml", line) for line in (15, 17, 19)]
    assert [item.read_from for item in template.action_items] == [Place("record.yaml", line) for line in (23, 24, 25)]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "\n".join(line.removeprefix("  ") for line in text.splitlines()[1:]),
        lambda text: text.replace("time: 14:15", 'time: "14:15"').replace("time: 14:18", "time: '14:18:00'"),
        lambda text: text.replace("time: 14:15", "time: 2:15 PM").replace("time: 14:18", "time: 2024-01-15T14:18:00Z"),
    ],
    ids=["crlf", "byte order mark", "no wrapper", "quoted", "other clocks"],
)
def test_the_same_record_written_otherwise_has_the_same_events(
    read: Callable[..., Incident], template: Incident, change: Callable[[str], str]
) -> None:
    """What a person's editor or habit may change."""
    changed = read(change(PRINTED))
    assert [(entry.at.earliest, entry.event) for entry in changed.timeline] == [
        (entry.at.earliest, entry.event) for entry in template.timeline
    ]
    assert (changed.id, changed.impact.users_affected, changed.reading_findings) == ("INC-2024-001", 15000, ())
