"""What the timeline or a field tells: rules that an event, dated or in time, shows to be met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.conformance.mitigations import NAMES, ending_of
from incident_analytics.analysis.conformance.situation import NOUNS, evidence_of, quoted
from incident_analytics.analysis.conformance.timing import Due, after_words, minutes_after
from incident_analytics.analysis.plain_words import duration_words
from incident_analytics.analysis.recorded_field import recorded_field
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.analysis.events import Event
    from incident_analytics.model.runbook import Rule


def event(rule: Rule, situation: Situation) -> Verdict:
    """Met by an event of the rule's kinds, in time where the rule has a deadline.

    The first one counts; of what closes an incident (``pending_until``), the last one.
    """
    told = told_for(rule, situation)
    if told:
        one = told[-1 if rule.pending_until and rule.within_minutes is None else 0]
        return in_time(rule, situation, one.at, evidence_of(one), quoted(one, situation))
    return _told_otherwise(rule, situation) or untold(rule, situation)


def field(rule: Rule, situation: Situation) -> Verdict:
    """Met by a field of the record that has a value, 0 included, else by an event of the rule's kinds."""
    name = rule.field or ""
    value = recorded_field(situation.incident, name)
    if value is None:
        return event(rule, situation)
    text = getattr(value, "text", value)
    return Verdict("met", f"{text} recorded", (_recorded(situation, name),))


def told_for(rule: Rule, situation: Situation) -> tuple[Event, ...]:
    """The events that count for a rule: of its kinds, after its milestone, and after the last reopening."""
    floors = [floor for floor in (_floor(rule, situation), _last_reopening(rule, situation)) if floor]
    if rule.after and rule.after != "mitigation" and _floor(rule, situation) is None:
        return ()
    return tuple(event for event in situation.told(rule.kinds) if all(event.at.latest >= floor for floor in floors))


def in_time(rule: Rule, situation: Situation, at: Instant, evidence: Anchor, words: str) -> Verdict:
    """Met by something dated, if that was before the rule's deadline; one without a deadline is met at once."""
    if rule.within_minutes is None or rule.counted_from is None:
        return Verdict("met", words, (evidence,))
    start = situation.at(rule.counted_from)
    noun = NOUNS.get(rule.counted_from, rule.counted_from)
    if start is None:
        if situation.is_open:
            return Verdict("met", f"{words}, while the incident is open", (evidence,))
        return Verdict("not_evidenced", f"{words}, but nobody recorded {noun}, from which it counts", (evidence,))
    due = Due(start, minutes_after(rule.within_minutes))
    counted = after_words(at, start, noun)
    outcome = due.outcome(at)
    if outcome == "uncertain":
        detail = f"{counted}: too uncertain to tell whether within {duration_words(rule.within_minutes * 60)}"
        return Verdict("not_evidenced", detail, (evidence,), due.deadline)
    if outcome == "met" and at.earliest > situation.as_of:
        return Verdict("pending", f"set for {situation.moment(at.earliest)}", (evidence,), due.deadline)
    late = f"late: {counted}; due within {duration_words(rule.within_minutes * 60)}"
    return Verdict(outcome, counted if outcome == "met" else late, (evidence,), due.deadline)


def untold(rule: Rule, situation: Situation, *, detail: str = "no entry of the record tells it") -> Verdict:
    """Nothing tells it: pending before its deadline, else not evidenced."""
    deadline = deadline_of(rule, situation)
    if deadline is not None and deadline > situation.as_of:
        return Verdict("pending", f"due by {situation.moment(deadline)}", (), deadline)
    if rule.counted_from == "resolved_at" and situation.is_open:
        return Verdict("pending", "the incident is open")
    return Verdict("not_evidenced", detail, (), deadline)


def deadline_of(rule: Rule, situation: Situation) -> datetime | None:
    """The rule's deadline; None where it has none or its start is not recorded."""
    start = situation.at(rule.counted_from) if rule.counted_from else None
    if start is None or rule.within_minutes is None:
        return None
    return minutes_after(rule.within_minutes)(start.earliest)


def _recorded(situation: Situation, name: str) -> Anchor:
    places = situation.incident.fields_read_from
    return Anchor(name, None, "recorded", places.get(name) or places.get(name.split(".", maxsplit=1)[0]))


def _floor(rule: Rule, situation: Situation) -> datetime | None:
    """The instant before which events do not count."""
    if rule.after is None:
        return None
    if rule.after == "mitigation":
        ending = ending_of(situation)
        return ending.anchor.at.earliest if ending and ending.anchor.at else None
    # What came after the resolution came after the mitigation too, where only the resolution is recorded.
    at = situation.at(rule.after) or situation.at("resolved_at")
    return at.earliest if at else None


def _last_reopening(rule: Rule, situation: Situation) -> datetime | None:
    """What was done after a resolution that did not hold is to be done again."""
    reopened = situation.told(["reopened"]) if rule.pending_until == "resolved_at" else ()
    return reopened[-1].moment if reopened else None


def _told_otherwise(rule: Rule, situation: Situation) -> Verdict | None:
    """What shows a rule to be met where no event does: the mitigation, a promised update, a field."""
    ending = ending_of(situation) if rule.or_mitigation else None
    if ending is not None:
        return Verdict("met", f"the record tells of {NAMES[ending.kind]}", (ending.anchor,))
    promised = [update for update in situation.incident.updates if update.next_update_at] if rule.or_updates else []
    if promised and promised[0].next_update_at:
        first = promised[0]
        until = situation.clock(promised[0].next_update_at.earliest)
        anchor = Anchor("update_sent", first.at, "status update", first.read_from)
        return Verdict(
            "met", f"the update of {situation.clock(first.at.earliest)} promises the next at {until}", (anchor,)
        )
    value = recorded_field(situation.incident, rule.or_field) if rule.or_field else None
    if rule.or_field is None or value is None:
        return None
    return _told_by_field(rule, situation, rule.or_field, value)


def _told_by_field(rule: Rule, situation: Situation, name: str, value: object) -> Verdict:
    recorded = _recorded(situation, name)
    if isinstance(value, Instant):
        anchor = Anchor(name, value, "recorded", recorded.place)
        return in_time(rule, situation, value, anchor, f"recorded for {situation.clock(value.earliest)}")
    number = len(value) if isinstance(value, (tuple, list)) else 1
    words = f"{number} recorded"
    deadline = deadline_of(rule, situation)
    if rule.within_minutes is None or (deadline is not None and deadline >= situation.as_of) or situation.is_open:
        return Verdict("met", words, (recorded,), deadline)
    return Verdict("not_evidenced", f"{words}, but not when", (recorded,), deadline)
