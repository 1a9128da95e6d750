"""Candidates among the changes, and the compared clocks, as parts of the JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.measurement_json import Json, instant_json

if TYPE_CHECKING:
    from incident_analytics.analysis.changes import Bound, Candidate
    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.source_clocks import Offset
    from incident_analytics.model.measurement import Place
    from incident_analytics.reporting.post_mortem.report import PostMortem


def changes_json(report: PostMortem) -> dict[str, Json]:
    """Every recorded change with its grade and the evidence for and against it."""
    found = report.changes
    return {
        "answer": found.answer,
        "start": _bound(found.bounds.start),
        "end": _bound(found.bounds.end),
        "affected_services": [{"service": each.name, "because": list(each.whys)} for each in found.affected],
        "changes": [_candidate(each) for each in found.candidates],
    }


def clocks_compared_json(report: PostMortem) -> dict[str, Json]:
    """The clocks of sources against each other; what cannot be told has its reason."""
    found = report.clocks_compared
    return {
        "sources": [_offset(each) for each in found.offsets],
        "conflicts": [
            {
                "told_by": pair.by,
                "first": _told(pair.first),
                "second": _told(pair.second),
                "seconds_later": pair.seconds,
                "slack_seconds": pair.slack,
            }
            for pair in found.conflicts
        ],
        "services": [
            {
                "service": each.service,
                "against": each.against,
                "requests": each.n,
                "seconds_later": each.seconds,
                "low": each.low,
                "high": each.high,
                "spread_seconds": each.spread,
                "differs": each.is_told,
            }
            for each in found.requests
        ],
        "dates": [
            {
                "service": each.service or None,
                "answers": each.n,
                "seconds_ahead": each.seconds,
                "low": each.low,
                "high": each.high,
                "differs": each.is_told,
            }
            for each in found.dates
        ],
        "set_back": [
            {
                "file": each.file,
                "times": each.times,
                "is_unordered": each.is_unordered,
                "seconds": each.seconds,
                "place": str(each.place),
            }
            for each in found.set_back
        ],
    }


def _candidate(each: Candidate) -> dict[str, Json]:
    change = each.change
    return {
        "at": instant_json(change.moment),
        "text": change.text,
        "sort": change.sort,
        "services": list(change.services),
        "ref": change.ref or None,
        "source": change.source,
        "place": _place(change.place),
        "seconds_before_start": each.seconds_before,
        "grade": each.grade,
        "points": None if each.grade == "came after" else each.points,
        "evidence": [
            {"rule": reason.rule, "points": reason.points, "text": reason.text, "place": _place(reason.place)}
            for reason in each.reasons
        ],
    }


def _bound(bound: Bound | None) -> dict[str, Json] | None:
    if bound is None:
        return None
    return {
        "earliest": instant_json(bound.earliest),
        "latest": instant_json(bound.latest),
        "is": bound.words,
        "measured": bound.is_measured,
        "place": _place(bound.place),
    }


def _offset(offset: Offset) -> dict[str, Json]:
    return {
        "source": offset.source,
        "against": offset.against,
        "events": offset.n,
        "seconds_later": offset.seconds,
        "low": offset.low,
        "high": offset.high,
        "differs": offset.is_told,
        "zone_seconds": offset.zone_seconds,
        "reason": offset.reason or None,
    }


def _told(event: Event) -> dict[str, Json]:
    return {
        "source": event.told_by,
        "at": instant_json(event.at.earliest),
        "text": event.text,
        "place": _place(event.place),
    }


def _place(place: Place | None) -> Json:
    return str(place) if place else None
