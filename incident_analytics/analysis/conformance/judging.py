"""Every rule of the runbook judged: by which judge, whether it is asked at all, and what being open changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.analysis.conformance.called import call
from incident_analytics.analysis.conformance.channel import channel
from incident_analytics.analysis.conformance.check import Check, Verdict
from incident_analytics.analysis.conformance.declared import declared_duration
from incident_analytics.analysis.conformance.kept import monitoring, silence
from incident_analytics.analysis.conformance.mitigations import NAMES, ending_of
from incident_analytics.analysis.conformance.preserved import evidence
from incident_analytics.analysis.conformance.response import NO_SEVERITY, escalation, response_target
from incident_analytics.analysis.conformance.roles import all_roles, role
from incident_analytics.analysis.conformance.situation import Situation
from incident_analytics.analysis.conformance.told import event, field
from incident_analytics.analysis.conformance.updates import updates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.silences import Silence
    from incident_analytics.model.incident import Incident, MitigationKind
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.model.runbook import CheckKind, Rule, Runbook

Judge: TypeAlias = "Callable[[Rule, Situation], Verdict]"


def manual(_rule: Rule, _situation: Situation) -> Verdict:
    """What no record can tell."""
    return Verdict("manual", "for the review to judge")


JUDGES: Mapping[CheckKind, Judge] = {
    "response_target": response_target,
    "escalation": escalation,
    "call": call,
    "event": event,
    "field": field,
    "role": role,
    "all_roles": all_roles,
    "channel": channel,
    "updates": updates,
    "silence": silence,
    "monitoring": monitoring,
    "evidence": evidence,
    "manual": manual,
    "declared_duration": declared_duration,
}


def conformance(
    incident: Incident,
    events: Sequence[Event],
    anchors: Mapping[str, Anchor],
    runbook: Runbook,
    *,
    as_of: datetime,
    silences: Sequence[Silence] = (),
    preserved: Mapping[str, Anchor] | None = None,
) -> tuple[Check, ...]:
    """One check for each rule of the runbook, in the runbook's order.

    Nothing is met without evidence. A record that does not tell is ``not_evidenced``; it is ``missed`` only
    where the record is the one place that could tell (roles, status updates, silences, monitoring), and
    ``pending`` while the deadline lies after ``as_of`` or the incident is open.

    Args:
        incident: The record.
        events: Its merged timeline.
        anchors: Its milestones.
        runbook: The rules, targets and words.
        as_of: The instant from which we look back.
        silences: The gaps in the record, longest first.
        preserved: For ``logs``, ``metrics``, ``database`` and ``export``: when the bundle received it, and
            the manifest's place; nothing where the bundle holds none.

    Raises:
        RunbookError: The calendar names a country that nobody knows.
    """
    situation = Situation(incident, events, anchors, runbook, as_of, silences, preserved or {})
    return tuple(_check(rule, situation) for rule in runbook.rules)


def _check(rule: Rule, situation: Situation) -> Check:
    verdict = _not_asked(rule, situation) or JUDGES[rule.check](rule, situation)
    if verdict.state == "not_evidenced" and rule.pending_until and situation.is_open:
        verdict = Verdict("pending", "the incident is open", verdict.evidence)
    return Check(
        rule.id,
        rule.req,
        rule.title,
        verdict.quote or rule.quote,
        verdict.state,
        verdict.detail,
        verdict.evidence,
        verdict.deadline,
    )


def _not_asked(rule: Rule, situation: Situation) -> Verdict | None:
    """Why a rule is not judged here; None where it is."""
    if rule.severities:
        held = {level.name for level in situation.levels}
        if not held:
            return NO_SEVERITY
        if not held.intersection(rule.severities):
            return Verdict("not_applicable", f"asked of {' and '.join(rule.severities)} only")
    return _not_asked_after(rule.mitigation, situation) if rule.mitigation else None


def _not_asked_after(mitigation: MitigationKind, situation: Situation) -> Verdict | None:
    ending = ending_of(situation)
    if ending is None:
        if situation.is_open:
            return Verdict("pending", "not mitigated yet")
        return Verdict("not_evidenced", "the record does not tell whether it was rolled back or fixed forward")
    if ending.kind == mitigation:
        return None
    return Verdict("not_applicable", f"applies after {NAMES[mitigation]}; this was {NAMES[ending.kind]}")
