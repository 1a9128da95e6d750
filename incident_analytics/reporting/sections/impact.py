"""Impact: recorded beside measured, and the users affected over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Mark, Paragraph, Table
from incident_analytics.reporting.figures import users_figure
from incident_analytics.reporting.incident_metrics import no_users_because

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from incident_analytics.model.measurement import Measurement
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

Row = tuple["Inline | None", ...]


def impact(report: PostMortem) -> tuple[Block, ...]:
    """What the record says of the harm, what the evidence says, and the difference."""
    table = Table(
        _caption(report),
        (Column("What"), Column("Recorded", "right"), Column("In the logs", "right"), Column("Difference")),
        (*_durations(report), _users(report), _revenue(report)),
    )
    users = report.measurements["users_affected"]
    recorded = int(users.value) if users.status == "recorded" and users.value is not None else None
    figure = users_figure(
        report.evidence.users_over_time, recorded=recorded, window=report.window, zone=report.zone_name
    )
    blocks: tuple[Block | None, ...] = (table, _outside(report), figure)
    return tuple(block for block in blocks if block is not None)


def _caption(report: PostMortem) -> str:
    window = report.measurements["users_affected"].measured_window
    counted = f" The logs are counted {_stretch(window, report.zone)}, as recorded." if window else ""
    return f"Recorded beside measured. The record is never overwritten.{counted}"


def _outside(report: PostMortem) -> Paragraph | None:
    """The users that the recorded window leaves out of the count."""
    outside, shown = report.evidence.users_outside, report.evidence.shown
    if not outside or shown is None:
        return None
    more = words.counted(outside, "more user")
    return Paragraph(
        f"{more} had errors only before or after the recorded window, in the logs {_stretch(shown, report.zone)}."
    )


def _stretch(window: tuple[datetime, datetime], zone: tzinfo) -> str:
    start, end = window
    is_one_day = start.astimezone(zone).date() == end.astimezone(zone).date()
    told = words.clock_time if is_one_day else words.moment
    return f"from {told(start, zone)} to {told(end, zone)}"


def _computed(resolution: Measurement, declared: float) -> Inline:
    """The declared duration beside the one from start to resolution."""
    if resolution.value is None:
        return f"from start to resolution: {words.value(resolution)}"
    verdict = "agrees" if round(resolution.value) == round(declared * 60) else "differs"
    return (Mark(verdict), f", from start to resolution: {words.value(resolution)}")


def _durations(report: PostMortem) -> tuple[Row, ...]:
    rows: list[Row] = []
    declared = report.incident.impact.duration_minutes
    resolution = report.measurements["time_to_resolution"]
    if declared is not None:
        rows.append(("Duration, as declared", words.duration(declared * 60), None, _computed(resolution, declared)))
    if report.impact_time.seconds is not None and report.impact_time.reopened:
        stretches = words.counted(len(report.impact_time.stretches), "stretch", "stretches")
        rows.append((f"Time with impact, {stretches}", words.duration(report.impact_time.seconds), None, None))
    return tuple(rows)


def _users(report: PostMortem) -> Row:
    users = report.measurements["users_affected"]
    recorded = words.value(users) if users.status == "recorded" else None
    if users.measured is None:
        because = no_users_because(has_logs=bool(report.evidence.log_lines), window=report.window)
        return ("Users affected", recorded, None, because)
    measured = words.count(users.measured)
    if users.status != "recorded" or users.value is None:
        return ("Users affected", recorded, measured, None)
    gap = users.measured - users.value
    difference = f"{words.count(abs(gap))} {'more' if gap > 0 else 'fewer'}" if gap else "none"
    return ("Users affected", recorded, measured, difference)


def _revenue(report: PostMortem) -> Row:
    revenue = report.measurements["revenue_impact"]
    return ("Revenue lost", words.value(revenue) if revenue.is_known else None, None, None)
