"""What two post-mortems of one incident were told differently, each with its place."""

from __future__ import annotations

from dataclasses import replace

from incident_analytics.reporting.runs.post_mortem_changes import post_mortem_changes
from incident_analytics.reporting.runs.run import Run

BEFORE = Run(
    "a",
    "post-mortem",
    "x",
    None,
    {},
    (),
    {
        "incident": {"id": "INC-1", "severity": "SEV1"},
        "milestones": {
            "started_at": {"at": "10:00", "latest": None, "origin": "recorded", "file": "i.yaml", "line": 5}
        },
        "metrics": {"revenue_impact": {"status": "recorded", "value": 9, "money": {"amount": "9", "currency": "USD"}}},
        "timeline": [{"source": "record", "text": "Alert", "at": "10:01", "place": "i.yaml:9"}],
        "action_items": [{"text": "Renew", "status": "open", "place": "i.yaml:20"}],
    },
    {},
    None,
)


def test_nothing_changed_is_nothing() -> None:
    """The same twin twice."""
    assert post_mortem_changes(BEFORE, BEFORE) == ()


def test_every_fact_that_changed_is_a_field_with_its_place() -> None:
    """Milestones, recorded numbers, entries and action items."""
    after = replace(
        BEFORE,
        numbers={
            "incident": {"id": "INC-1", "severity": "SEV2"},
            "milestones": {
                "started_at": {"at": "09:46", "latest": None, "origin": "recorded", "file": "i.yaml", "line": 5}
            },
            "metrics": {
                "revenue_impact": {
                    "status": "recorded",
                    "value": 8,
                    "money": {"amount": "8", "currency": "USD"},
                    "recorded_at_place": "i.yaml:7",
                }
            },
            "timeline": [{"source": "record", "text": "Alert", "at": "10:02", "place": "i.yaml:9"}],
            "action_items": [{"text": "Renew", "status": "done", "place": "i.yaml:20"}],
        },
    )
    assert [(each.name, each.before, each.after, each.place) for each in post_mortem_changes(BEFORE, after)] == [
        ("severity", "SEV1", "SEV2", ""),
        ("started_at", "10:00", "09:46", "i.yaml:5"),
        ("revenue_impact", "9 USD", "8 USD", "i.yaml:7"),
        ("timeline[Alert]", "10:01", "10:02", "i.yaml:9"),
        ("action_items[Renew].status", "open", "done", "i.yaml:20"),
    ]
