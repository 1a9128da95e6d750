"""Open questions for the review: each finding that people can explain, as one question without blame.

A tool sees that the record is silent, that two sources differ, that a step came late. Only people know why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from incident_analytics.analysis.lint.persons import without_names
from incident_analytics.analysis.milestones import ANCHORS
from incident_analytics.analysis.plain_words import duration_words, span_words, zone_of
from incident_analytics.analysis.silences import END_OF_RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo

    from incident_analytics.analysis.conformance.check import Check
    from incident_analytics.analysis.silences import Silence
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Finding, Measurement
    from incident_analytics.model.runbook import Runbook

_SILENCE, _SURPRISE, _DIFFERENCE, _MISSED = 1, 2, 4, 5
# What each finding asks, by its rule: how much it matters (less comes first) and the question.
_ASKED: dict[str, tuple[int, str]] = {
    "out-of-order": (0, "Which came first, {first} or {second}?"),
    "start-not-recorded": (0, "When did the impact begin: at the start that was measured?"),
    "errors-before-start": (_SURPRISE, "What was already wrong before the recorded start?"),
    "impact-not-shown": (_SURPRISE, "What told us that this was an incident?"),
    "start-equals-detection": (_SURPRISE, "What was already wrong before the first alert?"),
    "severity-below-criteria": (3, "What did the impact look like when the severity was chosen?"),
    "severity-unclassified": (3, "Which severity fits an impact that the runbook does not classify?"),
    "milestone-differs": (_DIFFERENCE, "Which time of {first} is right, and what does the other one mark?"),
    "clock-zone": (_DIFFERENCE, "In which zone were the times of this source written?"),
    "clock-skew": (_DIFFERENCE, "Which of these clocks is right, or what comes late?"),
    "sources-conflict": (_DIFFERENCE, "Which of these two times is right, and what does the other one mark?"),
    "zone-conflict": (_DIFFERENCE, "In which zone were the times of this record written?"),
    "resolution-from-timeline": (6, "When did we consider the incident resolved, and by which sign?"),
    "severity-missing": (6, "Which severity did we treat this incident as?"),
    "evidence-changed": (6, "What changed this evidence after it was received?"),
    "evidence-missing": (6, "Where is this evidence kept now?"),
}
# Sources that differ in a way not listed above are still for people to explain.
_DISAGREEMENT = re.compile(r"-(differs?|conflicts?|disagrees?|skew)$")
# One file may hold several of these, so what was seen tells them apart.
_BY_WHAT_WAS_SEEN = frozenset({"clock-zone", "clock-skew", "sources-conflict"})
_SURPRISES = {
    "users_affected": "How were the affected users counted?",
    "revenue_impact": "How was the lost revenue estimated?",
}
_NOUNS = {
    "started_at": "the start of impact",
    "detected_at": "detection",
    "declared_at": "the declaration",
    "acknowledged_at": "acknowledgment",
    "engaged_at": "the responders' engagement",
    "diagnosed_at": "diagnosis",
    "mitigated_at": "mitigation",
    "resolved_at": "resolution",
    "closed_at": "closing",
    "postmortem_at": "the post-mortem",
    "deployed_at": "the deploy",
}
_MILESTONE = re.compile(rf"\b({'|'.join(ANCHORS)})\b")
_SURPRISING_SECONDS, _SURPRISING_SHARE = 60, 0.1
_MINUTES_UP_TO = 3 * 3600


@dataclass(frozen=True, slots=True)
class Question:
    """One open question.

    Args:
        id: Stable: it depends on what raised it and on nothing else, so an answer keeps its question.
        text: The question, without blame and without names.
        why: The data that raised it, in a sentence.
    """

    id: str
    text: str
    why: str


def questions_for_review(
    findings: Iterable[Finding],
    checks: Iterable[Check],
    silences: Iterable[Silence],
    measurements: Mapping[str, Measurement],
    *,
    incident: Incident,
    runbook: Runbook,
    people: Iterable[str] = (),
) -> tuple[Question, ...]:
    """One question for each silence, surprise, conflict and missed rule; the most important first.

    Steps out of order come first, then silences (longest first), surprises between record and evidence, the
    severity, sources that differ, missed rules in the runbook's order, and what the record leaves open.

    Args:
        findings: What is doubtful; those that only describe how a file was read ask nothing, nor do notes.
        checks: Conformance with the runbook; a missed rule asks its ``ask``.
        silences: The gaps in the record.
        measurements: The metrics, recorded beside measured: durations a minute or more apart surprise, other
            numbers more than a tenth apart.
        incident: Gives the zone that times are told in, and names to leave out.
        runbook: The questions of its rules.
        people: More names to leave out.
    """
    surprises = dict(_surprises(measurements))
    # That evidence shows trouble before the alert says more than that start and alert are written as one.
    findings = tuple(findings)
    is_told = "time_to_detection" in surprises or any(one.rule == "errors-before-start" for one in findings)
    told_better = {"start-equals-detection"} if is_told else set()
    asked = [*_of_silences(silences, zone_of(incident, runbook))]
    asked += [(_SURPRISE, question) for question in surprises.values()]
    asked += _of_findings(finding for finding in findings if finding.rule not in told_better)
    asked += _of_checks(checks, runbook)
    names = (*people, *_people_of(incident, runbook))
    unique: dict[str, Question] = {}
    for _, question in sorted(asked, key=lambda pair: pair[0]):
        unique.setdefault(question.id, Question(question.id, question.text, without_names(question.why, names)))
    return tuple(unique.values())


def _of_silences(silences: Iterable[Silence], zone: tzinfo) -> Iterator[tuple[int, Question]]:
    seen: set[str] = set()
    for silence in sorted(silences, key=lambda silence: (-silence.duration_seconds, silence.start)):
        start, end = span_words(silence.start, silence.end, zone)
        began = silence.start.astimezone(UTC)
        name = f"silence-{began:%H%M}"
        name = f"{name}-{began:%Y%m%d}" if name in seen else name
        seen.add(name)
        is_running = silence.until == END_OF_RECORD
        text = f"What has been tried since {start}?" if is_running else f"What was tried between {start} and {end}?"
        yield _SILENCE, Question(name, text, f"The record is silent for {_minutes(silence.duration_seconds)}.")


def _minutes(seconds: float) -> str:
    whole = seconds < _MINUTES_UP_TO and seconds % 60 == 0
    return f"{seconds / 60:.0f} minutes" if whole else duration_words(seconds)


def _surprises(measurements: Mapping[str, Measurement]) -> Iterator[tuple[str, Question]]:
    for name, metric in measurements.items():
        value, measured = metric.value, metric.measured
        if value is None or measured is None or metric.status not in {"recorded", "derived"}:
            continue
        apart = abs(measured - value)
        if metric.unit == "seconds":
            is_surprise = apart >= _SURPRISING_SECONDS
        else:
            is_surprise = apart > _SURPRISING_SHARE * max(abs(value), abs(measured))
        if is_surprise:
            why = f"The record says {_shown(value, metric)}, the evidence shows {_shown(measured, metric)}."
            yield name, Question(f"measured-{name}", _surprise_text(name, value, measured), why)


def _surprise_text(name: str, value: float, measured: float) -> str:
    if name == "time_to_detection" and measured > value:
        return f"What would have shown the trouble {duration_words(measured - value)} earlier?"
    words = name.replace("_", " ")
    return _SURPRISES.get(name, f"What explains the difference between the recorded and the measured {words}?")


def _shown(value: float, metric: Measurement) -> str:
    return duration_words(value) if metric.unit == "seconds" else f"{value:,.0f} {metric.unit}"


def _of_findings(findings: Iterable[Finding]) -> Iterator[tuple[int, Question]]:
    for finding in findings:
        if finding.level == "info":
            continue
        weight, text = _ASKED.get(finding.rule, (_DIFFERENCE, ""))
        if not text and _DISAGREEMENT.search(finding.rule):
            text = "What explains this difference?"
        if text:
            named = list(dict.fromkeys(_MILESTONE.findall(finding.message)))
            first, second = (*(_NOUNS[name] for name in named), "one step", "the other")[:2]
            why = f"{finding.message[:1].upper()}{finding.message[1:].rstrip('.')}."
            yield weight, Question(_id_of(finding, named), text.format(first=first, second=second), why)


def _id_of(finding: Finding, named: list[str]) -> str:
    """By its rule and the milestone, else by the file or the value, so that two of one rule stay apart."""
    if finding.rule in {"out-of-order", "milestone-differs"} and named:
        return f"{finding.rule}-{named[0]}"
    by_seen = finding.rule in _BY_WHAT_WAS_SEEN
    if finding.rule in _ASKED and not by_seen and not finding.rule.startswith("evidence-"):
        return finding.rule
    about = finding.where.file if finding.where and not by_seen else finding.seen
    return f"{finding.rule}-{re.sub(r'[^a-z0-9]+', '-', about.lower()).strip('-')}".strip("-")


def _of_checks(checks: Iterable[Check], runbook: Runbook) -> Iterator[tuple[int, Question]]:
    asks = {rule.id: rule.ask for rule in runbook.rules}
    for check in checks:
        text = asks.get(check.rule)
        if check.state == "missed" and text != "":
            asked = text or f'What stood in the way of this: "{check.title}"?'
            yield _MISSED, Question(f"missed-{check.rule}", asked, f"{check.title}: {check.detail}.")


def _people_of(incident: Incident, runbook: Runbook) -> tuple[str, ...]:
    written = [role.person for role in incident.roles]
    written += [entry.actor for entry in incident.timeline] + [update.actor for update in incident.updates]
    machines = [re.compile(words, re.IGNORECASE) for words in runbook.machine_actors]
    return tuple(name for name in written if name and not any(machine.search(name) for machine in machines))
