"""Response target (S2) and escalation (S3), limits from the runbook's severity table."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.model.incident import SeverityChange
from incident_analytics.model.runbook import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Judged

    from incident_analytics.model.instants import Instant
    from incident_analytics.model.runbook import Runbook


@pytest.mark.parametrize(
    ("severity", "acknowledged", "state"),
    [
        ("SEV1", "14:19:59", "met"),
        ("SEV1", "14:20", "missed"),
        ("SEV2", "14:29:59", "met"),
        ("SEV2", "14:30", "missed"),
        ("SEV3", "15:14:59", "met"),
        ("SEV3", "15:15", "missed"),
    ],
)
def test_the_target_is_strict(judged: Judged, severity: str, acknowledged: str, state: str) -> None:
    """The runbook writes "< 5 minutes": 4:59 meets and 5:00 misses."""
    assert judged("response-target", severity=severity, acknowledged_at=acknowledged).state == state


def test_a_met_target_points_to_both_ends_and_its_deadline(judged: Judged) -> None:
    """Detection 14:15 from the words of line 100, acknowledgment a field; due at 14:20."""
    check = judged("response-target", acknowledged_at="14:18")
    assert (check.state, check.detail, check.quote) == ("met", "3 min after detection", "Response time: < 5 minutes")
    assert [str(anchor.place) for anchor in check.evidence] == ["incident.yaml:100", "None"]
    assert check.deadline == datetime(2024, 1, 15, 14, 20, tzinfo=UTC)


def test_an_acknowledgment_read_from_words_says_so(judged: Judged) -> None:
    """The runbook's template has no acknowledgment but "IC assigned" at 14:18."""
    check = judged("response-target", timeline=[("14:15", "Alert triggered"), ("14:18", "IC assigned")])
    assert check.detail == '3 min after detection (from the timeline entry "IC assigned")'


def test_a_missed_target_names_the_limit(judged: Judged) -> None:
    """The reader need not look the limit up."""
    check = judged("response-target", acknowledged_at="14:27")
    assert check.detail == "12 min after detection; the runbook says < 5 minutes"


def test_an_uncertain_time_across_the_limit_is_not_evidenced(judged: Judged) -> None:
    """Acknowledged between 3 and 7 minutes after detection: either side of five minutes."""
    check = judged("response-target", acknowledged_at="14:18..14:22")
    assert (check.state, check.detail) == (
        "not_evidenced",
        "3 min to 7 min after detection: the recorded times are too uncertain to tell (< 5 minutes)",
    )


@pytest.mark.parametrize(("acknowledged", "state"), [("14:16..14:19", "met"), ("14:20..14:30", "missed")])
def test_an_uncertain_time_on_one_side_of_the_limit_is_judged(judged: Judged, acknowledged: str, state: str) -> None:
    """A range that lies wholly before or after five minutes decides."""
    assert judged("response-target", acknowledged_at=acknowledged).state == state


def test_nobody_acknowledged_is_pending_until_the_target_and_then_not_evidenced(judged: Judged) -> None:
    """Never acknowledged is not acknowledged at close: an open incident at 14:19 and 14:20."""
    early, late = judged("response-target", as_of="14:19"), judged("response-target", as_of="14:20")
    assert (early.state, early.detail) == ("pending", "due by Mon 2024-01-15 14:20 UTC")
    assert (late.state, late.detail) == ("not_evidenced", "nobody recorded an acknowledgment")
    assert judged("response-target", resolved_at="16:00").state == "not_evidenced"


def test_no_detection_leaves_nothing_to_count_from(judged: Judged) -> None:
    """Detection is not the start by default."""
    check = judged("response-target", timeline=[], acknowledged_at="14:18")
    assert (check.state, check.detail) == ("not_evidenced", "nobody recorded the detection that it counts from")


def test_an_acknowledgment_before_detection_is_no_zero(judged: Judged) -> None:
    """A negative time is shown as it is and not judged."""
    check = judged("response-target", acknowledged_at="14:11")
    assert check.state == "not_evidenced"
    assert check.detail == "the acknowledgment (14:11) lies before detection (14:15)"


def test_no_severity_has_no_target(judged: Judged) -> None:
    """Without a severity no limit is chosen silently."""
    check = judged("response-target", severity=None, acknowledged_at="14:18")
    assert (check.state, check.detail) == ("not_evidenced", "the record names no severity")


def test_a_response_over_midnight_counts_minutes(judged: Judged) -> None:
    """Detected 23:58, acknowledged 00:02 the next day: 4 minutes."""
    check = judged("response-target", timeline=[("23:58", "Alert triggered")], acknowledged_at="2024-01-16T00:02")
    assert (check.state, check.detail) == ("met", "4 min after detection")


def test_a_response_over_the_change_to_summer_time_counts_elapsed_minutes(judged: Judged) -> None:
    """In New York 01:58 is followed by 03:02 on 10 March 2024: four minutes of time, an hour of clock."""
    check = judged(
        "response-target",
        timeline=[],
        started_at="2024-03-10T01:58:00-05:00",
        detected_at="2024-03-10T01:58:00-05:00",
        acknowledged_at="2024-03-10T03:02:00-04:00",
        timezone="America/New_York",
    )
    assert (check.state, check.detail) == ("met", "4 min after detection")


