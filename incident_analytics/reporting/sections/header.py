"""The top of the page: what the document is about, the lead, and the six tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.measurements import SIX
from incident_analytics.analysis.quiet_impact import shows_no_impact
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Header, Lead, Mark, SeverityMark, Tile, Tiles
from incident_analytics.reporting.sections.impact_rows import lost_money
from incident_analytics.reporting.sections.lead import lead
from incident_analytics.reporting.sections.receipt import sentence

if TYPE_CHECKING:
    from incident_analytics.model.measurement import Measurement
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.post_mortem import PostMortem


def header(report: PostMortem) -> tuple[Block, ...]:
    """Title and facts, the lead, and a tile for each of the six metrics."""
    incident = report.incident
    severity = incident.severity and SeverityMark(incident.severity, report.runbook.severities[incident.severity].name)
    meta = [_state_of(report), _when(report), ", ".join(incident.services)]
    head = Header(
        f"Post-mortem · {incident.id}",
        incident.title or "Untitled incident",
        severity or None,
        tuple(fact for fact in meta if fact),
    )
    return (head, Lead(lead(report)), Tiles(tuple(_tile(report.measurements[name], report) for name in SIX)))


def _state_of(report: PostMortem) -> str:
    resolution = report.measurements["time_to_resolution"]
    if resolution.status == "invalid":
        return "Resolved before it began, by the record"
    return "Closed, nobody recorded when it was resolved" if report.state == "closed" else report.state.capitalize()


def _when(report: PostMortem) -> str:
    start, end = report.anchors["started_at"].at, report.anchors["resolved_at"].at
    if start is None:
        return "start not recorded"
    return f"{words.span(start.earliest, end.earliest if end else None, report.zone)} {report.zone_name}"


def _tile(measurement: Measurement, report: PostMortem) -> Tile:
    mark, note = _state(measurement, report)
    return Tile(
        label=words.title_of(measurement.name),
        value=words.value_parts(measurement),
        mark=mark,
        note=note,
        receipt=sentence(measurement, report.zone),
        receipt_name=measurement.name,
        is_known=measurement.is_known,
    )


def _state(measurement: Measurement, report: PostMortem) -> tuple[Mark | None, str]:
    if measurement.status in {"invalid", "pending"}:
        return Mark(measurement.status), measurement.reason
    if not measurement.is_known:
        return None, measurement.reason
    if measurement.is_doubtful:
        return Mark("doubtful"), measurement.findings[0].message
    if measurement.name == "time_to_acknowledgment":
        return _target(report)
    return None, _beside(measurement, report)


def _beside(measurement: Measurement, report: PostMortem) -> str:
    """What stands below a value that nothing is wrong with."""
    mitigation = report.measurements["time_to_mitigation"]
    if measurement.name == "time_to_resolution" and mitigation.is_known:
        return f"mitigated after {words.value(mitigation)}"
    if measurement.name == "users_affected" and (met := _users_met(report)):
        return f"{measurement.status}; {met}"
    if measurement.name == "revenue_impact" and (cost := lost_money(report)):
        return f"{measurement.status}; measured {cost}"
    if measurement.status == "recorded" and measurement.measured is not None:
        return f"{words.count(measurement.measured)} counted in the logs"
    return "" if measurement.status == "derived" else measurement.status


def _users_met(report: PostMortem) -> str:
    """What the measured impact says of the users; empty where it says nothing."""
    users = report.measured_impact.users
    if users and users.users is not None:
        return "as many as usual met an error" if users.is_usual else f"{words.count(users.users)} met an error"
    return "no impact is measured" if shows_no_impact(report.measured_impact) else ""


def _target(report: PostMortem) -> tuple[Mark | None, str]:
    """The response target of the severity, as the conformance check found it."""
    check = next((check for check in report.checks if check.rule == "response-target"), None)
    severity = report.incident.severity
    if check is None or severity is None:
        return None, ""
    return Mark(check.state.replace("_", " ")), f"target {report.runbook.severities[severity].response.text}"
