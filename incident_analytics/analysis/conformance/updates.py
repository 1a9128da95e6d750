"""The rule about status updates, judged by their audit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from incident_analytics.analysis.conformance.cadence import audit_updates
from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.conformance.response import NO_SEVERITY
from incident_analytics.analysis.plain_words import duration_words, span_words
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance.cadence import UpdateAudit
    from incident_analytics.analysis.conformance.check import Evidence
    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.model.runbook import Rule


def updates(_rule: Rule, situation: Situation) -> Verdict:
    """Met where no gap is longer than the cadence; severities without a cadence are not judged.

    A record that keeps no updates at all is no evidence that none were sent.
    """
    if not situation.levels:
        return NO_SEVERITY
    if all(situation.policy(level).update_every_minutes is None for level in situation.levels):
        return Verdict("not_applicable", f"{situation.levels[0].name} sets no cadence")
    audit = audit_updates(situation)
    return _judged(audit, situation) if audit.gaps else _without_gaps(audit, situation)


def _without_gaps(audit: UpdateAudit, situation: Situation) -> Verdict:
    acknowledged, resolved = situation.at("acknowledged_at"), situation.at("resolved_at")
    if acknowledged is None:
        return Verdict("not_evidenced", "nobody recorded the acknowledgment, from which updates are due")
    if resolved is None:
        return Verdict("pending", "the first update is not due yet", _evidence(audit, situation))
    if resolved.earliest <= acknowledged.earliest:
        return Verdict("not_evidenced", "the resolution does not lie after the acknowledgment")
    return Verdict("not_applicable", "no severity with a cadence held while it was worked on")


def _judged(audit: UpdateAudit, situation: Situation) -> Verdict:
    outcomes = {gap.outcome for gap in audit.gaps}
    evidence = _evidence(audit, situation)
    is_from_acknowledgment = audit.counted_from == "acknowledged_at"
    if not audit.sent and is_from_acknowledgment and outcomes == {"met"}:
        length = duration_words(audit.gaps[0].duration_seconds)
        return Verdict("not_applicable", f"resolved {length} after acknowledgment, before an update was due", evidence)
    detail = _detail(audit, situation)
    if not situation.told(["update_sent"]):
        return Verdict("not_evidenced", f"the record keeps no status updates; {detail}", evidence)
    if "missed" in outcomes:
        return Verdict("missed", detail, evidence)
    if "uncertain" in outcomes:
        return Verdict("not_evidenced", f"{detail}; some times are too uncertain to tell", evidence)
    if not is_from_acknowledgment:
        return Verdict("not_evidenced", f"{detail}; nobody recorded the acknowledgment they count from", evidence)
    return Verdict("met", f"so far {detail}" if situation.is_open else detail, evidence)


def _detail(audit: UpdateAudit, situation: Situation) -> str:
    longest = audit.longest
    if longest is None:
        return ""
    length = duration_words(longest.duration_seconds)
    start, end = span_words(longest.start.earliest, longest.end.earliest, situation.zone)
    where = f"{length} ({start} to {end})"
    if not audit.sent and audit.counted_from == "acknowledged_at":
        return f"no update in {where}"
    detail = f"{audit.on_time} of {len(audit.gaps)} on time, longest silence {where}"
    kept = Counter(promise.outcome for promise in audit.promises)
    told = [f"{kept[outcome]} {outcome}" for outcome in ("kept", "late", "missed") if kept[outcome]]
    return f"{detail}; promised next update {', '.join(told)}" if told else detail


def _evidence(audit: UpdateAudit, situation: Situation) -> tuple[Evidence, ...]:
    """The acknowledgment, and both ends of the longest gap."""
    places = {event.at: event.place for event in situation.told(["update_sent"])}
    start = (situation.anchor("acknowledged_at"),) if situation.at("acknowledged_at") else ()
    ends = (audit.longest.start, audit.longest.end) if audit.longest else ()
    return (*start, *(Anchor("update_sent", at, "status update", places[at]) for at in ends if at in places))
