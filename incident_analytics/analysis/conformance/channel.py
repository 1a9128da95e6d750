"""The incident channel: whether there was one, under the name that lets it be found again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from incident_analytics.analysis.conformance.check import Verdict
from incident_analytics.analysis.conformance.situation import evidence_of, quoted
from incident_analytics.model.measurement import Anchor

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.analysis.events import Event
    from incident_analytics.model.runbook import Rule

_NAME = re.compile(r"#[\w-]+")
_KINDS = ("channel_opened",)
_STARTS = ("started_at", "declared_at", "detected_at", "acknowledged_at")


def channel(rule: Rule, situation: Situation) -> Verdict:
    """Met by a channel whose name has the rule's form and carries the day it was opened, in the incident's zone."""
    told = situation.told(_KINDS)
    name, evidence = _named(situation, told)
    if name is None:
        detail = f"{quoted(told[0], situation)}, without its name" if told else "no channel is recorded"
        return Verdict("not_evidenced", detail, tuple(evidence_of(event) for event in told[:1]))
    match = re.fullmatch(rule.name_like, name) if rule.name_like else re.fullmatch(".*", name)
    if match is None:
        return Verdict("missed", f"{name} does not follow #incident-YYYY-MM-DD-slug", evidence)
    written = match.groupdict().get("date")
    days = _days(situation, told)
    if written is None or not days:
        return Verdict("met", name, evidence)
    if written not in {day.isoformat() for day in days}:
        detail = f"{name} carries {written}, but it was opened on {days[-1].isoformat()}"
        return Verdict("missed", detail, evidence)
    return Verdict("met", name, evidence)


def _named(situation: Situation, told: tuple[Event, ...]) -> tuple[str | None, tuple[Anchor, ...]]:
    if situation.incident.channel:
        at = told[0].at if told else None
        place = situation.incident.fields_read_from.get("channel")
        return situation.incident.channel.strip(), (Anchor("channel", at, "recorded", place),)
    for event in told:
        found = _NAME.search(event.text)
        if found:
            return found[0], (evidence_of(event),)
    return None, ()


def _days(situation: Situation, told: tuple[Event, ...]) -> list[date]:
    """The day it was opened; where no entry tells it, each day from the start to the acknowledgment."""
    zone = situation.zone
    if told:
        ends = (told[0].at.earliest, told[0].at.latest)
    else:
        known = [at for name in _STARTS if (at := situation.at(name)) is not None]
        if not known:
            return []
        ends = (min(at.earliest for at in known), max(at.latest for at in known))
    first, last = (at.astimezone(zone).date() for at in ends)
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]
