"""Page or ticket: whether people were called the way the severity asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.conformance.response import NO_SEVERITY, response_due
from incident_analytics.analysis.conformance.situation import evidence_of, quoted
from incident_analytics.analysis.conformance.timing import after_words

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.analysis.events import Event
    from incident_analytics.model.runbook import Rule

_KINDS = {"page": "paged", "ticket": "ticket_created"}
_OTHER = {"page": "ticket", "ticket": "page"}


def call(_rule: Rule, situation: Situation) -> Verdict:
    """A page for SEV1 and SEV2, a ticket for SEV3 and SEV4.

    Missed only where the record tells of the other way alone, or of a call that came after the response target
    had already run out; a record that tells of neither leaves it open.
    """
    worst = situation.worst
    if worst is None:
        return NO_SEVERITY
    way = situation.policy(worst).call_by
    quote = f"{worst.name}: {'Page On-Call' if way == 'page' else 'Create Ticket'}"
    told, others = situation.told([_KINDS[way]]), situation.told([_KINDS[_OTHER[way]]])
    if not told:
        if not others:
            return Verdict("not_evidenced", f"no entry tells of a {way}", quote=quote)
        detail = f"a {_OTHER[way]}, not a {way}: {quoted(others[0], situation)}"
        return Verdict("missed", detail, (evidence_of(others[0]),), quote=quote)
    return _in_time(told[0], way, situation, quote)


def _in_time(first: Event, way: str, situation: Situation, quote: str) -> Verdict:
    evidence = (evidence_of(first),)
    start = situation.at("detected_at")
    due = response_due(situation, start, done=first.at.latest) if start else None
    if start is None or due is None:
        return Verdict("met", quoted(first, situation), evidence, quote=quote)
    counted = after_words(first.at, start, "detection")
    outcome = due.outcome(first.at)
    if outcome == "missed":
        detail = f"the {way} came {counted}, after the response target had run out"
        return Verdict("missed", detail, (situation.anchor("detected_at"), *evidence), due.deadline, quote)
    if outcome == "uncertain":
        detail = f"the {way} came {counted}: too uncertain to tell whether in time"
        return Verdict("not_evidenced", detail, evidence, due.deadline, quote)
    return Verdict("met", counted, evidence, due.deadline, quote)
