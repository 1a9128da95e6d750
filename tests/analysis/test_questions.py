"""Questions for the review (W16)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.conformance import Check
from incident_analytics.analysis.questions import Question, questions_for_review
from incident_analytics.analysis.silences import END_OF_RECORD, Silence
from incident_analytics.model.incident import Incident, Role
from incident_analytics.model.measurement import Finding, Measurement, Place
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Iterable

RUNBOOK = load_runbook()
INCIDENT = Incident(id="INC-2024-001", timezone="UTC", roles=(Role(role="Scribe", person="Wei Chen"),))


def asked(
    findings: Iterable[Finding] = (),
    checks: Iterable[Check] = (),
    silences: Iterable[Silence] = (),
    *measurements: Measurement,
    incident: Incident = INCIDENT,
    people: Iterable[str] = (),
) -> tuple[Question, ...]:
    """The questions that these raise."""
    named = {metric.name: metric for metric in measurements}
    return questions_for_review(findings, checks, silences, named, incident=incident, runbook=RUNBOOK, people=people)


def silence(start: str, end: str, until: str = "resolution") -> Silence:
    """A silence on 15 January 2024, or on the day written before a T."""
    ends = [clock if "T" in clock else f"2024-01-15T{clock}" for clock in (start, end)]
    first, last = (datetime.fromisoformat(stamp).replace(tzinfo=UTC) for stamp in ends)
    return Silence(first, last, "Root cause identified", until)


def missed(rule: str, detail: str = "nobody named", title: str = "A title") -> Check:
    """A rule that was missed."""
    return Check(rule, "S0", title, "quote", "missed", detail)


DIFFERS = Finding(
    "milestone-differs",
    "warning",
    'resolved_at is 15:45, but the timeline says "Wei Chen marked it resolved" at 15:40',
    Place("incident.yaml", 30),
)
OUT_OF_ORDER = Finding(
    "out-of-order", "error", "resolved_at (14:00) lies before mitigated_at (15:00)", Place("incident.yaml", 7)
)
SAME_START = Finding("start-equals-detection", "warning", "start equals detection: probably not recorded")
DETECTION = Measurement("time_to_detection", "seconds", "derived", 0.0, measured=140.0)


def test_the_templates_silence_asks_what_was_tried() -> None:
    """80 minutes between the root cause and the resolution."""
    assert asked((), (), [silence("14:25", "15:45")]) == (
        Question("silence-1425", "What was tried between 14:25 and 15:45?", "The record is silent for 80 minutes."),
    )


def test_a_silence_that_lasts_asks_since_when() -> None:
    """An open incident's record ends in silence."""
    (question,) = asked((), (), [silence("14:25", "15:05:30", END_OF_RECORD)])
    assert (question.text, question.why) == (
        "What has been tried since 14:25?",
        "The record is silent for 40 min 30 s.",
    )


def test_a_silence_over_midnight_names_both_days() -> None:
    """A clock time alone would mislead."""
    (question,) = asked((), (), [silence("23:30", "2024-01-16T00:30")])
    assert question.text == "What was tried between 23:30 on 15 Jan and 00:30 on 16 Jan?"


def test_times_are_told_in_the_incidents_zone_and_ids_are_not() -> None:
    """A zone corrected later must not lose an answer."""
    there = INCIDENT.model_copy(update={"timezone": "America/New_York"})
    (question,) = asked((), (), [silence("14:25", "15:45")], incident=there)
    assert (question.id, question.text) == ("silence-1425", "What was tried between 09:25 and 10:45?")


def test_silences_at_one_clock_time_of_two_days_stay_apart() -> None:
    """The longer one keeps the short id."""
    two = [silence("14:25", "15:45"), silence("2024-01-16T14:25", "2024-01-16T15:00")]
    assert [question.id for question in asked((), (), two)] == ["silence-1425", "silence-1425-20240116"]


def test_evidence_of_trouble_before_the_alert_asks_what_would_have_shown_it() -> None:
    """It replaces the plainer question about a start that equals detection."""
    (question,) = asked([SAME_START], (), (), DETECTION)
    assert question == Question(
        "measured-time_to_detection",
        "What would have shown the trouble 2 min 20 s earlier?",
        "The record says 0 s, the evidence shows 2 min 20 s.",
    )
    assert [one.id for one in asked([SAME_START])] == ["start-equals-detection"]


@pytest.mark.parametrize(
    ("metric", "ids"),
    [
        (Measurement("users_affected", "users", "recorded", 15000.0, measured=14210.0), []),
        (Measurement("users_affected", "users", "recorded", 15000.0, measured=13500.0), []),
        (Measurement("users_affected", "users", "recorded", 15000.0, measured=13499.0), ["measured-users_affected"]),
        (Measurement("users_affected", "users", "recorded", 0.0, measured=3.0), ["measured-users_affected"]),
        (Measurement("users_affected", "users", "recorded", 0.0, measured=0.0), []),
        (Measurement("users_affected", "users", "measured", 9.0, measured=9.0), []),
        (Measurement("users_affected", "users", "unknown", measured=9.0), []),
        (Measurement("time_to_resolution", "seconds", "derived", 5400.0, measured=5459.0), []),
        (
            Measurement("time_to_resolution", "seconds", "derived", 5400.0, measured=5340.0),
            ["measured-time_to_resolution"],
        ),
    ],
)
def test_record_and_evidence_surprise_from_a_minute_or_a_tenth_on(metric: Measurement, ids: list[str]) -> None:
    """A measured number alone contradicts nothing."""
    assert [question.id for question in asked((), (), (), metric)] == ids


