"""Silence (S25, S46), monitoring before resolving (S27) and the watch after a fix (S33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.model.incident import Mitigation

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Judged

    from incident_analytics.model.instants import Instant

ALERT = ("14:15", "Alert triggered")


def test_the_runbooks_template_is_silent_for_80_minutes(judged: Judged) -> None:
    """Root cause at 14:25, resolved at 15:45."""
    told = [ALERT, ("14:18", "IC assigned"), ("14:25", "Root cause identified")]
    check = judged("timeline-kept", timeline=told, started_at="14:15", resolved_at="15:45")
    assert (check.state, check.detail) == ("missed", "silent for 1 h 20 min (14:25 to 15:45)")
    assert str(check.evidence[0].place) == "incident.yaml:102"


@pytest.mark.parametrize(("resolved", "state"), [("14:45", "met"), ("14:45:01", "missed")])
def test_a_gap_of_thirty_minutes_is_no_silence(judged: Judged, resolved: str, state: str) -> None:
    """Longer than thirty minutes is."""
    assert judged("timeline-kept", resolved_at=resolved).state == state


def test_several_silences_name_the_longest(judged: Judged) -> None:
    """35 minutes after the start, 40 before the end."""
    told = [("14:45", "Checked dashboards")]
    check = judged("timeline-kept", timeline=told, started_at="14:10", resolved_at="15:25")
    assert check.detail == "2 silences, the longest 40 min (14:45 to 15:25)"


def test_an_open_incident_is_silent_until_as_of(judged: Judged) -> None:
    """Nobody wrote anything since 14:15."""
    assert judged("timeline-kept", as_of="14:45").state == "met"
    assert judged("timeline-kept", as_of="14:46").detail == "silent for 31 min (14:15 to 14:46)"


def test_no_start_leaves_the_silence_unknown(judged: Judged) -> None:
    """There is no stretch to listen to."""
    assert judged("timeline-kept", started_at=None, resolved_at="15:45").state == "not_evidenced"


@pytest.mark.parametrize(
    ("resolved", "state", "detail"),
    [
        ("15:30", "met", "30 min from mitigation to resolution"),
        ("15:29:59", "missed", "29 min 59 s from mitigation to resolution; the runbook asks for 30 min"),
    ],
)
def test_monitoring_lasts_at_least_thirty_minutes(judged: Judged, resolved: str, state: str, detail: str) -> None:
    """Mitigated at 15:00, inclusive."""
    check = judged("monitored", mitigated_at="15:00", resolved_at=resolved)
    assert (check.state, check.detail) == (state, detail)


def test_an_uncertain_mitigation_across_the_limit_is_not_evidenced(judged: Judged) -> None:
    """25 to 35 minutes."""
    check = judged("monitored", mitigated_at="15:00..15:10", resolved_at="15:35")
    assert (check.state, check.detail) == (
        "not_evidenced",
        "25 min to 35 min from mitigation to resolution: too uncertain to tell",
    )


def test_neither_mitigation_nor_monitoring_is_missed_once_resolved(judged: Judged) -> None:
    """The record is the only place that could tell; while open it is pending."""
    assert judged("monitored", resolved_at="15:45").state == "missed"
    assert judged("monitored").state == "pending"


def test_a_monitoring_entry_counts_where_no_mitigation_is_recorded(judged: Judged) -> None:
    """From 15:00 on people watched."""
    told = [ALERT, ("15:00", "Monitoring the success rate"), ("15:20", "Still watching")]
    check = judged("monitored", timeline=told, resolved_at="15:45")
    assert (check.state, check.detail) == ("met", "45 min from mitigation to resolution")


def test_a_resolution_before_the_mitigation_is_not_judged(judged: Judged) -> None:
    """Out of order is a finding of its own."""
    check = judged("monitored", mitigated_at="15:50", resolved_at="15:45")
    assert (check.state, check.detail) == ("not_evidenced", "resolved_at lies before mitigated_at")


def test_a_recurrence_within_thirty_minutes_was_resolved_early(judged: Judged) -> None:
    """Mitigated 14:40, resolved 14:50, reopened 15:10: thirty minutes after the mitigation, inclusive."""
    told = [ALERT, ("14:40", "Impact over, mitigated"), ("14:50", "Incident resolved")]
    early = [*told, ("15:10", "Incident reopened"), ("15:20", "Mitigated"), ("16:00", "Incident resolved")]
    check = judged("monitored", timeline=early)
    assert (check.state, check.detail) == ("missed", "resolved early: reopened 30 min after the mitigation")
    assert [str(anchor.place) for anchor in check.evidence] == ["incident.yaml:101", "incident.yaml:103"]


def test_a_later_recurrence_counts_the_watch_from_the_new_mitigation(judged: Judged) -> None:
    """Reopened 15:11, mitigated again 15:20, resolved 15:55: 35 minutes of the second watch."""
    told = [
        ALERT,
        ("14:40", "Mitigated"),
        ("15:11", "Incident reopened"),
        ("15:20", "Mitigated"),
        ("15:55", "Incident resolved"),
    ]
    check = judged("monitored", timeline=told, mitigated_at="14:40")
    assert (check.state, check.detail) == ("met", "35 min from mitigation to resolution")
    without = [entry for entry in told if entry[0] != "15:20"]
    again = judged("monitored", timeline=without, mitigated_at="14:40")
    assert (again.state, again.detail) == (
        "not_evidenced",
        "impact came back, and when it ended again is not recorded",
    )


def test_the_hour_after_a_fix_may_outlast_the_resolution(judged: Judged, instant: Callable[[str], Instant]) -> None:
    """Fixed 15:00, resolved 15:45: only standing down tells when the watch ended."""
    fixed = {"mitigation": Mitigation(kind="fix_forward", at=instant("15:00")), "resolved_at": "15:45"}
    unknown = judged("fix-monitored", **fixed)
    assert unknown.state == "not_evidenced"
    assert unknown.detail == "45 min from mitigation to resolution; whether it was watched after that is not recorded"
    short = judged("fix-monitored", timeline=[ALERT, ("15:50", "Incident team stood down")], **fixed)
    assert (short.state, short.detail) == (
        "missed",
        "50 min from mitigation to standing down; the runbook asks for 1 h",
    )
    whole = judged("fix-monitored", timeline=[ALERT, ("16:00", "Incident team stood down")], **fixed)
    assert (whole.state, whole.detail) == ("met", "1 h from mitigation to standing down")


def test_a_fix_without_a_time_is_not_evidenced(judged: Judged) -> None:
    """That it was a fix forward is known, not when."""
    check = judged("fix-monitored", mitigation=Mitigation(kind="fix_forward"), resolved_at="15:45")
    assert (check.state, check.detail) == ("not_evidenced", "when the fix went in is not recorded")
