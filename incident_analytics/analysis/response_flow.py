"""The path that an incident took through the runbook's response flow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from incident_analytics.analysis.conformance.check import Check
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.response_flow import FlowStep
    from incident_analytics.model.runbook import Runbook

Way: TypeAlias = Literal["taken", "missed", "not_evidenced", "pending", "other_path"]
_WAYS: dict[str, Way] = {
    "met": "taken",
    "missed": "missed",
    "pending": "pending",
    "not_applicable": "other_path",
}
_ANSWERS = {"rollback": "no: rollback", "fix_forward": "yes: fix forward"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the flow, and whether the incident took it.

    Args:
        title: The step.
        way: ``taken``; ``missed`` (a rule judged it so); ``not_evidenced``; ``pending``; ``other_path`` (of several
            ways the incident took another one, or the runbook does not ask for it here).
        at: When it was taken, where that is known.
        answer: What a question of the flow was answered with; empty for a step that asks none.
        asks: Whether it is a question.
    """

    title: str
    way: Way
    at: datetime | None = None
    answer: str = ""
    asks: bool = False


def response_flow(
    incident: Incident, anchors: Mapping[str, Anchor], checks: Sequence[Check], runbook: Runbook
) -> tuple[tuple[Step, ...], ...]:
    """The rows of the flow from top to bottom, each with its alternatives.

    Args:
        incident: The record.
        anchors: Its milestones.
        checks: Its conformance with the runbook.
        runbook: Whose flow it is.
    """
    judged = {check.rule: check for check in checks}
    return tuple(tuple(_step(step, incident, anchors, judged) for step in row) for row in runbook.flow)


def _step(step: FlowStep, incident: Incident, anchors: Mapping[str, Anchor], judged: Mapping[str, Check]) -> Step:
    if step.severities and incident.severity is not None and incident.severity not in step.severities:
        return Step(step.title, "other_path")
    if step.rule is not None:
        told = _of_rule(step, judged.get(step.rule), incident)
        at = anchors[step.milestone].at if step.milestone and told.way == "taken" else None
        return replace(told, at=at.earliest) if at else told
    if step.milestone is not None:
        return _of_milestone(step, anchors, is_over=anchors["resolved_at"].at is not None)
    if step.mitigation is not None:
        return _of_mitigation(step, incident)
    severity = incident.severity
    return Step(step.title, "taken" if severity else "not_evidenced", answer=severity or "", asks=True)


def _of_milestone(step: FlowStep, anchors: Mapping[str, Anchor], *, is_over: bool) -> Step:
    at = anchors[step.milestone or ""].at
    if at is None:
        return Step(step.title, "not_evidenced" if is_over else "pending", asks=step.asks)
    return Step(step.title, "taken", at.earliest, asks=step.asks)


def _of_mitigation(step: FlowStep, incident: Incident) -> Step:
    mitigation = incident.mitigation
    if mitigation is None or mitigation.kind is None:
        return Step(step.title, "not_evidenced")
    if mitigation.kind != step.mitigation:
        return Step(step.title, "other_path")
    return Step(step.title, "taken", mitigation.at.earliest if mitigation.at else None)


def _of_rule(step: FlowStep, check: Check | None, incident: Incident) -> Step:
    if check is None:
        return Step(step.title, "not_evidenced", asks=step.asks)
    way = _WAYS.get(check.state, "not_evidenced")
    kind = incident.mitigation.kind if incident.mitigation else None
    answer = _ANSWERS.get(kind or "", "") if step.asks and way == "taken" else ""
    return Step(step.title, way, _first(check) if way == "taken" else None, answer, step.asks)


def _first(check: Check) -> datetime | None:
    """The instant of the last piece of evidence: what comes before it is what it was measured from."""
    told = [each.at.earliest for each in check.evidence if isinstance(each, Anchor) and each.at is not None]
    return told[-1] if told else None
