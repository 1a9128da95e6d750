"""The milestones of one incident: from the record's own fields, else from the words of its timeline."""

from __future__ import annotations

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
    event = _told_by(rule, [event for event in events if event.source != "milestone"]) if rule else None
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


def _told_by(rule: MilestoneRule, events: Sequence[Event]) -> Event | None:
    """The event of the first kind that any tells; kinds are in order of preference."""
    for kind in rule.kinds:
        told = events_of_kind(events, [kind])
        if told:
            return told[0] if rule.take == "first" else told[-1]
    return None


def milestone_findings(anchors: Mapping[str, Anchor], events: Sequence[Event], runbook: Runbook) -> list[Finding]:
    """What is doubtful about the milestones: order, a start that equals detection, two tellings that differ."""
    return [
        *_start_equals_detection(anchors),
        *_out_of_order(anchors),
        *_told_differently(anchors, events, runbook),
        *_resolution_from_words(anchors),
        *_others_from_words(anchors),
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
            message = f"{later.anchor} ({later.at.text}) lies before {earlier.anchor} ({earlier.at.text})"
            findings.append(
                Finding("out-of-order", "error", message, later.place, later.at.text, f"after {earlier.anchor}")
            )
    return findings


def _told_differently(anchors: Mapping[str, Anchor], events: Sequence[Event], runbook: Runbook) -> list[Finding]:
    findings = []
    for name, anchor in anchors.items():
        rule = runbook.milestones.get(name)  # type: ignore[call-overload]
        if rule is None or not rule.kinds or anchor.at is None or anchor.origin != RECORDED:
            continue
        for told in _differing(rule, anchor.at, [event for event in events if event.source != "milestone"]):
            message = f'{name} is {anchor.at.text}, but the timeline says "{told.text}" at {told.at.text}'
            findings.append(Finding("milestone-differs", "warning", message, told.place, told.at.text, anchor.at.text))
    return findings


def _differing(rule: MilestoneRule, at: Instant, events: Sequence[Event]) -> list[Event]:
    """The event that would be taken where the field is missing, where it tells another time."""
    told = _told_by(rule, events)
    return [told] if told and (told.at.latest < at.earliest or at.latest < told.at.earliest) else []


def _resolution_from_words(anchors: Mapping[str, Anchor]) -> list[Finding]:
    resolved = anchors["resolved_at"]
    if not _is_from_words(resolved):
        return []
    message = f"the record has no resolved_at; the resolution was taken from the {resolved.origin}"
    seen = resolved.at.text if resolved.at else ""
    return [Finding("resolution-from-timeline", "warning", message, resolved.place, seen, "resolved_at")]


def _others_from_words(anchors: Mapping[str, Anchor]) -> list[Finding]:
    """Words can mislead, so a person can look at the line; a plain entry is no reason for doubt."""
    findings = []
    for name, anchor in anchors.items():
        if name != "resolved_at" and anchor.at is not None and _is_from_words(anchor):
            message = f"the record has no {name}; it was taken from the {anchor.origin}"
            findings.append(Finding("milestone-from-words", "info", message, anchor.place, anchor.at.text, name))
    return findings


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