def test_differing_milestones_ask_by_their_name_and_show_no_person() -> None:
    """The id names the milestone, the text a word for it."""
    (question,) = asked([DIFFERS])
    assert question == Question(
        "milestone-differs-resolved_at",
        "Which time of resolution is right, and what does the other one mark?",
        'Resolved_at is 15:45, but the timeline says "someone marked it resolved" at 15:40.',
    )


def test_steps_out_of_order_ask_which_came_first() -> None:
    """Both are named."""
    (question,) = asked([OUT_OF_ORDER])
    assert (question.id, question.text) == (
        "out-of-order-resolved_at",
        "Which came first, resolution or mitigation?",
    )


def test_a_missed_rule_asks_its_own_question_with_its_detail() -> None:
    """The runbook's `ask` belongs to the rule."""
    (question,) = asked((), [missed("updates", "3 of 6 on time", "Status updates on cadence")])
    assert question == Question(
        "missed-updates",
        "What kept status updates from going out on their cadence?",
        "Status updates on cadence: 3 of 6 on time.",
    )


def test_one_cause_is_one_question() -> None:
    """Missing roles are asked about once, and a silence is not asked about twice."""
    checks = [missed(rule) for rule in ("role-scribe", "role-technical-lead", "roles-assigned", "timeline-kept")]
    assert [question.id for question in asked((), checks)] == ["missed-roles-assigned"]


def test_a_rule_without_a_question_of_its_own_is_asked_about_plainly() -> None:
    """An organisation's own rule needs no `ask`."""
    (question,) = asked((), [missed("own-rule", title="Legal informed")])
    assert (question.id, question.text) == ("missed-own-rule", 'What stood in the way of this: "Legal informed"?')


@pytest.mark.parametrize("state", ["met", "not_evidenced", "pending", "manual", "not_applicable"])
def test_only_missed_rules_ask(state: str) -> None:
    """What is merely not evidenced is a gap in the record."""
    assert asked((), [Check("updates", "S12", "Title", "quote", state, "detail")]) == ()  # type: ignore[arg-type]


def test_findings_about_how_a_file_was_read_and_notes_ask_nothing() -> None:
    """People in a meeting cannot explain a quoted clock time."""
    findings = [
        Finding("clock-time-repaired", "warning", "855 was read as 14:15"),
        Finding("severity-unclassified", "info", "unclassified"),
    ]
    assert asked(findings) == ()


def test_an_unlisted_disagreement_is_for_people_to_explain() -> None:
    """Sources that differ, whatever they are, each by its file."""
    finding = Finding("severity-differs", "warning", "Jira says SEV2.", Place("exports/jira/OPS-7.json", 4))
    assert asked([finding]) == (
        Question("severity-differs-exports-jira-ops-7-json", "What explains this difference?", "Jira says SEV2."),
    )


def test_the_most_important_question_comes_first() -> None:
    """Order, silence, surprise, severity, difference, missed rules in the runbook's order, the rest."""
    findings = [
        Finding("resolution-from-timeline", "warning", "the resolution was taken from words"),
        DIFFERS,
        Finding("severity-below-criteria", "warning", "declared SEV3, but ..."),
        OUT_OF_ORDER,
    ]
    checks = [missed("updates"), missed("monitored")]
    quiet = [silence("14:25", "15:00"), silence("15:00", "16:00")]
    assert [question.id for question in asked(findings, checks, quiet, DETECTION)] == [
        "out-of-order-resolved_at",
        "silence-1500",
        "silence-1425",
        "measured-time_to_detection",
        "severity-below-criteria",
        "milestone-differs-resolved_at",
        "missed-updates",
        "missed-monitored",
        "resolution-from-timeline",
    ]


def test_a_question_keeps_its_id_whatever_else_changes() -> None:
    """Adding and removing others leaves each id as it was."""
    alone = {question.id for one in (DIFFERS, OUT_OF_ORDER) for question in asked([one])}
    together = {
        question.id for question in asked([OUT_OF_ORDER, DIFFERS], [missed("updates")], [silence("14:25", "15:45")])
    }
    assert alone < together


def test_a_finding_told_twice_is_one_question() -> None:
    """A finding may hang on several metrics."""
    assert len(asked([DIFFERS, DIFFERS])) == 1


def test_further_people_are_left_out_too() -> None:
    """Those whom only a timeline.csv names."""
    (question,) = asked((), [missed("call", "the page to Ana Costa came late")], people=["Ana Costa"])
    assert question.why == "A title: the page to someone came late."


def test_nothing_to_explain_asks_nothing() -> None:
    """An incident without findings."""
    assert asked() == ()


def test_each_conflict_of_two_sources_is_asked_about() -> None:
    """Two in one file are two questions, told apart by what was seen."""
    place = Place("timeline.csv", 3)
    findings = [
        Finding("sources-conflict", "warning", "first", place, "14:15 (chat)", "14:17 (pager)"),
        Finding("sources-conflict", "warning", "second", place, "14:25 (chat)", "14:28 (pager)"),
        Finding("clock-zone", "warning", "third", place, "15:15 (chat)", "14:15 (pager)"),
        Finding("sources-conflict", "info", "fourth", place, "14:35 (chat)", "14:36 (pager)"),
    ]
    assert [(one.id, one.text) for one in asked(findings)] == [
        ("sources-conflict-14-15-chat", "Which of these two times is right, and what does the other one mark?"),
        ("sources-conflict-14-25-chat", "Which of these two times is right, and what does the other one mark?"),
        ("clock-zone-15-15-chat", "In which zone were the times of this source written?"),
    ]
