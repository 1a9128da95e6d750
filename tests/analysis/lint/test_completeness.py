"""How complete a record is (S58), and that lessons are required for SEV1 and SEV2 (S59)."""

from __future__ import annotations

from datetime import UTC, datetime

from incident_analytics.analysis.lint import Completeness, completeness
from incident_analytics.model.incident import (
    ActionItem,
    Impact,
    Incident,
    Mitigation,
    Role,
    SeverityChange,
    StatusUpdate,
    TimelineEntry,
)
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Anchor
from incident_analytics.model.money import Money, read_money
from incident_analytics.model.runbook import load_runbook

RUNBOOK = load_runbook()
NOON = Instant.exact(datetime(2024, 1, 15, 12, tzinfo=UTC))
KNOWN = ("started_at", "detected_at", "acknowledged_at", "diagnosed_at", "mitigated_at", "resolved_at")
LOST: Money = read_money("USD 0", RUNBOOK.currency_rules)
WHOLE = Incident(
    id="INC-1",
    title="Payments down",
    severity="SEV1",
    detected_by="customer",
    services=("payments",),
    channel="#incident-2024-01-15-payments",
    impact=Impact(users_affected=0, revenue_lost=LOST),
    mitigation=Mitigation(kind="rollback"),
    roles=(Role(role="Scribe"),),
    updates=(StatusUpdate(at=NOON),),
    timeline=(TimelineEntry(at=NOON, event="Alert triggered"),),
    action_items=(ActionItem(text="Update runbook"),),
)


def scored(incident: Incident, *known: str, lessons: str = "We learned.") -> Completeness:
    """The completeness with these milestones known."""
    anchors = {name: Anchor(name, NOON if name in known else None) for name in KNOWN}
    return completeness(incident, anchors, RUNBOOK, lessons=lessons)


def test_a_whole_record_has_100() -> None:
    """0 users and 0 dollars are facts."""
    assert scored(WHOLE, *KNOWN) == Completeness(100, ())


def test_an_empty_open_record_has_0() -> None:
    """What belongs to a resolution or to SEV1 and SEV2 is not asked of it: 11 facts remain."""
    nothing = scored(Incident(id="INC-1"))
    assert nothing.score == 0
    assert [fact for fact, _ in nothing.missing] == [
        "severity",
        "start of impact",
        "detection",
        "acknowledgment",
        "timeline",
        "users affected",
        "title",
        "how it was detected",
        "root cause identified",
        "services",
        "revenue lost",
    ]


def test_lessons_are_required_of_sev1_and_sev2_once_resolved() -> None:
    """3 of 38 by weight: 92.1 %, rounded down; a comment is no lesson."""
    for lessons in ("", " \n", "<!-- what did we learn? -->"):
        assert scored(WHOLE, *KNOWN, lessons=lessons) == Completeness(
            92, (("lessons", "lessons are required for SEV1 and SEV2"),)
        )
    sev3 = WHOLE.model_copy(update={"severity": "SEV3"})
    assert scored(sev3, *KNOWN, lessons="").score == 100
    assert scored(WHOLE, *KNOWN[:4], lessons="").score == 100


def test_a_severity_that_once_held_asks_for_its_facts() -> None:
    """SEV3 now, SEV1 before."""
    raised = (SeverityChange(severity="SEV1", at=NOON),)
    lowered = WHOLE.model_copy(update={"severity": "SEV3", "severity_changes": raised})
    assert scored(lowered, *KNOWN, lessons="").score == 92


def test_a_score_of_100_is_only_for_a_whole_record() -> None:
    """A title is 1 of 38: 97.3 %."""
    assert scored(WHOLE.model_copy(update={"title": ""}), *KNOWN).score == 97


def test_a_runbook_that_asks_for_nothing_is_content() -> None:
    """No facts, nothing missing."""
    book = RUNBOOK.model_copy(update={"lints": RUNBOOK.lints.model_copy(update={"record": ()})})
    assert completeness(Incident(id="INC-1"), {}, book) == Completeness(100, ())
