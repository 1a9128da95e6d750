"""The audit of status updates (S12, S13): gaps beside the cadence, promises beside what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.conformance import audit_updates
from incident_analytics.model.incident import SeverityChange

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.conformance import Situation, UpdateAudit
    from incident_analytics.model.instants import Instant

RESPONSE = {"acknowledged_at": "14:18", "resolved_at": "15:45"}


def gaps_of(audit: UpdateAudit) -> list[tuple[float, str]]:
    """The minutes and outcome of each gap."""
    return [(gap.duration_seconds / 60, gap.outcome) for gap in audit.gaps]


def test_gaps_run_from_acknowledgment_over_updates_to_resolution(situation: Callable[..., Situation]) -> None:
    """Counted by hand: 2, 11, 38, 16, 16 and 4 minutes beside 15."""
    sent = [("14:20", None), ("14:31", None), ("15:09", None), ("15:25", None), ("15:41", None)]
    audit = audit_updates(situation(updates=sent, **RESPONSE))
    assert gaps_of(audit) == [
        (2, "met"),
        (11, "met"),
        (38, "missed"),
        (16, "missed"),
        (16, "missed"),
        (4, "met"),
    ]
    assert (audit.on_time, audit.on_time_share) == (3, 0.5)
    assert audit.longest is audit.gaps[2]


@pytest.mark.parametrize(
    ("severity", "first", "outcome"),
    [
        ("SEV1", "14:33", "met"),
        ("SEV1", "14:33:01", "missed"),
        ("SEV2", "14:48", "met"),
        ("SEV2", "14:48:01", "missed"),
    ],
)
def test_a_gap_as_long_as_the_cadence_is_on_time(
    situation: Callable[..., Situation], severity: str, first: str, outcome: str
) -> None:
    """Fifteen minutes for SEV1, thirty for SEV2, inclusive."""
    audit = audit_updates(situation(severity=severity, updates=[(first, None)], **RESPONSE))
    assert audit.gaps[0].outcome == outcome


def test_updates_at_one_instant_are_one(situation: Callable[..., Situation]) -> None:
    """A tie must not add gaps of no length that are on time."""
    audit = audit_updates(situation(updates=[("14:30", None), ("14:30", None)], **RESPONSE))
    assert gaps_of(audit) == [(12, "met"), (75, "missed")]
    assert len(audit.sent) == 1


def test_updates_outside_the_response_set_no_gap(situation: Callable[..., Situation]) -> None:
    """One before the acknowledgment, one at the resolution and one after it."""
    audit = audit_updates(situation(updates=[("14:16", None), ("15:45", None), ("15:50", None)], **RESPONSE))
    assert gaps_of(audit) == [(87, "missed")]


def test_without_an_acknowledgment_gaps_count_from_the_first_update(situation: Callable[..., Situation]) -> None:
    """What lies before it is not known."""
    audit = audit_updates(situation(updates=[("14:30", None), ("14:40", None)], resolved_at="14:50"))
    assert (audit.counted_from, gaps_of(audit)) == ("first_update", [(10, "met"), (10, "met")])


def test_an_open_incident_is_heard_until_as_of(situation: Callable[..., Situation]) -> None:
    """The last gap counts once its update is overdue: at 14:45 it is due, a second later late."""
    updates = [("14:30", None)]
    due = audit_updates(situation(updates=updates, acknowledged_at="14:18", as_of="14:45"))
    late = audit_updates(situation(updates=updates, acknowledged_at="14:18", as_of="14:46"))
    assert gaps_of(due) == [(12, "met")]
    assert gaps_of(late) == [(12, "met"), (16, "missed")]


def test_a_range_across_the_cadence_is_uncertain(situation: Callable[..., Situation]) -> None:
    """The update came 12 to 17 minutes after the acknowledgment."""
    audit = audit_updates(situation(updates=[("14:30..14:35", None)], acknowledged_at="14:18", resolved_at="14:40"))
    assert [gap.outcome for gap in audit.gaps] == ["uncertain", "met"]


def test_a_severity_raised_within_a_gap_starts_its_own_cadence(
    situation: Callable[..., Situation], instant: Callable[[str], Instant]
) -> None:
    """SEV3 has none; raised to SEV1 at 14:40, the first update is due at 14:55."""
    raised = (SeverityChange(severity="SEV1", at=instant("14:40")),)
    for clock, outcome in (("14:55", "met"), ("14:56", "missed")):
        audit = audit_updates(situation(severity="SEV3", severity_changes=raised, updates=[(clock, None)], **RESPONSE))
        assert audit.gaps[0].outcome == outcome


def test_gaps_cross_midnight(situation: Callable[..., Situation]) -> None:
    """23:50, 00:04, 00:20: 14 and 16 minutes."""
    sent = [("2024-01-16T00:04", None), ("2024-01-16T00:20", None)]
    audit = audit_updates(situation(updates=sent, timeline=[], acknowledged_at="23:50", resolved_at="2024-01-16T00:20"))
    assert gaps_of(audit) == [(14, "met"), (16, "missed")]


def test_a_resolution_before_the_acknowledgment_has_no_gaps(situation: Callable[..., Situation]) -> None:
    """A negative stretch is not judged."""
    audit = audit_updates(situation(acknowledged_at="15:00", resolved_at="14:50"))
    assert (audit.gaps, audit.on_time_share, audit.longest) == ((), None, None)


@pytest.mark.parametrize(
    ("sent", "as_of", "outcome"),
    [
        ([("14:30", "14:45"), ("14:45", None)], "18:00", "kept"),
        ([("14:30", "14:45"), ("14:45:59", None)], "18:00", "kept"),
        ([("14:30", "14:45"), ("14:46", None)], "18:00", "late"),
        ([("14:30", "14:45")], "18:00", "missed"),
        ([("14:30", "14:45")], "14:45", "pending"),
        ([("14:30", "14:45:00"), ("14:45:01", None)], "18:00", "late"),
    ],
)
def test_a_promised_update_is_kept_late_missed_or_pending(
    situation: Callable[..., Situation], sent: list[tuple[str, str | None]], as_of: str, outcome: str
) -> None:
    """A promise written to the minute is kept until that minute is over."""
    audit = audit_updates(situation(updates=sent, acknowledged_at="14:18", as_of=as_of))
    assert [promise.outcome for promise in audit.promises] == [outcome]


def test_a_promise_after_the_resolution_is_not_due(situation: Callable[..., Situation]) -> None:
    """Promised for 15:56, resolved 15:45."""
    audit = audit_updates(situation(updates=[("15:41", "15:56")], **RESPONSE))
    assert [promise.outcome for promise in audit.promises] == ["not_due"]
