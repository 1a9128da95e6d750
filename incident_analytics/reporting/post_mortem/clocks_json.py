"""The compared clocks as a part of the JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.measurement_json import Json, instant_json

if TYPE_CHECKING:
    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.source_clocks import (
        Offset,
        RequestClocks,
        SameBurst,
        ServerDates,
        SetBack,
        ToldTwice,
    )
    from incident_analytics.reporting.post_mortem.report import PostMortem


def clocks_compared_json(report: PostMortem) -> dict[str, Json]:
    """The clocks of sources against each other; what cannot be told has its reason."""
    found = report.clocks_compared
    return {
        "sources": [_offset(each) for each in found.offsets],
        "conflicts": [_conflict(each) for each in found.conflicts],
        "services": [_service(each) for each in found.requests],
        "dates": [_dated(each) for each in found.dates],
        "set_back": [_set_back(each) for each in found.set_back],
        "same_bursts": [_burst(each) for each in found.bursts],
    }


def _conflict(pair: ToldTwice) -> dict[str, Json]:
    return {
        "told_by": pair.by,
        "first": _told(pair.first),
        "second": _told(pair.second),
        "seconds_later": pair.seconds,
        "slack_seconds": pair.slack,
    }


def _service(each: RequestClocks) -> dict[str, Json]:
    return {
        "service": each.service,
        "against": each.against,
        "told_by": each.by,
        "requests": each.n,
        "seconds_later": each.seconds,
        "low": each.low,
        "high": each.high,
        "spread_seconds": each.spread,
        "differs": each.is_told,
        "zone_seconds": each.zone_seconds,
        "odd": each.odd or None,
        "files": list(each.files),
    }


def _dated(each: ServerDates) -> dict[str, Json]:
    return {
        "service": each.service or None,
        "answers": each.n,
        "seconds_ahead": each.seconds,
        "low": each.low,
        "high": each.high,
        "differs": each.is_told,
    }


def _set_back(each: SetBack) -> dict[str, Json]:
    return {
        "file": each.file,
        "times": each.times,
        "is_unordered": each.is_unordered,
        "seconds": each.seconds,
        "place": str(each.place),
    }


def _burst(each: SameBurst) -> dict[str, Json]:
    return {
        "service": each.service,
        "against": each.against,
        "minutes_later": each.minutes_later,
        "minutes": each.minutes,
        "at": instant_json(each.at),
        "against_at": instant_json(each.against_at),
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
        "place": str(event.place) if event.place else None,
    }
