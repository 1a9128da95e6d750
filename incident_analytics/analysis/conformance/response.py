"""Response time and escalation: how soon somebody took the incident, and how soon it went up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.business_days import end_of_next_business_day
from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.conformance.situation import evidence_of
from incident_analytics.analysis.conformance.timing import after_words, binding, minutes_after

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.conformance.check import Evidence
    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.analysis.conformance.timing import Due, Limit
    from incident_analytics.model.instants import Instant
    from incident_analytics.model.runbook import Rule, Severity

NO_SEVERITY = Verdict("not_evidenced", "the record names no severity")
_NO_DETECTION = Verdict("not_evidenced", "nobody recorded the detection that it counts from")


def response_target(_rule: Rule, situation: Situation) -> Verdict:
    """From detection to acknowledgment, strictly under the target: 4 min 59 s meets five minutes, 5 min does not."""
    detected, acknowledged = situation.anchor("detected_at"), situation.anchor("acknowledged_at")
    if not situation.levels:
        return NO_SEVERITY
    if detected.at is None:
        return _NO_DETECTION
    at = acknowledged.at
    due = response_due(situation, detected.at, done=at.latest if at else None)
    target, quote = _target(due, situation, "Response time")
    if at is None:
        return _undone(due, situation, "nobody recorded an acknowledgment", quote)
    evidence = (detected, acknowledged)
    if at.latest < detected.at.earliest:
        times = f"acknowledgment ({situation.clock(at.earliest)}) lies before detection"
        return Verdict("not_evidenced", f"the {times} ({situation.clock(detected.at.earliest)})", evidence, quote=quote)
    verdict = _judged(due, at, detected.at, evidence, target)
    words = acknowledged.origin
    from_words = f" (from the {words})" if words not in {"", "recorded"} else ""
    return Verdict(verdict.state, verdict.detail + from_words, evidence, verdict.deadline, quote)


def escalation(_rule: Rule, situation: Situation) -> Verdict:
    """From detection to escalation, inclusive; "as needed" sets no limit, so it is never met."""
    worst = situation.worst
    if worst is None:
        return NO_SEVERITY
    policy = situation.policy(worst).escalation
    if policy.within_minutes is None:
        return Verdict("not_applicable", f"{worst.name} is escalated {policy.text.lower()}")
    start = situation.at("detected_at")
    if start is None:
        return _NO_DETECTION
    told = situation.told(["escalated"])
    later = [event for event in told if event.at.latest >= start.earliest]
    due = binding(situation, start, _escalation_limit, done=later[0].at.latest if later else None)
    text, quote = _target(due, situation, "Escalation")
    if not later:
        before = f"; the one at {situation.clock(told[-1].moment)} lies before detection" if told else ""
        return _undone(due, situation, f"no entry tells of an escalation{before}", quote)
    evidence = (situation.anchor("detected_at"), evidence_of(later[0]))
    verdict = _judged(due, later[0].at, start, evidence, text)
    return Verdict(verdict.state, verdict.detail, evidence, verdict.deadline, quote)


def response_due(situation: Situation, start: Instant, *, done: datetime | None) -> Due | None:
    """The response target that binds, counted from an instant."""
    calendar = situation.runbook.calendar

    def limit_of(severity: Severity) -> Limit | None:
        if severity.response.under_minutes is None:
            return lambda at: end_of_next_business_day(at, calendar)
        return minutes_after(severity.response.under_minutes)

    return binding(situation, start, limit_of, done=done, is_strict=True)


def _escalation_limit(severity: Severity) -> Limit | None:
    return None if severity.escalation.within_minutes is None else minutes_after(severity.escalation.within_minutes)


def _target(due: Due | None, situation: Situation, name: str) -> tuple[str, str]:
    if due is None or due.level is None:
        return "", ""
    policy = situation.policy(due.level)
    text = policy.response.text if due.is_strict else policy.escalation.text
    return text, f"{name}: {text}"


def _undone(due: Due | None, situation: Situation, detail: str, quote: str) -> Verdict:
    deadline = due.deadline if due else None
    if deadline is not None and deadline > situation.as_of:
        return Verdict("pending", f"due by {situation.moment(deadline)}", (), deadline, quote)
    return Verdict("not_evidenced", detail, (), deadline, quote)


def _judged(due: Due | None, at: Instant, start: Instant, evidence: tuple[Evidence, ...], target: str) -> Verdict:
    counted = after_words(at, start, "detection")
    if due is None:
        return Verdict("met", f"{counted}, before any limit", evidence)
    outcome = due.outcome(at)
    if outcome == "uncertain":
        detail = f"{counted}: the recorded times are too uncertain to tell ({target})"
        return Verdict("not_evidenced", detail, evidence, due.deadline)
    raised = due.level.since if due.level and due.start is not start else None
    since = f", {after_words(at, due.start, f'it became {due.level.name}')}" if due.level and raised else ""
    asked = f"; the runbook says {target}" if outcome == "missed" else ""
    return Verdict(outcome, f"{counted}{since}{asked}", evidence, due.deadline)
