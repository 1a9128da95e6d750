"""Candidates among the changes as a part of the JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.measurement_json import Json, instant_json

if TYPE_CHECKING:
    from incident_analytics.analysis.changes import Bound, Candidate
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


def _place(place: Place | None) -> Json:
    return str(place) if place else None
