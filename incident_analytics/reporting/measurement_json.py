"""Measurements as plain JSON: the one shape that the command line prints and the report's twin holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.reporting.words import exact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from incident_analytics.model.measurement import Anchor, Measurement

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

METRICS = (
    "time_to_detection",
    "time_to_acknowledgment",
    "time_to_engage",
    "time_to_mitigation",
    "time_to_resolution",
    "users_affected",
    "revenue_impact",
    "people_involved",
)


def metrics_json(measurements: Iterable[Measurement]) -> dict[str, Json]:
    """Each measurement by its name."""
    return {measurement.name: measurement_json(measurement) for measurement in measurements}


def measurement_json(measurement: Measurement) -> dict[str, Json]:
    """One measurement: value or range, unit, status, clock, both ends, reason, and what the evidence says.

    Durations are in seconds. Revenue has a plain number in ``value`` and the exact amount with its
    currency in ``money``.
    """
    timed = measurement.unit == "seconds"
    fields: dict[str, Json] = {
        "value": _whole(measurement.value),
        "low": _whole(measurement.low),
        "high": _whole(measurement.high),
        "unit": measurement.unit,
        "status": measurement.status,
        "clock": measurement.clock,
        "from": anchor_json(measurement.start) if timed else None,
        "to": anchor_json(measurement.end) if timed else None,
        "reason": measurement.reason or None,
        "measured": _whole(measurement.measured),
    }
    if measurement.name == "revenue_impact":
        money = measurement.money
        fields["money"] = {"amount": exact(money.amount), "currency": money.currency or None} if money else None
    return fields


def anchor_json(anchor: Anchor | None) -> dict[str, Json] | None:
    """One end of a duration; None where nobody recorded it."""
    if anchor is None or anchor.at is None:
        return None
    place = anchor.place
    return {
        "anchor": anchor.anchor,
        "at": instant_json(anchor.at.earliest),
        "latest": instant_json(anchor.at.latest) if anchor.at.is_range else None,
        "origin": anchor.origin,
        "file": place.file if place else None,
        "line": place.line if place else None,
    }


def instant_json(at: datetime) -> str:
    """An instant in UTC as ISO 8601 with a Z."""
    return at.isoformat().replace("+00:00", "Z")


def _whole(number: float | None) -> Json:
    """A number without a needless fraction."""
    return int(number) if number is not None and number == int(number) else number
