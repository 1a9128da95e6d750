"""Impact: recorded beside measured, and the users affected over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Mark, Table
from incident_analytics.reporting.figures import users_figure

if TYPE_CHECKING:
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

Row = tuple["Inline | None", ...]


def impact(report: PostMortem) -> tuple[Block, ...]:
    """What the record says of the harm, what the evidence says, and the difference."""
    table = Table(
        "Recorded beside measured. The record is never overwritten.",
        (Column("What"), Column("Recorded", "right"), Column("Measured", "right"), Column("Difference", "right")),
        (*_durations(report), _users(report), _revenue(report)),
    )
    users = report.measurements["users_affected"]
    recorded = int(users.value) if users.status == "recorded" and users.value is not None else None
    figure = users_figure(
        report.evidence.users_over_time, recorded=recorded, window=report.window, zone=report.zone_name
    )
    return (table,) if figure is None else (table, figure)


def _durations(report: PostMortem) -> tuple[Row, ...]:
    rows: list[Row] = []
    declared = report.incident.impact.duration_minutes
    resolution = report.measurements["time_to_resolution"]
    if declared is not None:
        computed = words.value(resolution)
        differs = resolution.value is not None and round(resolution.value) != round(declared * 60)
        verdict = Mark("differs") if differs else Mark("agrees") if resolution.value is not None else None
        rows.append(("Duration, declared and computed", words.duration(declared * 60), computed, verdict))
    if report.impact_time.seconds is not None and report.impact_time.reopened:
        stretches = words.counted(len(report.impact_time.stretches), "stretch", "stretches")
        rows.append((f"Time with impact, {stretches}", words.duration(report.impact_time.seconds), None, None))
    return tuple(rows)


def _users(report: PostMortem) -> Row:
    users = report.measurements["users_affected"]
    recorded = words.value(users) if users.status == "recorded" else None
    if users.measured is None:
        return ("Users affected", recorded, None, "the logs carry no user ids")
    measured = words.count(users.measured)
    if users.status != "recorded" or users.value is None:
        return ("Users affected", recorded, measured, None)
    gap = users.measured - users.value
    difference = f"{words.count(abs(gap))} {'more' if gap > 0 else 'fewer'}" if gap else "none"
    return ("Users affected", recorded, measured, difference)


def _revenue(report: PostMortem) -> Row:
    revenue = report.measurements["revenue_impact"]
    return ("Revenue lost", words.value(revenue) if revenue.is_known else None, None, None)
