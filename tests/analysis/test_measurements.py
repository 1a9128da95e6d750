"""Each metric of one incident has a status, its anchors, and a reason where it has no value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.events import merged_timeline
from incident_analytics.analysis.measurements import (
    duration_measurements,
    people_involved,
    people_named,
    revenue_impact,
    users_affected,
)
from incident_analytics.analysis.milestones import milestone_findings
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.measurement import Measurement
    from incident_analytics.model.runbook import Runbook

START = "id: X\nseverity: SEV1\nstarted_at: 2024-01-15T14:15:00Z\n"
END = "resolved_at: 2024-01-15T15:45:00Z\n"


@pytest.fixture
def durations(tell: Callable[..., Any], runbook: Runbook) -> Callable[..., dict[str, Measurement]]:
    """The duration metrics of a record's text."""

    def measured(text: str | bytes, clock: str = "default") -> dict[str, Measurement]:
        told = tell(text)
        findings = milestone_findings(told.anchors, told.events, runbook)
        return duration_measurements(told.incident, told.anchors, runbook, clock=clock, findings=findings)

    return measured


def known(measurements: dict[str, Measurement]) -> dict[str, tuple[str, float | None]]:
    """Status and value of each."""
    return {name: (each.status, each.value) for name, each in measurements.items()}


def test_the_templates_durations(durations: Callable[..., Any], runbook_template: Any) -> None:  # noqa: ANN401
    """The issue's numbers: TTR 5400 s, TTA 180 s, TTD 0 s; nobody wrote of mitigation or of engagement."""
    assert known(durations(runbook_template.read_bytes())) == {
        "time_to_detection": ("derived", 0.0),
        "time_to_acknowledgment": ("derived", 180.0),
        "time_to_engage": ("unknown", None),
        "time_to_mitigation": ("unknown", None),
        "time_to_resolution": ("derived", 5400.0),
    }


def test_the_templates_acknowledgment_says_that_it_is_from_the_assignment(
    durations: Callable[..., Any],
    runbook_template: Any,  # noqa: ANN401
) -> None:
    """With file and line."""
    tta = durations(runbook_template.read_bytes())["time_to_acknowledgment"]
    assert tta.reason == (
        'detected_at from the timeline entry "Alert triggered"; acknowledged_at from the timeline entry "IC assigned"'
    )
    assert (str(tta.start.place), str(tta.end.place)) == ("record.yaml:15", "record.yaml:17")
    assert (tta.end.anchor, tta.end.origin) == ("acknowledged_at", 'timeline entry "IC assigned"')
    assert (tta.unit, tta.clock, tta.low, tta.high, tta.money, tta.measured) == ("seconds", "default", *[None] * 4)


def test_the_templates_detection_is_doubtful_and_its_resolution_is_not(
    durations: Callable[..., Any],
    runbook_template: Any,  # noqa: ANN401
) -> None:
    """Only the metric between the two equal anchors carries the finding."""
    measured = durations(runbook_template.read_bytes())
    assert [each.rule for each in measured["time_to_detection"].findings] == [
        "start-equals-detection",
        "milestone-from-words",
    ]
    assert measured["time_to_detection"].is_doubtful
    assert measured["time_to_resolution"].findings == ()


def test_a_range_is_a_low_and_a_high_end_without_a_value(durations: Callable[..., Any]) -> None:
    """Between 1 and 11 minutes."""
    ttd = durations("id: X\nstarted_at: 2024-01-15T14:10Z..2024-01-15T14:20Z\ndetected_at: 14:21\n")[
        "time_to_detection"
    ]
    assert (ttd.status, ttd.value, ttd.low, ttd.high) == ("derived", None, 60.0, 660.0)


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        (START, "pending", "the incident is open and acknowledged_at is not recorded yet"),
        (START + END, "unknown", "acknowledged_at is not recorded"),
    ],
)
def test_never_acknowledged_is_pending_while_open_and_unknown_after(
    durations: Callable[..., Any], text: str, status: str, reason: str
) -> None:
    """It is not acknowledged at close, and not 0."""
    tta = durations(text + "detected_at: 14:16\n")["time_to_acknowledgment"]
    assert (tta.status, tta.value, tta.reason) == (status, None, reason)


def test_an_end_before_its_start_is_invalid_and_has_no_value(durations: Callable[..., Any]) -> None:
    """S50; the anchors are shown."""
    ttr = durations(START + "resolved_at: 2024-01-15T13:00:00Z\n")["time_to_resolution"]
    assert (ttr.status, ttr.value, ttr.reason) == ("invalid", None, "resolved_at lies before started_at")
    assert (ttr.start.at.earliest.hour, ttr.end.at.earliest.hour) == (14, 13)
    assert [each.rule for each in ttr.findings] == ["out-of-order"]


def test_a_reopened_incident_is_measured_to_its_last_resolution(durations: Callable[..., Any]) -> None:
    """From 14:15 to 16:30."""
    words = "timeline:\n- {time: 16:00, event: Incident reopened}\n- {time: 16:30, event: Incident resolved}\n"
    assert durations(START + END + words)["time_to_resolution"].value == 8100.0


