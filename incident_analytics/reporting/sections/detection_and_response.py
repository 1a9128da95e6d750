"""Detection and response: durations, phases, the path through the flow, who took which role, the other clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Folded, Mark, Table
from incident_analytics.reporting.sections.flow import flow

if TYPE_CHECKING:
    from incident_analytics.model.measurement import Anchor, Measurement
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

_CLOCK_COLUMNS = (Column("Convention"), Column("Metric"), Column("From"), Column("To"), Column("Value", "right"))


def detection_and_response(report: PostMortem) -> tuple[Block, ...]:
    """Every duration with both its ends, the phases, the roles, and the same incident under other clocks."""
    durations = [metric for metric in report.measurements.values() if metric.unit == "seconds"]
    table = Table(
        "How fast the response was",
        (Column("Duration"), Column("Value", "right"), Column("From"), Column("To"), Column("To know")),
        tuple(_duration(metric, report) for metric in durations),
    )
    clocks = Table(
        "The same incident under the conventions of other tools",
        _CLOCK_COLUMNS,
        tuple(
            (clock, words.title_of(metric.name), _name(metric.start), _name(metric.end), words.value(metric))
            for clock, metrics in report.clocks.items()
            for metric in metrics.values()
        ),
    )
    return (
        table,
        _phases(report),
        flow(report),
        _roles(report),
        Folded("The same incident under other clocks", (clocks,)),
    )


def _duration(metric: Measurement, report: PostMortem) -> tuple[Inline | None, ...]:
    known: Inline = words.value(metric)
    if metric.status == "invalid":
        known = Mark("invalid")
    elif metric.is_doubtful:
        known = (words.value(metric), " ", Mark("doubtful"))
    return (
        words.title_of(metric.name),
        known,
        _end(metric.start, report),
        _end(metric.end, report),
        _told(metric),
    )


def _end(anchor: Anchor | None, report: PostMortem) -> str | None:
    if anchor is None or anchor.at is None:
        return None
    when = words.clock_time(anchor.at.earliest, report.zone)
    if anchor.at.is_range:
        when = f"{when} to {words.clock_time(anchor.at.latest, report.zone)}"
    return when


def _told(metric: Measurement) -> str | None:
    """What to know: the doubt, the reason for no value, or the words that the second end was read from."""
    if metric.is_doubtful:
        return metric.findings[0].message
    if metric.is_known and metric.end is not None:
        return None if metric.end.origin == "recorded" else f"to the {metric.end.origin}"
    return metric.reason or None


def _name(anchor: Anchor | None) -> str:
    return anchor.anchor if anchor else ""


def _phases(report: PostMortem) -> Table:
    return Table(
        "Phases, from the start of impact to the resolution",
        (Column("Phase"), Column("From"), Column("To"), Column("Duration", "right")),
        tuple(
            (
                phase.name,
                words.clock_time(phase.start, report.zone),
                "still open" if phase.is_open else words.clock_time(phase.end, report.zone),
                words.duration(phase.duration_seconds),
            )
            for phase in report.phases
        ),
        empty=_no_phases(report),
    )


def _no_phases(report: PostMortem) -> str:
    if report.anchors["started_at"].at is None:
        return "Without a recorded start there are no phases."
    return "No milestone lies after the start, so there are no phases."


def _roles(report: PostMortem) -> Table:
    rows = []
    for rule in report.runbook.roles:
        taken = [role for role in report.incident.roles if role.role == rule.name]
        rows += [
            (
                role.role,
                role.person,
                words.clock_time(role.assigned_at.earliest, report.zone) if role.assigned_at else None,
                rule.does,
            )
            for role in taken
        ]
        if not taken:
            rows.append((rule.name, None, None, rule.does))
    named = {rule.name for rule in report.runbook.roles}
    rows += [(role.role, role.person, None, "") for role in report.incident.roles if role.role not in named]
    return Table(
        "Roles in the response",
        (Column("Role"), Column("Person"), Column("Assigned"), Column("What the role does")),
        tuple(rows),
    )