@pytest.mark.parametrize(
    ("acknowledged", "state"),
    [("2024-01-22T23:59:59", "met"), ("2024-01-23T00:00", "missed"), ("2024-01-19T17:05", "met")],
)
def test_sev4_of_friday_afternoon_is_due_at_the_end_of_monday(judged: Judged, acknowledged: str, state: str) -> None:
    """Friday 19 January 2024, 17:00 UTC: any time before Tuesday begins."""
    friday = [("2024-01-19T17:00", "Alert triggered")]
    check = judged("response-target", severity="SEV4", timeline=friday, acknowledged_at=acknowledged)
    assert (check.state, check.quote) == (state, "Response time: Next business day")
    assert check.deadline == datetime(2024, 1, 23, tzinfo=UTC)


def test_sev4_steps_over_a_holiday_of_the_calendar(judged: Judged, runbook: Runbook) -> None:
    """Friday 12 January 2024 with the holidays of the United States is due at the end of Tuesday the 16th."""
    book = runbook.model_copy(update={"calendar": Calendar(country="US")})
    friday = [("2024-01-12T12:00", "Alert triggered")]
    check = judged(
        "response-target", runbook=book, severity="SEV4", timeline=friday, acknowledged_at="2024-01-16T23:00"
    )
    assert (check.state, check.deadline) == ("met", datetime(2024, 1, 17, tzinfo=UTC))


def test_a_severity_raised_before_the_acknowledgment_sets_its_own_target(
    judged: Judged, instant: Callable[[str], Instant]
) -> None:
    """SEV3 detected 14:15, raised to SEV1 at 14:40: due at 14:45, not at 15:15."""
    raised = (SeverityChange(severity="SEV1", at=instant("14:40")),)
    late = judged("response-target", severity="SEV3", severity_changes=raised, acknowledged_at="14:50")
    assert (late.state, late.deadline) == ("missed", datetime(2024, 1, 15, 14, 45, tzinfo=UTC))
    assert late.detail == "35 min after detection, 10 min after it became SEV1; the runbook says < 5 minutes"
    soon = judged("response-target", severity="SEV3", severity_changes=raised, acknowledged_at="14:30")
    assert (soon.state, soon.detail) == ("met", "15 min after detection")


def test_a_severity_lowered_before_its_target_ran_out_does_not_bind(
    judged: Judged, instant: Callable[[str], Instant]
) -> None:
    """SEV1 detected 14:15 and lowered to SEV3 at 14:18: the hour of SEV3 counts from then."""
    lowered = (SeverityChange(severity="SEV3", at=instant("14:18")),)
    check = judged("response-target", severity_changes=lowered, acknowledged_at="14:40")
    assert (check.state, check.deadline) == ("met", datetime(2024, 1, 15, 15, 18, tzinfo=UTC))


@pytest.mark.parametrize(
    ("severity", "escalated", "state"),
    [
        ("SEV1", "14:20", "met"),
        ("SEV1", "14:20:01", "missed"),
        ("SEV2", "14:45", "met"),
        ("SEV2", "14:45:01", "missed"),
        ("SEV3", "16:15", "met"),
        ("SEV3", "16:15:01", "missed"),
    ],
)
def test_escalation_is_inclusive_and_counts_from_detection(
    judged: Judged, severity: str, escalated: str, state: str
) -> None:
    """The words "Within 30 minutes" include the thirtieth; "Immediate" is read as within five (A1)."""
    told = [("14:15", "Alert triggered"), (escalated, "Escalated to the engineering manager")]
    assert judged("escalation", severity=severity, timeline=told).state == state


def test_sev4_escalation_as_needed_is_never_met(judged: Judged) -> None:
    """Even an escalation that took place meets nothing, as nothing was asked."""
    told = [("14:15", "Alert triggered"), ("14:16", "Escalated to the team lead")]
    check = judged("escalation", severity="SEV4", timeline=told)
    assert (check.state, check.detail) == ("not_applicable", "SEV4 is escalated as needed")


def test_no_escalation_is_not_evidenced_after_its_deadline(judged: Judged) -> None:
    """It may stand elsewhere than in the record; before 14:20 it is still to come."""
    assert judged("escalation", as_of="14:19").state == "pending"
    check = judged("escalation", resolved_at="15:45")
    assert (check.state, check.detail) == ("not_evidenced", "no entry tells of an escalation")


def test_an_escalation_before_detection_is_not_evidenced(judged: Judged) -> None:
    """Steps out of order are said, not clamped to zero."""
    told = [("14:12", "Escalated to the team lead"), ("14:15", "Alert triggered")]
    check = judged("escalation", timeline=told)
    assert check.state == "not_evidenced"
    assert check.detail == "no entry tells of an escalation; the one at 14:12 lies before detection"


def test_an_escalation_quotes_the_runbook_and_points_to_the_entry(judged: Judged) -> None:
    """The evidence carries the words and the line."""
    told = [("14:15", "Alert triggered"), ("14:17", "Escalated to the CTO")]
    check = judged("escalation", timeline=told)
    assert (check.quote, check.detail) == ("Escalation: Immediate", "2 min after detection")
    assert check.evidence[1].origin == 'timeline entry "Escalated to the CTO"'
    assert str(check.evidence[1].place) == "incident.yaml:101"
