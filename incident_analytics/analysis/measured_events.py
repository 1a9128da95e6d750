"""The few moments that the evidence tells by itself: they stand in the timeline beside what people wrote down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.alerts_told import ACTIVE, FIRING, alert_events, is_told, labels_of
from incident_analytics.analysis.events import Event
from incident_analytics.analysis.impact_seen import LOGS
from incident_analytics.model.instants import Instant
from incident_analytics.model.measurement import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from incident_analytics.analysis.database import DatabaseState
    from incident_analytics.analysis.impact_seen import SeenBy
    from incident_analytics.analysis.measured_impact import MeasuredImpact
    from incident_analytics.sources.alerts import Alert

MOST_ALERTS: Final = 5
# A capture that people wrote down stands in the timeline already.
_ONE_CAPTURE: Final = timedelta(minutes=2)


def measured_events(
    recorded: Sequence[Event],
    *,
    impact: MeasuredImpact,
    first_errors: pl.DataFrame,
    samples: pl.DataFrame,
    database: Iterable[DatabaseState],
    alerts: Sequence[Alert] = (),
    started_at: datetime | None = None,
) -> tuple[Event, ...]:
    """What the evidence tells of the incident's course, in order of time: at most about a dozen moments.

    The start and end of the impact as they were measured, the first error within that start, when errors in the logs
    fell back, alerts that fired and were resolved, captures of the database that nobody wrote down, and the beginning
    of the transaction behind which the most sessions wait.

    Args:
        recorded: The recorded events; a capture told there is not told again.
        impact: The measured impact.
        first_errors: The first error of each service, from the rise of errors on.
        samples: Metric samples of the shown stretch; alerts are read from Prometheus's own series of them.
        database: The states of the database.
        alerts: The exported alerts; a series that is one of them is not told again.
        started_at: The recorded start; of many alerts those nearest to it are told.
    """
    found = [*_of_impact(impact, samples), *_first_error(impact, first_errors), *_alerts(samples, alerts)]
    found += alert_events(alerts, impact.searched, started_at)
    states = tuple(database)
    found += [*_captures(states, recorded), *_blockers(states)]
    return tuple(sorted(found, key=lambda event: event.moment))


def measured_start(impact: MeasuredImpact) -> tuple[datetime, datetime] | None:
    """The earliest and the latest instant at which the impact can have begun, as it was measured."""
    told = impact.told_by
    if told is None or told.start_after is None:
        return None
    return told.start_after, told.start_after + told.step


def first_error_in(impact: MeasuredImpact, first_errors: pl.DataFrame) -> tuple[datetime, str, str, Place] | None:
    """The first error within the measured start: when, its service, its message and its line; None without one."""
    start = measured_start(impact)
    if start is None or first_errors.is_empty():
        return None
    within = first_errors.filter(pl.col("first_error_at").is_between(*start)).sort("first_error_at")
    if within.is_empty():
        return None
    row = within.row(0, named=True)
    at: datetime = row["first_error_at"].astimezone(UTC)
    return at, str(row["service"] or "a service"), str(row["message"] or ""), Place(str(row["file"]), row["line"])


def _event(text: str, first: datetime, last: datetime, source: str, place: Place | None) -> Event:
    one, other = Instant.exact(first.astimezone(UTC)), Instant.exact(last.astimezone(UTC))
    at = Instant(one.earliest, other.latest, f"{one.text}..{other.text}", one.precision, "UTC") if one != other else one
    return Event(at, text, (), source, place=place, is_measured=True)


def _of_impact(impact: MeasuredImpact, samples: pl.DataFrame) -> Iterator[Event]:
    told, start = impact.told_by, measured_start(impact)
    if told is None or start is None:
        return
    source, place = _source(told, samples)
    yield _event(f"Impact began, measured by {told.source}", *start, source, place)
    if told.end_after is not None and told.end_at is not None:
        yield _event(f"Impact ended, measured by {told.source}", told.end_after, told.end_at, source, place)
    logs = next((one for one in impact.told if one.source == LOGS), None)
    if logs is not None and logs.end_after is not None and logs.end_at is not None and told.source != LOGS:
        yield _event("Errors in the logs back to their usual", logs.end_after, logs.end_at, "logs", None)


def _source(told: SeenBy, samples: pl.DataFrame) -> tuple[str, Place | None]:
    if told.source == LOGS:
        return "logs", None
    files = samples.filter((pl.col("metric") == told.source) & (pl.col("labels") == told.labels))["file"]
    return "metrics", Place(str(files[0])) if len(files) else None


def _first_error(impact: MeasuredImpact, first_errors: pl.DataFrame) -> Iterator[Event]:
    found = first_error_in(impact, first_errors)
    if found is not None:
        at, service, message, place = found
        yield _event(f"First error, {service}: {message}", at, at, "logs", place)


def _alerts(samples: pl.DataFrame, alerts: Sequence[Alert]) -> Iterator[Event]:
    """The first sample of each alert that fired, of Prometheus's own series; not where an exported alert tells it."""
    if samples.is_empty():
        return
    firing = samples.filter(pl.col("metric").is_in([FIRING, ACTIVE]) & (pl.col("value") > 0))
    if firing.is_empty():
        return
    firsts = firing.sort("timestamp").group_by("metric", "labels", maintain_order=True).first()
    seen: set[str] = set()
    for row in firsts.sort("timestamp").iter_rows(named=True):
        labels = labels_of(row["labels"])
        name = labels.get("alertname", "")
        if not name or name in seen or labels.get("alertstate", "firing") != "firing" or len(seen) >= MOST_ALERTS:
            continue
        if is_told(alerts, labels, row["timestamp"].astimezone(UTC)):
            continue
        seen.add(name)
        does, kinds = ("fires", ("detected",)) if row["metric"] == FIRING else ("became active", ())
        told = _event(f"Alert {name} {does}", row["timestamp"], row["timestamp"], "metrics", Place(str(row["file"])))
        yield replace(told, kinds=kinds)


def _captures(states: Iterable[DatabaseState], recorded: Sequence[Event]) -> Iterator[Event]:
    told = [event.moment for event in recorded if "captured" in event.kinds]
    for state in states:
        at = state.captured_at
        if at is not None and all(abs(at - each) > _ONE_CAPTURE for each in told):
            yield _event("State of the database captured", at, at, "database", Place(state.folder))


def _blockers(states: Iterable[DatabaseState]) -> Iterator[Event]:
    """The root blocker with the most sessions behind it; of several captures the one that shows the most."""
    roots = [root for state in states for root in state.chain.roots if root.transaction_since is not None]
    root = max(roots, key=lambda each: each.waiting, default=None)
    if root is None or root.transaction_since is None or not root.waiting:
        return
    behind = "1 session later waited" if root.waiting == 1 else f"{root.waiting} sessions later waited"
    text = f"Session {root.pid} began the transaction behind which {behind}"
    place = Place(root.file, root.line) if root.file else None
    yield _event(text, root.transaction_since, root.transaction_since, "database", place)
