"""Known patterns and temporary fixes, as parts of the JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.measurement_json import Json, instant_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.analysis.patterns import Evidence, KnownPatterns, Resemblance
    from incident_analytics.analysis.trends.fix_ledger import LedgerEntry


def patterns_json(patterns: KnownPatterns) -> dict[str, Json]:
    """The answer, and every known pattern with its evidence, those first that the evidence resembles most."""
    return {
        "answer": patterns.answer,
        "reason": patterns.reason or None,
        "compared_from": instant_json(patterns.begins) if patterns.begins else None,
        "compared_to": instant_json(patterns.ends) if patterns.ends else None,
        "ranked": [_resemblance(each) for each in patterns.ranked],
    }


def temporary_fixes_json(entries: Iterable[LedgerEntry]) -> list[Json]:
    """What was done for now, and whether it ended since."""
    return [
        {
            "text": entry.fix.text,
            "put_in_at": instant_json(entry.fix.put_in_at) if entry.fix.put_in_at else None,
            "ended": entry.ended or None,
            "ended_at": instant_json(entry.ended_at) if entry.ended_at else None,
            "lasting_fix": entry.fix.lasting_fix or None,
            "owner": entry.fix.owner,
            "due": entry.fix.due.isoformat() if entry.fix.due else None,
            "overdue": entry.fix.is_overdue,
            "place": str(entry.place) if entry.place else None,
        }
        for entry in entries
    ]


def _resemblance(each: Resemblance) -> dict[str, Json]:
    return {
        "id": each.pattern.id,
        "name": each.pattern.name,
        "resembles": each.resembles,
        "quick_fix": list(each.pattern.quick_fix),
        "long_term_fix": each.pattern.long_term_fix or None,
        "evidence": [_evidence(one) for one in each.evidence],
    }


def _evidence(one: Evidence) -> dict[str, Json]:
    return {
        "stance": one.stance,
        "source": one.source,
        "expected": one.expected,
        "kind": one.kind,
        "subject": one.subject or None,
        "labels": one.labels,
        "number": one.number,
        "before": one.before,
        "limit": one.limit,
        "unit": one.unit or None,
        "minutes": one.minutes,
        "minutes_before": one.minutes_before,
        "at": instant_json(one.at) if one.at else None,
        "places": [str(place) for place in one.places],
        "example": one.example or None,
        "series": one.series,
        "reason": one.reason or None,
    }
