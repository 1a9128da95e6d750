"""Receipts: how each number came to be, in terms and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Code, Receipt

if TYPE_CHECKING:
    from datetime import tzinfo

    from incident_analytics.model.measurement import Anchor, Measurement
    from incident_analytics.reporting.blocks import Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_STATUS = {
    "recorded": "recorded by people",
    "derived": "computed from recorded milestones",
    "measured": "counted in the evidence",
    "pending": "not known yet: the incident is open",
    "unknown": "not recorded",
    "not_applicable": "does not apply to this incident",
    "invalid": "invalid, left out of every total",
}
_DEFINITIONS = {
    "users_affected": "people who met an error; as recorded in impact.users_affected",
    "revenue_impact": "revenue not taken because of the incident; as recorded in impact.revenue_lost",
    "people_involved": "distinct people in roles, timeline actors and status updates; machines are left out",
}


def sentence(measurement: Measurement, zone: tzinfo) -> Inline:
    """How a number is known, on one line, for the fold of a tile."""
    if measurement.start is None or measurement.end is None:
        return _beside(measurement, zone)
    parts: list[str | Code] = []
    for anchor in (measurement.start, measurement.end):
        if parts:
            parts.append(" to ")
        parts += [*_anchor(anchor, zone)]
    return (*parts, ".")


def _beside(measurement: Measurement, zone: tzinfo) -> Inline:
    place = measurement.start.place if measurement.start else None
    text = _DEFINITIONS.get(measurement.name, "")
    if measurement.name == "people_involved" and measurement.is_known:
        return f"Named in roles, timeline and updates: {measurement.reason}."
    if place is None:
        return (measurement.reason or text) + "."
    counted = ""
    if measurement.measured is not None:
        counted = f"; {words.count(measurement.measured)} counted in the logs{_between(measurement, zone)}"
    return ("Recorded in ", Code(str(place)), f"{counted}.")


def _anchor(anchor: Anchor, zone: tzinfo) -> tuple[str | Code, ...]:
    name = anchor.anchor.removesuffix("_at")
    if anchor.at is None:
        return (f"{name} not recorded",)
    told = "" if anchor.origin == "recorded" else f" ({anchor.origin})"
    place = (" ", Code(str(anchor.place))) if anchor.place else ()
    return (f"{name} {_when(anchor, zone)}{told}", *place)


def _when(anchor: Anchor, zone: tzinfo) -> str:
    if anchor.at is None:
        return "not recorded"
    if anchor.at.is_range:
        return f"{words.clock_time(anchor.at.earliest, zone)} to {words.clock_time(anchor.at.latest, zone)}"
    return words.clock_time(anchor.at.earliest, zone)


def receipt(measurement: Measurement, report: PostMortem) -> Receipt:
    """The whole receipt of one number."""
    facts: list[tuple[str, Inline]] = [
        ("Definition", _definition(measurement)),
        ("Status", _STATUS[measurement.status]),
    ]
    for term, anchor in (("From", measurement.start), ("To", measurement.end)):
        if anchor is not None and measurement.unit == "seconds":
            facts.append((term, _anchor_fact(anchor, report.zone)))
        elif anchor is not None and anchor.place:
            facts.append(("Stands in", Code(str(anchor.place))))
    if measurement.value is not None and measurement.unit == "seconds":
        facts.append(("Exactly", f"{measurement.value:g} seconds"))
    if measurement.measured is not None:
        counted = f"{words.count(measurement.measured)} {measurement.unit} in the logs"
        facts.append(("Measured", counted + _between(measurement, report.zone)))
    if measurement.reason:
        facts.append(("To know", measurement.reason))
    facts += [("Doubt", finding.message) for finding in measurement.findings]
    return Receipt(measurement.name, words.title_of(measurement.name), words.value(measurement), tuple(facts))


def _definition(measurement: Measurement) -> str:
    if measurement.start is not None and measurement.end is not None:
        return f"{measurement.end.anchor} minus {measurement.start.anchor}, clock {measurement.clock}"
    return _DEFINITIONS.get(measurement.name, measurement.name)


def _between(measurement: Measurement, zone: tzinfo) -> str:
    window = measurement.measured_window
    return f", {words.span(*window, zone)}" if window else ""


def _anchor_fact(anchor: Anchor, zone: tzinfo) -> Inline:
    if anchor.at is None:
        return f"{anchor.anchor}: not recorded"
    when = f"{words.day(anchor.at.earliest, zone)}, {_when(anchor, zone)}"
    precision = f", written to the {anchor.at.precision}" if anchor.at.precision != "second" else ""
    text = f"{anchor.anchor}: {when} ({anchor.origin}{precision}) "
    return (text, Code(str(anchor.place))) if anchor.place else text
