"""The few moments that the evidence tells by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.events import Event, with_measured
from incident_analytics.analysis.impact_seen import LOGS, SeenBy
from incident_analytics.analysis.measured_events import first_error_in, measured_events, measured_start
from incident_analytics.analysis.measured_impact import MeasuredImpact
from incident_analytics.analysis.snapshots.impact_window import ImpactWindow
from incident_analytics.model.instants import Instant

if TYPE_CHECKING:
    from incident_analytics.analysis.database import DatabaseState

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
STEP = timedelta(seconds=15)
WINDOW = ImpactWindow(NOON, None, "", None, None, None, None, 0.95, "ratio", 0, 0, 0, 0)
NO_DATABASE: tuple[DatabaseState, ...] = ()


def seen_by(source: str, start: float, end: float, step: timedelta = STEP) -> SeenBy:
    """A source that tells a window, in minutes after noon."""
    first, last = NOON + timedelta(minutes=start), NOON + timedelta(minutes=end)
    return SeenBy(source, "{}", "success", WINDOW, step, first - step, first, last - step, last)


def impact(*seen: SeenBy) -> MeasuredImpact:
    """The impact as the first of them tells it."""
    return MeasuredImpact((NOON, NOON), seen[0] if seen else None, "" if seen else "nothing moved", seen)


def errors(*minutes: float) -> pl.DataFrame:
    """First errors of services, so many minutes after noon."""
    rows = [(f"s{n}", NOON + timedelta(minutes=each), "refused", "s.log", 7) for n, each in enumerate(minutes)]
    schema = {
        "service": pl.String,
        "first_error_at": pl.Datetime("us", "UTC"),
        "message": pl.String,
        "file": pl.String,
        "line": pl.Int64,
    }
    return pl.DataFrame(rows, schema, orient="row")


def samples(*rows: tuple[float, str, str, float]) -> pl.DataFrame:
    """Samples: minutes after noon, metric, labels, value."""
    told = [(NOON + timedelta(minutes=at), metric, labels, value, "m.json") for at, metric, labels, value in rows]
    schema = {
        "timestamp": pl.Datetime("us", "UTC"),
        "metric": pl.String,
        "labels": pl.String,
        "value": pl.Float64,
        "file": pl.String,
    }
    return pl.DataFrame(told, schema, orient="row")


def told(*events: Event) -> list[tuple[str, str, str]]:
    """Time, words and source."""
    return [(f"{event.moment:%H:%M:%S}", event.text, event.source) for event in events]


def test_the_measured_impact_joins_the_timeline_as_ranges() -> None:
    """Between two samples nobody knows; the logs say when they fell back."""
    found = measured_events(
        (),
        impact=impact(seen_by("success", 1, 50), seen_by(LOGS, 1, 51, timedelta(minutes=1))),
        first_errors=errors(0.9, 3),
        samples=samples((1, "success", "{}", 0.2)),
        database=NO_DATABASE,
    )
    assert told(*found) == [
        ("12:00:45", "Impact began, measured by success", "metrics"),
        ("12:00:54", "First error, s0: refused", "logs"),
        ("12:49:45", "Impact ended, measured by success", "metrics"),
        ("12:50:00", "Errors in the logs back to their usual", "logs"),
    ]
    assert all(event.is_measured for event in found)
    assert (found[0].at.latest, str(found[0].place), str(found[1].place)) == (NOON + STEP * 4, "m.json", "s.log:7")


def test_an_error_outside_the_measured_start_is_not_its_first() -> None:
    """Errors of quiet minutes come and go."""
    assert first_error_in(impact(seen_by("success", 1, 50)), errors(0.2, 3)) is None


def test_without_a_measured_impact_no_error_is_called_the_first() -> None:
    """And nothing else is told of it."""
    assert measured_start(impact()) is None
    assert measured_events((), impact=impact(), first_errors=errors(1), samples=samples(), database=NO_DATABASE) == ()


def test_alerts_of_prometheus_are_told_once_each() -> None:
    """When they first fire; a pending one does not."""
    firing = '{"alertname": "SuccessLow", "alertstate": "firing"}'
    pending = '{"alertname": "LatencyHigh", "alertstate": "pending"}'
    found = measured_events(
        (),
        impact=impact(),
        first_errors=errors(),
        samples=samples((3, "ALERTS", firing, 1.0), (2, "ALERTS", firing, 1.0), (1, "ALERTS", pending, 1.0)),
        database=NO_DATABASE,
    )
    assert told(*found) == [("12:02:00", "Alert SuccessLow fires", "metrics")]


def test_recorded_events_come_first_at_a_tie() -> None:
    """What people wrote leads."""
    recorded = Event(Instant.exact(NOON), "Alert fired")
    measured = Event(Instant.exact(NOON), "Impact began", is_measured=True)
    assert with_measured([recorded], [measured]) == (recorded, measured)
