"""One alert of all that tell of it: notifications, their repetitions, and answers of two tools."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.model.measurement import Place
    from incident_analytics.sources.alerts.alert import Alert

# How long an expression is true before its alert fires, at most: the rule's `for`.
LONGEST_FOR: Final = timedelta(hours=1)
_ORDER: Final = ("pending", "suppressed", "firing", "resolved")
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_Key = tuple[tuple[tuple[str, str], ...], datetime | None]


def merged(mentions: Iterable[Alert]) -> tuple[Alert, ...]:
    """The alerts in order of time, each once.

    Alertmanager's are the same where labels and ``startsAt`` are. Prometheus tells ``activeAt`` and lacks the labels
    that are added on the way: it tells of the alert that has all of its labels and was firing then, or fired next
    within an hour.
    """
    sent: dict[_Key, Alert] = {}
    watched: dict[_Key, Alert] = {}
    for each in mentions:
        known = sent if each.fired_at else watched
        key = (each.labels, each.fired_at or each.active_at)
        known[key] = joined(known[key], each) if key in known else each
    found = list(sent.values())
    for each in sorted(watched.values(), key=_order):
        index = same_alert(found, each.labels, each.active_at)
        if index is None:
            found.append(each)
        else:
            found[index] = joined(found[index], each)
    return tuple(sorted(found, key=_order))


def same_alert(alerts: Iterable[Alert], labels: Iterable[tuple[str, str]], active_at: datetime | None) -> int | None:
    """Which of the alerts with these labels, and perhaps more, was active then; None for none."""
    wanted = {*labels}
    if active_at is None or not wanted:
        return None
    fits = [
        (each.fired_at, index)
        for index, each in enumerate(alerts)
        if each.fired_at is not None
        and wanted <= {*each.labels}
        and each.fired_at - LONGEST_FOR <= active_at <= (each.resolved_at or _LAST)
    ]
    before = [(fired, index) for fired, index in fits if fired <= active_at]
    return max(before)[1] if before else min(fits)[1] if fits else None


def joined(one: Alert, other: Alert) -> Alert:
    """Both as one: the earliest time it was active, the latest end, the words of the one that is not over yet."""
    first, second = (one, other) if one.state != "resolved" or other.state == "resolved" else (other, one)
    last = max((each for each in (one, other) if each.resolved_at), key=lambda each: each.moments[-1], default=one)
    return replace(
        one,
        state=max(one.state, other.state, key=_ORDER.index),
        active_at=min((at for at in (one.active_at, other.active_at) if at), default=None),
        resolved_at=last.resolved_at,
        summary=first.summary or second.summary,
        fingerprint=one.fingerprint or other.fingerprint,
        places=both_places(one.places, other.places),
        fired_in=first.fired_in or second.fired_in,
        resolved_in=last.resolved_in,
    )


def both_places(one: Iterable[Place], other: Iterable[Place]) -> tuple[Place, ...]:
    """The places of both, each once, in order."""
    return tuple(sorted({*one, *other}, key=lambda place: (place.file, place.line or 0)))


def _order(alert: Alert) -> tuple[datetime, tuple[tuple[str, str], ...]]:
    return alert.moments[0], alert.labels
