"""Where the alerts tell another detection or an earlier start than the record does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.plain_words import duration_words
from incident_analytics.model.measurement import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from incident_analytics.model.measurement import Anchor, Level
    from incident_analytics.sources.alerts import Alert

_MINUTE: Final = timedelta(minutes=1)
# An alert that fires longer before the recorded start than errors are looked for is another matter.
_BEFORE: Final = timedelta(minutes=15)


def alert_findings(
    alerts: Iterable[Alert], anchors: Mapping[str, Anchor], window: tuple[datetime, datetime] | None
) -> tuple[Finding, ...]:
    """The first alert against the recorded detection, and what was active before the recorded start.

    Looked at are alerts that fired from 15 minutes before the recorded start on, within the window, were not silenced
    and were not over before that start. Whether one belongs to the incident only people know, so nothing is
    overwritten.

    Args:
        alerts: The exported alerts.
        anchors: The milestones.
        window: The shown stretch; None looks at all alerts.
    """
    start = anchors["started_at"].at
    fired = [
        (alert.fired_at, alert)
        for alert in alerts
        if alert.fired_at is not None
        and alert.state != "suppressed"
        and (window is None or window[0] <= alert.fired_at <= window[1])
        and (start is None or _may_tell(alert, alert.fired_at, start.earliest))
    ]
    if not fired:
        return ()
    at, first = min(fired, key=lambda pair: pair[0])
    return (*_against_detection(first, at, anchors["detected_at"]), *_before_start(fired, anchors["started_at"]))


def _may_tell(alert: Alert, fired_at: datetime, start: datetime) -> bool:
    return fired_at >= start - _BEFORE and (alert.resolved_at is None or alert.resolved_at >= start)


def _against_detection(alert: Alert, fired_at: datetime, anchor: Anchor) -> Iterator[Finding]:
    """More than a minute beside it, whatever its precision leaves open."""
    told = f"the alert {alert.name} fired at {fired_at:%H:%M:%S} UTC"
    seen = f"{fired_at:%Y-%m-%dT%H:%M:%SZ}"
    if anchor.at is None:
        yield Finding("detection-alert-differs", "info", f"{told}, and no detection is recorded", alert.fired_in, seen)
        return
    width = _MINUTE if anchor.at.precision == "minute" and not anchor.at.is_range else timedelta(0)
    early, late = anchor.at.earliest - fired_at, fired_at - (anchor.at.latest + width)
    if max(early, late) <= _MINUTE:
        return
    apart = f"{duration_words(max(early, late).total_seconds())} {'before' if early > late else 'after'}"
    message = f"{told}, {apart} the recorded detection at {anchor.at.earliest:%H:%M:%S} UTC; the recorded time stays"
    level: Level = "warning" if early > late else "info"
    yield Finding("detection-alert-differs", level, message, alert.fired_in, seen, anchor.at.text)


def _before_start(fired: Iterable[tuple[datetime, Alert]], anchor: Anchor) -> Iterator[Finding]:
    """The alert that was active first, where that is more than a minute before the recorded start."""
    active = [(alert.active_at, alert) for _, alert in fired if alert.active_at is not None]
    if anchor.at is None or not active:
        return
    since, alert = min(active, key=lambda pair: pair[0])
    early = anchor.at.earliest - since
    if early > _MINUTE:
        message = (
            f"the expression of the alert {alert.name} was true from {since:%H:%M:%S} UTC on, "
            f"{duration_words(early.total_seconds())} before the recorded start"
        )
        seen = f"{since:%Y-%m-%dT%H:%M:%SZ}"
        yield Finding("alert-active-before-start", "info", message, alert.places[0], seen, anchor.at.text)
