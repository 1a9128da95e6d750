"""What must hold over a stretch of time: a timeline without silences, and a watch before and after the end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.conformance.mitigations import ending_of
from incident_analytics.analysis.conformance.situation import evidence_of
from incident_analytics.analysis.plain_words import duration_words, span_words

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.analysis.events import Event
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.model.runbook import Rule

_MITIGATING = ("mitigated", "recovered", "rolled_back", "fix_deployed")
_WATCHING = ("monitoring",)


def silence(_rule: Rule, situation: Situation) -> Verdict:
    """Met where the record has no gap longer than the runbook allows between start and resolution."""
    if situation.at("started_at") is None:
        return Verdict("not_evidenced", "nobody recorded the start, from which the record is read")
    ends = tuple(situation.anchor(name) for name in ("started_at", "resolved_at") if situation.at(name))
    if not situation.silences:
        minutes = duration_words(situation.runbook.silence_minutes * 60)
        return Verdict("met", f"no gap longer than {minutes}", ends)
    longest = situation.silences[0]
    start, end = span_words(longest.start, longest.end, situation.zone)
    length = f"{duration_words(longest.duration_seconds)} ({start} to {end})"
    count = len(situation.silences)
    detail = f"silent for {length}" if count == 1 else f"{count} silences, the longest {length}"
    at = {event.moment: evidence_of(event) for event in reversed(situation.events)}
    evidence = tuple(at[moment] for moment in (longest.start, longest.end) if moment in at)
    return Verdict("missed", detail, evidence)


def monitoring(rule: Rule, situation: Situation) -> Verdict:
    """From the mitigation to the resolution, at least as long as asked; a recurrence inside is "resolved early".

    A rule with a mitigation of its own (the hour after a fix) is about a watch that may outlast the resolution,
    so there only an earlier standing down shows that it was missed.
    """
    resolved = situation.anchor("resolved_at")
    minutes = rule.at_least_minutes or situation.runbook.monitoring_minutes
    early = _resolved_early(situation, minutes)
    if early is not None:
        return early
    since = _watched_since(situation)
    if resolved.at is None:
        return Verdict("pending", "the incident is open")
    if since is None or since.at is None:
        return _unwatched(rule, situation, resolved)
    end = resolved if rule.mitigation is None else _end_of_watch(situation, resolved)
    return _long_enough(since, end, minutes, rule)


def _unwatched(rule: Rule, situation: Situation, resolved: Anchor) -> Verdict:
    if rule.mitigation is not None:
        return Verdict("not_evidenced", "when the fix went in is not recorded", (resolved,))
    if situation.told(["reopened"]) and situation.at("mitigated_at"):
        return Verdict("not_evidenced", "impact came back, and when it ended again is not recorded", (resolved,))
    started = situation.at("started_at")
    if started is not None and resolved.at is not None and resolved.at.latest < started.earliest:
        return Verdict("not_evidenced", "resolved_at lies before started_at", (resolved,))
    return Verdict("missed", "neither a mitigation nor monitoring is recorded before the resolution", (resolved,))


def _long_enough(since: Anchor, end: Anchor, minutes: float, rule: Rule) -> Verdict:
    if since.at is None or end.at is None:
        return Verdict("not_evidenced", "an end of it is not recorded", (since, end))
    least = (end.at.earliest - since.at.latest).total_seconds()
    most = (end.at.latest - since.at.earliest).total_seconds()
    asked = minutes * 60
    if most < 0:
        return Verdict("not_evidenced", f"{end.anchor} lies before {since.anchor}", (since, end))
    shown = duration_words(most) if least == most else f"{duration_words(max(least, 0))} to {duration_words(most)}"
    noun = "mitigation to resolution" if end.anchor == "resolved_at" else "mitigation to standing down"
    detail = f"{shown} from {noun}"
    if least >= asked:
        return Verdict("met", detail, (since, end))
    if most >= asked:
        return Verdict("not_evidenced", f"{detail}: too uncertain to tell", (since, end))
    if rule.mitigation is not None and end.anchor == "resolved_at":
        return Verdict("not_evidenced", f"{detail}; whether it was watched after that is not recorded", (since, end))
    return Verdict("missed", f"{detail}; the runbook asks for {duration_words(asked)}", (since, end))


def _watched_since(situation: Situation) -> Anchor | None:
    """The mitigation after the last reopening, else the first monitoring entry after it."""
    reopened = situation.told(["reopened"])
    floor = reopened[-1].moment if reopened else None
    recorded = situation.anchor("mitigated_at")
    if recorded.at is not None and (floor is None or recorded.at.earliest >= floor):
        return recorded
    for kinds in (_MITIGATING, _WATCHING):
        told = [event for event in situation.told(kinds) if _is_between(event, floor, situation.end)]
        if told:
            return evidence_of(told[-1] if kinds is _MITIGATING else told[0])
    ending = ending_of(situation) if floor is None else None
    return ending.anchor if ending else None


def _is_between(event: Event, floor: datetime | None, end: datetime) -> bool:
    return (floor is None or event.moment >= floor) and event.moment <= end


def _resolved_early(situation: Situation, minutes: float) -> Verdict | None:
    for reopened in situation.told(["reopened"]):
        before = [event for event in situation.told([*_MITIGATING, "resolved"]) if event.moment < reopened.moment]
        mitigating = [event for event in before if set(_MITIGATING).intersection(event.kinds)] or before
        if mitigating and reopened.moment - mitigating[-1].moment <= timedelta(minutes=minutes):
            since = duration_words((reopened.moment - mitigating[-1].moment).total_seconds())
            noun = "mitigation" if set(_MITIGATING).intersection(mitigating[-1].kinds) else "resolution"
            detail = f"resolved early: reopened {since} after the {noun}"
            return Verdict("missed", detail, (evidence_of(mitigating[-1]), evidence_of(reopened)))
    return None


def _end_of_watch(situation: Situation, resolved: Anchor) -> Anchor:
    """Standing the team down ends a watch that goes on after the resolution."""
    at = resolved.at
    told = [event for event in situation.told(["stood_down"]) if at is None or event.at.latest >= at.earliest]
    return evidence_of(told[-1]) if told else resolved
