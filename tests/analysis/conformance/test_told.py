"""Rules that an event or a field shows: in time, late, pending, or told otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.model.incident import ActionItem, Impact, Mitigation

if TYPE_CHECKING:
    from conftest import Judged

ALERT = ("14:15", "Alert triggered")
RESOLVED_AT = "15:45"


def test_an_event_meets_its_rule_with_words_time_and_place(judged: Judged) -> None:
    """A met rule points to what was said, when, and where it stands."""
    check = judged("decision", timeline=[ALERT, ("14:33", "Decision: fix forward")])
    assert (check.state, check.detail) == ("met", '"Decision: fix forward" at 14:33')
    (evidence,) = check.evidence
    assert (evidence.origin, str(evidence.place)) == ('timeline entry "Decision: fix forward"', "incident.yaml:101")


def test_a_recorded_mitigation_is_a_decision(judged: Judged) -> None:
    """A rollback was decided on by whoever did it."""
    check = judged("decision", mitigation=Mitigation(kind="rollback"))
    assert (check.state, check.detail) == ("met", "the record tells of a rollback")


def test_nothing_told_is_not_evidenced(judged: Judged) -> None:
    """A record that does not tell is not a step that was not taken."""
    check = judged("error-rate-assessed", resolved_at=RESOLVED_AT)
    assert (check.state, check.detail, check.evidence) == ("not_evidenced", "no entry of the record tells it", ())


@pytest.mark.parametrize(("clock", "state"), [("14:23", "met"), ("14:23:01", "missed"), ("14:17", "met")])
def test_what_acknowledging_does_is_due_within_five_minutes_of_it(judged: Judged, clock: str, state: str) -> None:
    """Acknowledged 14:18: the status page at 14:23 is in time, a second later it is not; before is fine."""
    told = [ALERT, (clock, "Status page updated: investigating")]
    assert judged("acknowledged-status-page", acknowledged_at="14:18", timeline=told).state == state


def test_a_step_without_the_acknowledgment_it_counts_from_is_not_evidenced(judged: Judged) -> None:
    """The page was updated; whether in time cannot be told."""
    told = [ALERT, ("14:20", "Status page updated: investigating")]
    check = judged("acknowledged-status-page", timeline=told, resolved_at=RESOLVED_AT)
    assert check.state == "not_evidenced"
    assert check.detail.endswith("but nobody recorded acknowledgment, from which it counts")


def test_a_recorded_number_meets_a_field_rule_and_zero_is_a_number(judged: Judged) -> None:
    """0 users affected was counted by somebody."""
    assert judged("users-assessed", impact=Impact(users_affected=15000)).detail == "15000 recorded"
    assert judged("users-assessed", impact=Impact(users_affected=0)).state == "met"


def test_an_entry_meets_a_field_rule_without_the_field(judged: Judged) -> None:
    """Somebody looked, though the record has no number."""
    check = judged("users-assessed", timeline=[ALERT, ("14:20", "Active users affected: many")])
    assert (check.state, check.detail) == ("met", '"Active users affected: many" at 14:20')


@pytest.mark.parametrize(
    ("held", "state", "detail"),
    [
        ("2024-01-17T15:45", "met", "48 h after resolution"),
        ("2024-01-17T15:45:01", "missed", "late: 48 h 1 s after resolution; due within 48 h"),
        ("2024-01-15T17:00", "met", "1 h 15 min after resolution"),
    ],
)
def test_the_post_mortem_is_due_within_48_hours_of_the_wall_clock(
    judged: Judged, held: str, state: str, detail: str
) -> None:
    """Resolved 15 January 15:45: inclusive until 17 January 15:45."""
    check = judged("postmortem-held", resolved_at=RESOLVED_AT, postmortem_at=held, as_of="2024-01-20T00:00")
    assert (check.state, check.detail) == (state, detail)
    assert check.deadline == datetime(2024, 1, 17, 15, 45, tzinfo=UTC)


def test_a_post_mortem_set_for_later_is_pending(judged: Judged) -> None:
    """A date in the future is a plan, not an event."""
    check = judged("postmortem-held", resolved_at=RESOLVED_AT, postmortem_at="2024-01-17T10:00", as_of="18:00")
    assert (check.state, check.detail) == ("pending", "set for Wed 2024-01-17 10:00 UTC")


def test_an_untold_step_is_pending_before_its_deadline_and_not_evidenced_after(judged: Judged) -> None:
    """Learnings may have been shared where no record tells."""
    early = judged("learnings-shared", resolved_at=RESOLVED_AT, as_of="2024-01-17T15:44")
    late = judged("learnings-shared", resolved_at=RESOLVED_AT, as_of="2024-01-17T15:45")
    assert (early.state, early.detail) == ("pending", "due by Wed 2024-01-17 15:45 UTC")
    assert late.state == "not_evidenced"


def test_steps_after_resolution_are_pending_while_the_incident_is_open(judged: Judged) -> None:
    """Nothing is due that waits for the resolution."""
    for rule in (
        "postmortem-created",
        "runbooks-updated",
        "all-clear",
        "stood-down",
        "verified",
        "status-page-resolved",
    ):
        check = judged(rule)
        assert (rule, check.state, check.detail) == (rule, "pending", "the incident is open")


def test_a_document_started_while_the_incident_is_open_is_in_time(judged: Judged) -> None:
    """No deadline runs yet."""
    check = judged("postmortem-created", timeline=[ALERT, ("15:00", "Post-mortem document created")])
    assert (check.state, check.detail) == (
        "met",
        '"Post-mortem document created" at 15:00, while the incident is open',
    )


def test_a_status_page_updated_before_the_resolution_does_not_close_it(judged: Judged) -> None:
    """Only what came after the resolution counts."""
    before = [ALERT, ("14:20", "Status page updated: investigating")]
    assert judged("status-page-resolved", resolved_at=RESOLVED_AT, timeline=before).state == "not_evidenced"
    after = judged(
        "status-page-resolved", resolved_at=RESOLVED_AT, timeline=[*before, ("15:46", "Status page updated: resolved")]
    )
    assert after.detail == '"Status page updated: resolved" at 15:46'


def test_an_all_clear_before_the_incident_came_back_does_not_count(judged: Judged) -> None:
    """Reopened at 15:00, so the all-clear of 14:50 has to be given again."""
    told = [ALERT, ("14:50", "All-clear sent"), ("15:00", "Incident reopened")]
    assert judged("all-clear", resolved_at=RESOLVED_AT, timeline=told).state == "not_evidenced"
    again = [*told, ("15:50", "All-clear sent")]
    assert judged("all-clear", resolved_at=RESOLVED_AT, timeline=again).detail == '"All-clear sent" at 15:50'


def test_undated_action_items_are_in_time_only_before_the_deadline(judged: Judged) -> None:
    """They are there as of now; after 48 hours nothing tells when they were written."""
    items = (ActionItem(text="Add monitoring"), ActionItem(text="Update runbook"))
    early = judged("action-items", resolved_at=RESOLVED_AT, action_items=items, as_of="2024-01-17T15:45")
    late = judged("action-items", resolved_at=RESOLVED_AT, action_items=items, as_of="2024-01-17T15:46")
    assert (early.state, early.detail) == ("met", "2 recorded")
    assert (late.state, late.detail) == ("not_evidenced", "2 recorded, but not when")


def test_a_promised_next_update_shows_that_a_cadence_was_set(judged: Judged) -> None:
    """Updates that promise nothing do not."""
    check = judged("cadence-set", updates=[("14:20", "14:35"), ("14:35", None)])
    assert (check.state, check.detail) == ("met", "the update of 14:20 promises the next at 14:35")
    assert judged("cadence-set", updates=[("14:20", None)]).state == "not_evidenced"


def test_a_scheduled_post_mortem_is_one_with_a_date(judged: Judged) -> None:
    """The field alone tells that it was scheduled."""
    check = judged("postmortem-scheduled", resolved_at=RESOLVED_AT, postmortem_at="2024-01-17T10:00")
    assert check.state == "met"


def test_an_uncertain_time_across_the_deadline_is_not_evidenced(judged: Judged) -> None:
    """The document came 1 h 55 min to 2 h 5 min after the resolution."""
    told = [ALERT, ("17:40..17:50", "Post-mortem document created")]
    check = judged("postmortem-created", resolved_at=RESOLVED_AT, timeline=told)
    assert (check.state, check.detail) == (
        "not_evidenced",
        "1 h 55 min to 2 h 5 min after resolution: too uncertain to tell whether within 2 h",
    )
