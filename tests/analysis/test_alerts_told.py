"""Exported alerts beside Prometheus's series of them, and what the timeline says of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import polars as pl

from incident_analytics.analysis.alerts_told import alert_events, is_told, labels_of, with_series
from incident_analytics.model.measurement import Place
from incident_analytics.sources.alerts import Alert, State

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
WINDOW = (NOON - timedelta(hours=1), NOON + timedelta(hours=1))


def minute(at: float | None) -> datetime | None:
    """So many minutes after noon."""
    return None if at is None else NOON + timedelta(minutes=at)


def alert(
    name: str = "SuccessLow",
    *,
    active: float | None = None,
    fired: float | None = None,
    over: float | None = None,
    state: State = "firing",
    pod: str = "a",
) -> Alert:
    """An alert of a service; times in minutes after noon."""
    labels = (("alertname", name), ("cluster", "eu"), ("pod", pod), ("service", "api"))
    places = (Place("fired.json"), Place("over.json"))
    return Alert(labels, state, minute(active), minute(fired), minute(over), "Too few succeed", "f1", places, *places)


def series(*rows: tuple[float, str, dict[str, str], float]) -> pl.DataFrame:
    """Samples of Prometheus's own series: minutes after noon, metric, labels, value."""
    told = [(minute(at), metric, json.dumps(labels), value, f"{metric}.json") for at, metric, labels, value in rows]
    schema = {
        "timestamp": pl.Datetime("us", "UTC"),
        "metric": pl.String,
        "labels": pl.String,
        "value": pl.Float64,
        "file": pl.String,
    }
    return pl.DataFrame(told, schema, orient="row")


def told(*alerts: Alert, window: tuple[datetime, datetime] | None = WINDOW) -> list[tuple[str, str, str]]:
    """Time, words and place."""
    return [(f"{one.moment:%H:%M}", one.text, str(one.place)) for one in alert_events(alerts, window)]


OWN = {"alertname": "SuccessLow", "pod": "a"}


def test_an_alert_is_told_when_it_fired_and_when_it_was_over() -> None:
    """Each with the place that tells it; both are measured and name their service."""
    one = alert(active=1, fired=6, over=30, state="resolved")
    assert told(one) == [
        ("12:06", "Alert SuccessLow fired 5 min after it became active: Too few succeed", "fired.json"),
        ("12:30", "Alert SuccessLow resolved", "over.json"),
    ]
    events = list(alert_events([one], WINDOW))
    assert [(each.source, each.kinds, each.ref, each.services) for each in events] == [
        ("alerts", ("detected",), "f1", ("api",)),
        ("alerts", (), "f1", ("api",)),
    ]
    assert all(each.is_measured for each in events)


def test_what_nobody_was_told_of_is_no_detection() -> None:
    """Silenced ones say so, pending ones are left out, of Prometheus's list only the activity is known."""
    silenced = alert(fired=6, state="suppressed")
    assert told(silenced) == [("12:06", "Alert SuccessLow fired, silenced: Too few succeed", "fired.json")]
    assert next(alert_events([silenced], None)).kinds == ()
    assert told(alert(active=1, state="pending")) == []
    assert told(alert(active=1))[0][:2] == ("12:01", "Alert SuccessLow became active: Too few succeed")


def test_what_lies_outside_the_window_is_not_told() -> None:
    """An alert that fired the day before is told when it is over; without a window all is told."""
    old = alert(fired=-1440, over=30, state="resolved")
    assert [text for _, text, _ in told(old)] == ["Alert SuccessLow resolved"]
    assert [text for _, text, _ in told(alert(fired=-1440, over=-1400))] == []
    assert len(told(old, window=None)) == 2


def test_many_of_one_name_are_told_as_one() -> None:
    """From four on: the first that fired, and the last that was over once all are."""
    pods = [alert(fired=at, over=30 + at, state="resolved", pod=str(at)) for at in range(4)]
    assert told(*pods) == [
        ("12:00", "Alert SuccessLow fired, the first of 4: Too few succeed", "fired.json"),
        ("12:33", "Alert SuccessLow resolved, the last of 4", "over.json"),
    ]
    assert len(told(*pods[:3])) == 6
    assert [text for _, text, _ in told(*pods, alert(fired=9, pod="x"))] == [
        "Alert SuccessLow fired, the first of 5: Too few succeed"
    ]


def test_five_names_are_told() -> None:
    """Those that fired first, or nearest to the recorded start; the JSON twin has all."""
    noisy = [alert(f"Rule{at}", fired=at) for at in range(7)]
    assert [one.moment.minute for one in alert_events(noisy, WINDOW, minute(5))] == [5, 4, 6, 3, 2]
    assert [at for at, _, _ in told(*(alert(f"Rule{at}", fired=at) for at in range(7)))] == [
        "12:00",
        "12:01",
        "12:02",
        "12:03",
        "12:04",
    ]


def test_series_tell_since_when_an_alert_was_active() -> None:
    """The value of ALERTS_FOR_STATE, in whole seconds; where the exact time is known it stays."""
    since = (NOON + timedelta(seconds=42)).timestamp()
    samples = series((2, "ALERTS_FOR_STATE", OWN, since), (3, "ALERTS", {**OWN, "alertstate": "firing"}, 1.0))
    (one,) = with_series([alert(fired=2.5)], samples)
    assert (one.active_at, [str(place) for place in one.places]) == (
        NOON + timedelta(seconds=42),
        ["ALERTS.json", "ALERTS_FOR_STATE.json", "fired.json", "over.json"],
    )
    (exact,) = with_series([alert(active=0.705, fired=2.5)], samples)
    assert exact.active_at == NOON + timedelta(seconds=42.3)


def test_prometheus_alone_tells_when_an_alert_fired_to_within_a_sample() -> None:
    """Its list has no ``startsAt``; its series has."""
    firing = {**OWN, "alertstate": "firing"}
    (one,) = with_series(
        [alert(active=1)], series((1, "ALERTS", {**OWN, "alertstate": "pending"}, 1.0), (3, "ALERTS", firing, 1.0))
    )
    assert one.fired_at == NOON + timedelta(minutes=3)


def test_a_series_of_another_alert_changes_nothing() -> None:
    """Other labels, another time, or no alert at all."""
    other = series((3, "ALERTS", {**OWN, "pod": "b"}, 1.0), (90, "ALERTS", OWN, 1.0))
    alerts = (alert(fired=2, over=9),)
    assert with_series(alerts, other) == alerts
    assert with_series((), other) == ()
    assert with_series(alerts, other.clear()) == alerts


def test_a_series_is_told_by_an_alert_with_its_labels_that_fired_then() -> None:
    """Whatever state it names."""
    alerts = (alert(fired=2, over=9),)
    firing = {**OWN, "alertstate": "firing"}
    assert [is_told(alerts, firing, NOON + timedelta(minutes=at)) for at in (3, 20)] == [True, False]


def test_labels_that_are_no_json_are_none() -> None:
    """Nothing is guessed."""
    assert (labels_of("nonsense"), labels_of("[1]"), labels_of('{"a": 1}')) == ({}, {}, {"a": "1"})
