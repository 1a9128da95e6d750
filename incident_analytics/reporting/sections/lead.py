"""The lead: what happened in two or three plain sentences, made from the report's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.quiet_impact import searched_words, shows_no_impact
from incident_analytics.reporting import words
from incident_analytics.reporting.sections.impact_rows import lost_money, moment

if TYPE_CHECKING:
    from incident_analytics.reporting.post_mortem import PostMortem

_DETECTED_BY = {
    "monitoring_alert": "a monitoring alert",
    "customer": "a customer",
    "employee": "an employee",
    "third_party": "a third party",
}


def lead(report: PostMortem) -> str:
    """What the record says of duration, detection and harm, what it does not say, and what the evidence shows."""
    sentences = [_duration(report), _response(report), _harm(report), _shown(report)]
    return " ".join(sentence for sentence in sentences if sentence)


def _duration(report: PostMortem) -> str:
    resolution = report.measurements["time_to_resolution"]
    severity = f"{report.incident.severity} incident" if report.incident.severity else "incident"
    if resolution.is_known:
        reopened = report.impact_time.reopened
        times = "once" if reopened == 1 else f"{reopened} times"
        again = f" and came back {times} in between" if reopened else ""
        return f"By the record, this {severity} lasted {words.value(resolution)}{again}."
    if resolution.status == "pending" and report.window:
        open_for = words.duration((report.window[1] - report.window[0]).total_seconds())
        until = f"at {words.moment(report.as_of, report.zone)} {report.zone_name}"
        return f"This {severity} is open; {until} it had lasted {open_for}."
    return f"The record does not say how long this {severity} lasted: {resolution.reason}."


def _response(report: PostMortem) -> str:
    by = _DETECTED_BY.get(report.incident.detected_by or "")
    acknowledgment = report.measurements["time_to_acknowledgment"]
    mitigation = report.measurements["time_to_mitigation"]
    parts = [f"detected by {by}"] if by else []
    if acknowledgment.is_known:
        parts.append(f"acknowledged {words.value(acknowledgment)} {'later' if by else 'after detection'}")
    if mitigation.is_known:
        parts.append(f"mitigated {words.value(mitigation)} after it began{_doubt(report)}")
    told = f"It was {_listed(parts)}." if parts else ""
    return told if by else f"{told} Who detected it is not recorded.".strip()


def _doubt(report: PostMortem) -> str:
    """That a mitigation after the resolution cannot be right."""
    mitigation, resolution = report.measurements["time_to_mitigation"], report.measurements["time_to_resolution"]
    is_later = (mitigation.value or 0) > (resolution.value or 0) if resolution.value is not None else False
    return " (doubtful: after the resolution)" if is_later else ""


def _harm(report: PostMortem) -> str:
    users, revenue = report.measurements["users_affected"], report.measurements["revenue_impact"]
    counted, found = "", report.measured_impact
    is_open = not found.told_by and not shows_no_impact(found)
    if users.status == "recorded" and users.measured is not None and is_open:
        counted = f", {words.count(users.measured)} counted in the logs"
    affected = words.people(users.value or 0)
    if users.is_known and revenue.is_known:
        return f"{affected} affected{counted}, and {words.value(revenue)} of revenue was lost."
    if users.is_known:
        return f"{affected} affected{counted}; lost revenue is not recorded."
    if revenue.is_known:
        return f"{words.value(revenue)} of revenue was lost; how many users were affected is not recorded."
    return "How many users were affected and what it cost are not recorded."


def _shown(report: PostMortem) -> str:
    """The measured impact in short, or that there is none; empty without evidence that could show one."""
    found = report.measured_impact
    if shows_no_impact(found):
        return f"The {searched_words(found)} show no impact."
    if found.start_at is None:
        return f"{found.reason[:1].upper()}{found.reason[1:]}." if found.seen_by else ""
    came = f"impact in {len(found.bursts)} bursts" if found.bursts else "impact"
    start = f"{came} from {moment(found.start_at, report)}"
    zone = report.zone_name
    parts = [f"{start} to {moment(found.end_at, report)} {zone}" if found.end_at else f"{start} {zone} on"]
    if found.users and found.users.users is not None:
        usual = ", as many as usual," if found.users.is_usual else ""
        parts.append(f"{words.counted(found.users.users, 'user')} with an error{usual}")
    cost = lost_money(report)
    parts += [f"{cost} lost"] if cost else []
    return f"The evidence shows {_listed(parts).rstrip(',')}."


def _listed(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
