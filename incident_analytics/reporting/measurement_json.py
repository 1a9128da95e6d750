"""Measurements as plain JSON: the one shape that the command line prints and the report's twin holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.reporting.words import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from incident_analytics.model.measurement import Anchor, Measurement, Place

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

_MEASURED_IN = {"users_affected": "distinct user ids on lines of level error or above in the logs"}


def incident_json(incident_id: str, measurements: Mapping[str, Measurement]) -> dict[str, Json]:
    """One incident as `incident metrics --format json` prints it."""
    return {"incident_id": incident_id, "metrics": metrics_json(measurements.values())}


def metrics_json(measurements: Iterable[Measurement]) -> dict[str, Json]:
    """Each measurement by its name."""
    return {measurement.name: measurement_json(measurement) for measurement in measurements}


def receipts_json(measurements: Iterable[Measurement]) -> dict[str, Json]:
    """Each measurement by its name, with what the twin of a report says of it beside.

    ``measured_window`` and ``measured_in`` tell what ``measured`` was counted in, ``recorded_at_place`` where
    the record says a number that is no duration.
    """
    return {
        measurement.name: measurement_json(measurement)
        | {
            "measured_window": _window(measurement),
            "measured_in": None if measurement.measured is None else _MEASURED_IN.get(measurement.name),
            "recorded_at_place": None if measurement.unit == "seconds" else _recorded_at(measurement.start),
        }
        for measurement in measurements
    }


def measurement_json(measurement: Measurement) -> dict[str, Json]:
    """One measurement: value or range, unit, status, clock, both ends, reason, and what the evidence says.

    Durations are in seconds. Revenue has a plain number in ``value`` and the exact amount with its
    currency in ``money``. A doubtful value has its doubts in ``reason``, so that no program takes it
    for a plain one. ``from`` and ``to`` are the ends of a duration; None where nobody recorded one.

    >>> from incident_analytics.model.measurement import Measurement
    >>> measurement_json(Measurement("time_to_resolution", "seconds", "derived", 5400.0))["value"]
    5400
    """
    is_duration = measurement.unit == "seconds"
    fields: dict[str, Json] = {
        "value": _whole(measurement.value),
        "low": _whole(measurement.low),
        "high": _whole(measurement.high),
        "unit": _unit(measurement),
        "status": measurement.status,
        "clock": measurement.clock,
        "from": _end(measurement.start) if is_duration else None,
        "to": _end(measurement.end) if is_duration else None,
        "reason": _reason(measurement),
        "measured": _whole(measurement.measured),
    }
    if measurement.name == "revenue_impact":
        money = measurement.money
        fields["money"] = {"amount": exact(money.amount), "currency": money.currency or None} if money else None
    return fields


def anchor_json(anchor: Anchor | None) -> dict[str, Json] | None:
    """A milestone with its range and origin; None where nobody recorded it."""
    if anchor is None or anchor.at is None:
        return None
    return {
        "anchor": anchor.anchor,
        "at": instant_json(anchor.at.earliest),
        "latest": instant_json(anchor.at.latest) if anchor.at.is_range else None,
        "origin": anchor.origin,
        **place_json(anchor.place),
    }


def place_json(place: Place | None) -> dict[str, Json]:
    """A file and a line; both None where nobody knows."""
    return {"file": place.file if place else None, "line": place.line if place else None}


def instant_json(at: datetime) -> str:
    """An instant in UTC as ISO 8601 with a Z."""
    return at.isoformat().replace("+00:00", "Z")


def _end(anchor: Anchor | None) -> dict[str, Json] | None:
    if anchor is None or anchor.at is None:
        return None
    return {"anchor": anchor.anchor, "at": instant_json(anchor.at.earliest), **place_json(anchor.place)}


def _window(measurement: Measurement) -> dict[str, Json] | None:
    window = measurement.measured_window
    return {"from": instant_json(window[0]), "to": instant_json(window[1])} if window else None


def _recorded_at(anchor: Anchor | None) -> str | None:
    """Where a number stands that is no duration, such as ``incident.yaml:10``."""
    return str(anchor.place) if anchor and anchor.place else None


def _unit(measurement: Measurement) -> str | None:
    if measurement.money is not None:
        return measurement.money.currency or None
    return measurement.unit or None


def _reason(measurement: Measurement) -> str | None:
    doubts = [finding.message for finding in measurement.findings if finding.level != "info"]
    return "; ".join(dict.fromkeys(text for text in (measurement.reason, *doubts) if text)) or None


def _whole(number: float | None) -> Json:
    """A number without a needless fraction."""
    return int(number) if number is not None and number == int(number) else number
