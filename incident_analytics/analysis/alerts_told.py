"""The exported alerts beside Prometheus's own series of them, and the few moments of the timeline that they tell."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.events import Event
from incident_analytics.analysis.plain_words import duration_words
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Place
from incident_analytics.sources.alerts.merging import LONGEST_FOR, both_places, same_alert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from incident_analytics.sources.alerts import Alert

FIRING, ACTIVE = "ALERTS", "ALERTS_FOR_STATE"
MOST_NAMES: Final = 5
# More of one name are told as one: a rule fires for every pod.
MOST_OF_A_NAME: Final = 3
Window = tuple[datetime, datetime]


def with_series(alerts: Sequence[Alert], samples: pl.DataFrame) -> tuple[Alert, ...]:
    """The alerts with what ``ALERTS`` and ``ALERTS_FOR_STATE`` add: since when each was active, and where that stands.

    An alert of which only Prometheus's list tells fired by the first sample that says so.

    Args:
        alerts: The exported ones.
        samples: Metric samples.
    """
    found = list(alerts)
    if not found or samples.is_empty():
        return tuple(found)
    told = samples.filter(pl.col("metric").is_in([FIRING, ACTIVE]) & (pl.col("value") > 0)).sort("timestamp")
    for row in told.unique(["metric", "labels", "value", "file"], keep="first", maintain_order=True).iter_rows(
        named=True
    ):
        labels = labels_of(row["labels"])
        is_firing = row["metric"] == FIRING
        if is_firing and labels.pop("alertstate", "firing") != "firing":
            continue
        at = row["timestamp"].astimezone(UTC) if is_firing else datetime.fromtimestamp(row["value"], UTC)
        found = [_with_firing(each, labels, at) if is_firing else each for each in found]
        index = same_alert(found, labels.items(), at)
        if index is not None:
            each = found[index]
            active = each.active_at if is_firing else _earlier(each.active_at, at)
            places = both_places(each.places, (Place(str(row["file"])),))
            found[index] = replace(each, active_at=active, places=places)
    return tuple(found)


def is_told(alerts: Iterable[Alert], labels: Mapping[str, str], at: datetime) -> bool:
    """Whether a series at an instant is one of the alerts."""
    return same_alert(alerts, [(name, value) for name, value in labels.items() if name != "alertstate"], at) is not None


def labels_of(text: str) -> dict[str, str]:
    """The labels of a sample."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in told.items()} if isinstance(told, dict) else {}


def alert_events(alerts: Iterable[Alert], window: Window | None, started_at: datetime | None = None) -> Iterator[Event]:
    """When alerts fired and when they were over, of at most five names; more than three of a name are told as one.

    Args:
        alerts: The exported alerts, in order of time.
        window: What lies outside is not told; None tells all.
        started_at: Names that were active nearest to it are told; without it those that came first.
    """
    names: dict[str, list[Alert]] = {}
    for alert in alerts:
        if alert.has_fired and _overlaps(alert, window):
            names.setdefault(alert.name, []).append(alert)
    nearest = sorted(names, key=lambda name: min(_apart(each, started_at) for each in names[name]))
    for name in nearest[:MOST_NAMES]:
        group = names[name]
        events = _as_one(group) if len(group) > MOST_OF_A_NAME else (one for each in group for one in _one_by_one(each))
        yield from (event for event in events if window is None or window[0] <= event.moment <= window[1])


def _earlier(known: datetime | None, told: datetime) -> datetime:
    """The series cuts its time to whole seconds, so within one the other is exact."""
    return told if known is None or known - told >= timedelta(seconds=1) else known


def _with_firing(alert: Alert, labels: Mapping[str, str], at: datetime) -> Alert:
    is_it = alert.fired_at is None and alert.active_at is not None and {*labels.items()} <= {*alert.labels}
    if not is_it or not alert.has_fired or not alert.moments[0] <= at <= alert.moments[0] + LONGEST_FOR:
        return alert
    return replace(alert, fired_at=at)


def _overlaps(alert: Alert, window: Window | None) -> bool:
    return window is None or (
        alert.moments[0] <= window[1] and (alert.resolved_at is None or alert.resolved_at >= window[0])
    )


def _apart(alert: Alert, started_at: datetime | None) -> float:
    return abs((alert.moments[0] - started_at).total_seconds()) if started_at else 0.0


def _one_by_one(alert: Alert) -> Iterator[Event]:
    says = f": {alert.summary}" if alert.summary else ""
    if alert.fired_at is not None:
        wait = (alert.fired_at - alert.active_at).total_seconds() if alert.active_at else 0.0
        after = f" {duration_words(wait)} after it became active" if wait >= 1 else ""
        silenced = ", silenced" if alert.state == "suppressed" else ""
        text = f"Alert {alert.name} fired{after}{silenced}{says}"
        yield _event(alert, text, alert.fired_at, alert.fired_in, () if silenced else ("detected",))
    else:
        yield _event(alert, f"Alert {alert.name} became active{says}", alert.moments[0], None)
    if alert.resolved_at is not None:
        yield _event(alert, f"Alert {alert.name} resolved", alert.resolved_at, alert.resolved_in)


def _as_one(group: Sequence[Alert]) -> Iterator[Event]:
    """The first that fired of many, and the last that was over once all are."""
    first, last = group[0], max(group, key=lambda each: each.moments[-1])
    at = first.fired_at or first.moments[0]
    says = f": {first.summary}" if first.summary else ""
    text = f"Alert {first.name} fired, the first of {len(group)}{says}"
    is_loud = any(each.state != "suppressed" for each in group)
    yield _event(first, text, at, first.fired_in, ("detected",) if is_loud else ())
    if all(each.resolved_at for each in group) and last.resolved_at is not None:
        text = f"Alert {last.name} resolved, the last of {len(group)}"
        yield _event(last, text, last.resolved_at, last.resolved_in)


def _event(alert: Alert, text: str, at: datetime, place: Place | None, kinds: tuple[str, ...] = ()) -> Event:
    services = (alert.service,) if alert.service else ()
    where = place or alert.places[0]
    return Event(
        Instant.exact(at),
        text,
        kinds,
        "alerts",
        place=where,
        ref=alert.fingerprint,
        services=services,
        is_measured=True,
    )
