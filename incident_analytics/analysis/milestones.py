"""The milestones of one incident: from the record's own fields, else from the words of its timeline."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from incident_analytics.analysis.events import Event, events_of_kind
from incident_analytics.model.measurement import Anchor, Finding
from incident_analytics.model.runbook import MilestoneName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.instants import Instant
    from incident_analytics.model.runbook import MilestoneRule, Runbook

ANCHORS: tuple[MilestoneName, ...] = get_args(MilestoneName)
_IN_ORDER = ("started_at", "detected_at", "acknowledged_at", "diagnosed_at", "mitigated_at", "resolved_at", "closed_at")
RECORDED = "recorded"
_ORIGINS = {"role": "role", "mitigation": "mitigation", "update": "status update"}
_AGAIN = " after a reopening"
_ENTRY = "timeline entry"
_FULL_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d")
_NAMES_ZONE = re.compile(r"(Z|[A-Za-z]|[+-]\d\d:?\d\d)$")
_TOLD_AFTER = timedelta(minutes=5)


def milestones(incident: Incident, events: Sequence[Event], runbook: Runbook) -> dict[str, Anchor]:
    """Each milestone's anchor; one that nobody recorded has no instant.

    A field of the record wins. Without one, the timeline entry whose words the runbook's
    ``milestones`` name is taken, and the anchor's origin quotes it. An incident that was reopened after
    its recorded resolution and resolved again was resolved the last time.
    """
    return {name: _anchor(name, incident, events, runbook) for name in ANCHORS}


def _anchor(name: MilestoneName, incident: Incident, events: Sequence[Event], runbook: Runbook) -> Anchor:
    recorded = incident.at(name)
    if recorded is not None:
        again = _resolved_again(recorded, events) if name == "resolved_at" else None
        if again is not None:
            return Anchor(name, again.at, f'{_origin(again)} "{again.text}"{_AGAIN}', again.place)
        return Anchor(name, recorded, RECORDED, incident.fields_read_from.get(name))
    rule = runbook.milestones.get(name)
    told = [event for event in events if event.source != "milestone"]
    event = _told_by(rule, told, runbook) if rule else None
    if event is None:
        return Anchor(name)
    return Anchor(name, event.at, f'{_origin(event)} "{event.text}"', event.place)


def _origin(event: Event) -> str:
    return _ORIGINS.get(event.source, _ENTRY)


def _resolved_again(recorded: Instant, events: Sequence[Event]) -> Event | None:
    """The last resolution after a reopening that came after the recorded one; None where none is told."""
    reopened = _reopened_after(recorded, events)
    told = [event for event in events_of_kind(events, ["resolved"]) if event.source != "milestone"]
    later = [event for event in told if reopened and event.moment > reopened[0].moment]
    return later[-1] if later else None


def _reopened_after(resolved: Instant, events: Sequence[Event]) -> list[Event]:
    return [event for event in events_of_kind(events, ["reopened"]) if event.moment > resolved.latest]


def _told_by(rule: MilestoneRule, events: Sequence[Event], runbook: Runbook) -> Event | None:
    """The event of the first kind that any tells; kinds are in order of preference."""
    for kind in rule.kinds:
        told = events_of_kind(events, [kind])
        if told:
            last = _as_machines_tell(told, runbook) if kind == "recovered" else told[-1]
            return told[0] if rule.take == "first" else last
    return None


def _as_machines_tell(recoveries: Sequence[Event], runbook: Runbook) -> Event:
    """The last recovery; where monitoring told it up to five minutes before people did, monitoring's."""
    last = recoveries[-1]
    machines = [re.compile(words, re.IGNORECASE) for words in runbook.machine_actors]
    near = [
        event
        for event in recoveries
        if last.moment - event.moment <= _TOLD_AFTER
        and any(words.search(event.source) or words.search(event.actor or "") for words in machines)
    ]
    return near[-1] if near else last


def milestone_findings(anchors: Mapping[str, Anchor], events: Sequence[Event], runbook: Runbook) -> list[Finding]:
    """What is doubtful about the milestones: order, a start that equals detection, two tellings that differ."""
    return [
        *_start_equals_detection(anchors),
        *_out_of_order(anchors),
        *_told_differently(anchors, events, runbook),
        *_resolution_from_words(anchors),
        *_others_from_words(anchors, events),
        *_reopened(anchors, events),
    ]


