"""The exported alerts as a part of the JSON twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.measurement_json import Json, instant_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from incident_analytics.sources.alerts import Alert


def alerts_json(alerts: Iterable[Alert]) -> list[Json]:
    """Each alert once, in order of time, with everywhere that it stands."""
    return [
        {
            "name": alert.name,
            "severity": alert.severity,
            "service": alert.service,
            "state": alert.state,
            "active_at": _at(alert.active_at),
            "fired_at": _at(alert.fired_at),
            "resolved_at": _at(alert.resolved_at),
            "summary": alert.summary or None,
            "fingerprint": alert.fingerprint or None,
            "labels": dict(alert.labels),
            "places": [str(place) for place in alert.places],
        }
        for alert in alerts
    ]


def _at(at: datetime | None) -> Json:
    return instant_json(at) if at else None
