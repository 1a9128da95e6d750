"""Impact: recorded beside measured, what was lost against what was expected, and the users affected over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.quiet_impact import shows_no_impact
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Paragraph, Strong, Table
from incident_analytics.reporting.figures import users_figure
from incident_analytics.reporting.figures.demand import demand_figure
from incident_analytics.reporting.sections.impact_rows import (
    amount_words,
    impact_rows,
    interval_words,
    is_lost,
    moment,
    source_words,
    told_losses,
)
from incident_analytics.reporting.sections.impact_sources import impact_sources

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from incident_analytics.analysis.measured_losses import Loss
    from incident_analytics.reporting.blocks import Block, FigureBlock, Span
    from incident_analytics.reporting.post_mortem import PostMortem


def impact(report: PostMortem) -> tuple[Block, ...]:
    """What the evidence says of the harm, what the record says, and the difference."""
    columns = (
        Column("What"),
        Column("Recorded", "right"),
        Column("Measured", "right"),
        Column("Within", "right"),
        Column("Difference"),
        Column("Measured by"),
    )
    table = Table("Recorded beside measured. The record is never overwritten.", columns, impact_rows(report))
    blocks: tuple[Block | None, ...] = (
        _told(report), table, _demand(report), _users(report), _outside(report), impact_sources(report)
    )  # fmt: skip
    return tuple(block for block in blocks if block is not None)


def _told(report: PostMortem) -> Paragraph:
    """The measured impact in words, with what each number leaves open; or why nothing can be told."""
    found = report.measured_impact
    best = found.told_by
    if best is None or found.start_at is None:
        looked = f" N{_looked_near(report)[3:]}." if found.near else ""
        return Paragraph(
            f"{found.reason[:1].upper()}{found.reason[1:]}. What was lost cannot be told without one.{looked}"
        )
    within = words.duration(best.step.total_seconds())
    parts: list[str | Span] = [f"Measured from {source_words(best.source)}: "]
    came = f"impact in {len(found.bursts)} bursts" if found.bursts else "impact"
    if found.end_at and found.seconds is not None:
        lasted = f"{words.duration(found.seconds)}{' of it with impact' if found.bursts else ''}"
        parts += [
            Strong(f"{came} from {moment(found.start_at, report)} to {moment(found.end_at, report)}"),
            f", {lasted}, either end to within {within}{_recorded_window(report)}.",
        ]
    else:
        parts += [
            Strong(f"{came} from {moment(found.start_at, report)} on"),
            f", to within {within}; {best.window.reason}{_recorded_window(report)}.",
        ]
    parts += [f" {_lost(report, loss)}" for loss in told_losses(report) if loss.currency]
    return Paragraph((*parts, _users_told(report)))


def _recorded_window(report: PostMortem) -> str:
    start, end = report.anchors["started_at"].at, report.anchors["resolved_at"].at
    if start is None:
        return _looked_near(report)
    told = moment(start.earliest, report)
    return f"; recorded from {told} to {moment(end.earliest, report)}" if end else f"; recorded from {told} on"


def _looked_near(report: PostMortem) -> str:
    """Near what an impact was looked for whose start nobody recorded."""
    near = report.measured_impact.near
    if near is None:
        return ""
    at = f" at {moment(near.at, report)}" if near.at else ""
    return f"; no start is recorded, so it was looked for near {near.what}{at}"


def _lost(report: PostMortem, loss: Loss) -> str:
    found = loss.amount
    if found is None or found.lost.amount is None:
        return ""
    amount = f"{amount_words(found.lost.amount, loss)} lost ({interval_words(found.lost, loss)}, 90 % interval)"
    if not is_lost(found.lost):
        amount = f"Whether any {loss.what} was lost cannot be told ({interval_words(found.lost, loss)}, 90 % interval)"
    back = found.came_back
    if is_lost(found.lost) and back and back.amount is not None and back.low is not None and back.high is not None:
        until = moment(back.until_at, report)
        if back.low > 0:
            returned = f"{amount_words(back.amount, loss)} ({interval_words(back, loss)})"
            amount += f", after {returned} came back until {until}"
        elif back.high > 0:
            amount += f"; whether any came back until {until} cannot be told ({interval_words(back, loss)})"
    revenue = report.measurements["revenue_impact"]
    recorded = f"; {words.value(revenue)} recorded" if revenue.is_known else ""
    still = ", not taken until the samples end" if loss.is_to_the_end else ""
    return f"{amount}{still}{recorded}."


def _users_told(report: PostMortem) -> str:
    users = report.measured_impact.users
    if users is None or users.users is None or users.low is None or users.high is None:
        return ""
    recorded = report.measurements["users_affected"]
    beside = f"; {words.value(recorded)} recorded" if recorded.status == "recorded" else ""
    interval = f"{words.count(users.low)} to {words.count(users.high)}"
    usual = f", as many as usual: {words.count(users.before or 0)} did in as long a time before"
    return f" {words.people(users.users, does='met an error')} ({interval}){usual if users.is_usual else ''}{beside}."


def _demand(report: PostMortem) -> FigureBlock | None:
    """The first loss that has an interval, money before counts, as a figure."""
    found = report.measured_impact
    losses = told_losses(report)
    if not losses or found.start_at is None:
        return None
    loss = losses[0]
    amount = loss.amount
    if amount is None or amount.not_taken.amount is None:
        return None
    taken = f"{amount_words(amount.not_taken.amount, loss)} ({interval_words(amount.not_taken, loss)})"
    return demand_figure(
        amount.course,
        title=f"{loss.what[:1].upper()}{loss.what[1:]}{_per(loss)}",
        unit=loss.currency,
        impact=(found.start_at, amount.not_taken.until_at),
        not_taken=taken,
        window=report.window,
        zone=report.zone_name,
    )


def _per(loss: Loss) -> str:
    named = {1: " per second", 60: " per minute", 3600: " per hour", 86_400: " per day"}
    return named.get(round(loss.per_seconds or 0), "")


def _users(report: PostMortem) -> FigureBlock | None:
    users = report.measurements["users_affected"]
    recorded = int(users.value) if users.status == "recorded" and users.value is not None else None
    return users_figure(
        report.evidence.users_over_time,
        recorded=recorded,
        window=report.window,
        zone=report.zone_name,
        onset=report.measured_impact.start_at,
        over=report.measured_impact.end_at,
    )


def _outside(report: PostMortem) -> Paragraph | None:
    """Without a measured window, the users that the recorded one leaves out of the count."""
    outside, shown = report.evidence.users_outside, report.evidence.shown
    found = report.measured_impact
    if not outside or shown is None or found.told_by or shows_no_impact(found):
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