@pytest.mark.parametrize(
    ("clock", "metric", "seconds"),
    [
        ("default", "time_to_engage", 240.0),
        ("google", "time_to_mitigation", 1500.0),
        ("atlassian", "time_to_respond", 5340.0),
        ("atlassian", "time_to_recovery", 5400.0),
        ("pagerduty", "seconds_to_first_ack", 120.0),
        ("pagerduty", "seconds_to_resolve", 5340.0),
        ("datadog", "time_to_repair", 1440.0),
        ("datadog", "time_to_resolve", 5220.0),
        ("rootly", "time_to_resolution", 5400.0),
        ("moogsoft", "time_to_acknowledge", 180.0),
        ("dora", "failed_deployment_recovery_time", 6420.0),
    ],
)
def test_every_clock_has_anchors_of_its_own(
    durations: Callable[..., Any], clock: str, metric: str, seconds: float
) -> None:
    """Deployed 13:58, start 14:15, detected 16, declared and acknowledged 18, engaged 20, mitigated 40, end 15:45."""
    text = START + END + "deployed_at: 13:58\ndetected_at: 14:16\ndeclared_at: 14:18\nacknowledged_at: 14:18\n"
    measured = durations(text + "engaged_at: 14:20\nmitigated_at: 14:40\n", clock)
    assert (measured[metric].status, measured[metric].value, measured[metric].clock) == ("derived", seconds, clock)


def test_every_clock_of_the_runbook_runs(durations: Callable[..., Any], runbook: Runbook) -> None:
    """And measures what it names."""
    for clock, pairs in runbook.clocks.items():
        assert list(durations(START + END, clock)) == list(pairs)


def test_an_unknown_clock_names_the_known_ones(durations: Callable[..., Any]) -> None:
    """As an error of the parameter."""
    with pytest.raises(ParameterError, match=r"there is no such clock: expected default, google, .*, found 'swatch'"):
        durations(START, "swatch")


@pytest.mark.parametrize(
    ("impact", "measured", "expected"),
    [
        ("{users_affected: 15000}", 14208, (15000, "recorded", 14208, "")),
        ("{users_affected: 0}", None, (0, "recorded", None, "")),
        ("{}", 14208, (14208, "measured", 14208, "")),
        ("{}", 0, (0, "measured", 0, "")),
        ("{}", None, (None, "unknown", None, "the record has no number and the logs carry no user ids")),
    ],
)
def test_users_are_recorded_beside_measured(
    tell: Callable[..., Any], impact: str, measured: int | None, expected: object
) -> None:
    """The record's number is the headline; zero is a number."""
    users = users_affected(tell(f"{START}impact: {impact}\n").incident, measured=measured)
    assert (users.value, users.status, users.measured, users.reason) == expected
    assert users.unit == "users"


def test_the_templates_users_and_revenue_tell_their_lines(tell: Callable[..., Any], runbook_template: Any) -> None:  # noqa: ANN401
    """15000 users, and 45000 USD to the cent."""
    incident = tell(runbook_template.read_bytes()).incident
    users, revenue = users_affected(incident, measured=None), revenue_impact(incident)
    assert users.start is not None
    assert revenue.start is not None
    assert revenue.money is not None
    assert (users.value, str(users.start.place)) == (15000, "record.yaml:10")
    assert (revenue.status, revenue.value, revenue.unit, str(revenue.start.place)) == (
        "recorded",
        45000.0,
        "USD",
        "record.yaml:11",
    )
    assert (revenue.money.amount, revenue.money.currency) == (Decimal(45000), "USD")


def test_revenue_without_a_currency_or_without_an_amount_says_so(tell: Callable[..., Any]) -> None:
    """Neither is guessed."""
    bare = revenue_impact(tell(f"{START}impact: {{revenue_lost: 45k}}\n").incident)
    assert (bare.status, bare.value, bare.unit, bare.reason) == (
        "recorded",
        45000.0,
        "unknown currency",
        "the record names no currency",
    )
    none = revenue_impact(tell(START).incident)
    assert (none.status, none.value, none.money, none.reason) == (
        "unknown",
        None,
        None,
        "the record has no lost revenue",
    )


def test_the_template_names_nobody(tell: Callable[..., Any], runbook: Runbook, runbook_template: Any) -> None:  # noqa: ANN401
    """Unknown, not 0."""
    told = tell(runbook_template.read_bytes())
    people = people_involved(told.incident, told.events, runbook)
    assert (people.status, people.value, people.reason) == (
        "unknown",
        None,
        "nobody is named in roles, timeline or updates",
    )


def test_a_person_is_counted_once_and_a_machine_is_not(tell: Callable[..., Any], runbook: Runbook) -> None:
    """Jane leads and writes in two spellings; Ann has a role without a time; two robots speak."""
    told = tell(
        f"{START}roles:\n- {{role: IC, person: Jane Smith, assigned_at: 14:18}}\n- {{role: Scribe, person: Ann Lee}}\n"
        "updates:\n- {time: 14:30, status: a, actor: jane  smith}\n"
        "timeline:\n- {time: 14:20, event: b, actor: Wei Chen}\n- {time: 14:21, event: c, actor: PagerDuty}\n"
        "- {time: 14:22, event: d, actor: deploy-bot}\n- {time: 14:23, event: e}\n"
    )
    assert people_named(told.incident, told.events, runbook) == ("Ann Lee", "Jane Smith", "Wei Chen")
    people = people_involved(told.incident, told.events, runbook)
    assert (people.status, people.value, people.reason) == ("derived", 3, "Ann Lee, Jane Smith, Wei Chen")


def test_the_order_of_the_record_does_not_change_who_was_involved(tell: Callable[..., Any], runbook: Runbook) -> None:
    """Names are sorted."""
    entries = ["- {time: 14:20, event: b, actor: Zoe}\n", "- {time: 14:21, event: c, actor: Abe}\n"]
    named = []
    for order in (entries, entries[::-1]):
        told = tell(f"{START}timeline:\n{''.join(order)}")
        named.append(people_named(told.incident, merged_timeline(told.incident, runbook), runbook))
    assert named == [("Abe", "Zoe"), ("Abe", "Zoe")]