def _start_equals_detection(anchors: Mapping[str, Anchor]) -> list[Finding]:
    start, detection = anchors["started_at"], anchors["detected_at"]
    if start.at is None or detection.at is None or start.at.earliest != detection.at.earliest or start.at.is_range:
        return []
    message = "start equals detection: the start of impact was probably not recorded"
    return [
        Finding("start-equals-detection", "warning", message, start.place, start.at.text, "a start before detection")
    ]


def _out_of_order(anchors: Mapping[str, Anchor]) -> list[Finding]:
    known = [anchors[name] for name in _IN_ORDER if anchors[name].at is not None]
    findings = []
    for earlier, later in pairwise(known):
        if earlier.at and later.at and later.at.latest < earlier.at.earliest:
            message = f"{later.anchor} ({_written(later.at)}) lies before {earlier.anchor} ({_written(earlier.at)})"
            findings.append(
                Finding("out-of-order", "error", message, later.place, later.at.text, f"after {earlier.anchor}")
            )
    return findings


def _written(at: Instant) -> str:
    """An instant as it was written, with the zone it was read in where it is a full time that names none."""
    names_one = _NAMES_ZONE.search(at.text) is not None
    return at.text if names_one or not _FULL_TIME.search(at.text) else f"{at.text} {at.zone}"


def _told_differently(anchors: Mapping[str, Anchor], events: Sequence[Event], runbook: Runbook) -> list[Finding]:
    findings = []
    for name, anchor in anchors.items():
        rule = runbook.milestones.get(name)  # type: ignore[call-overload]
        if rule is None or not rule.kinds or anchor.at is None or anchor.origin != RECORDED:
            continue
        for told in _differing(rule, anchor.at, events, runbook):
            message = f'{name} is {anchor.at.text}, but the timeline says "{told.text}" at {told.at.text}'
            findings.append(Finding("milestone-differs", "warning", message, told.place, told.at.text, anchor.at.text))
    return findings


def _differing(rule: MilestoneRule, at: Instant, events: Sequence[Event], runbook: Runbook) -> list[Event]:
    """The event that would be taken where the field is missing, where it tells another time."""
    told = _told_by(rule, [event for event in events if event.source != "milestone"], runbook)
    return [told] if told and (told.at.latest < at.earliest or at.latest < told.at.earliest) else []


def _resolution_from_words(anchors: Mapping[str, Anchor]) -> list[Finding]:
    resolved = anchors["resolved_at"]
    if not _is_from_words(resolved):
        return []
    message = f"the record has no resolved_at; the resolution was taken from the {resolved.origin}"
    seen = resolved.at.text if resolved.at else ""
    return [Finding("resolution-from-timeline", "warning", message, resolved.place, seen, "resolved_at")]


def _others_from_words(anchors: Mapping[str, Anchor], events: Sequence[Event]) -> list[Finding]:
    """Words can mislead, so a person can look at the line; a plain entry is no reason for doubt."""
    findings = []
    for name, anchor in anchors.items():
        if name != "resolved_at" and anchor.at is not None and _is_from_words(anchor):
            message = f"the record has no {name}; it was taken from the {anchor.origin}"
            message += _applied_before(anchor.at, events) if name == "mitigated_at" else ""
            findings.append(Finding("milestone-from-words", "info", message, anchor.place, anchor.at.text, name))
    return findings


def _applied_before(mitigated: Instant, events: Sequence[Event]) -> str:
    """That the record's mitigation, at another time, tells when it was applied and not when it worked."""
    applied = next((event for event in events if event.source == "mitigation"), None)
    if applied is None or applied.moment == mitigated.earliest:
        return ""
    return f"; mitigation.at, {applied.at.text}, is when the fix was applied, not when it worked"


def _is_from_words(anchor: Anchor) -> bool:
    return anchor.origin.startswith(_ENTRY) and not anchor.origin.endswith(_AGAIN)


def _reopened(anchors: Mapping[str, Anchor], events: Sequence[Event]) -> list[Finding]:
    resolved = anchors["resolved_at"]
    if resolved.at is None:
        return []
    if resolved.origin.endswith(_AGAIN):
        message = (
            f"the incident was reopened after its recorded resolution; it counts as resolved at {resolved.at.text}"
        )
        return [Finding("reopened", "warning", message, resolved.place, resolved.at.text, "the last resolution")]
    after = _reopened_after(resolved.at, events)
    if not after:
        return []
    message = f'"{after[0].text}" came after the recorded resolution, and no later one is told'
    return [Finding("reopened", "warning", message, after[0].place, after[0].at.text, "a resolution after it")]
