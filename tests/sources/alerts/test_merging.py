"""One alert of all that tell of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from incident_analytics.model.measurement import Place
from incident_analytics.sources.alerts.alert import Alert, State
from incident_analytics.sources.alerts.merging import merged

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
LABELS = (("alertname", "Slow"), ("pod", "a"))
ON_THE_WAY = (("alertname", "Slow"), ("cluster", "eu"), ("pod", "a"))


def alert(
    *,
    active: float | None = None,
    fired: float | None = None,
    over: float | None = None,
    state: State = "firing",
    labels: tuple[tuple[str, str], ...] = LABELS,
    file: str = "a.json",
) -> Alert:
    """An alert; times in minutes after noon."""
    times = [NOON + timedelta(minutes=at) if at is not None else None for at in (active, fired, over)]
    return Alert(labels, state, times[0], times[1], times[2], "", "", (Place(file),))


def told(*mentions: Alert) -> list[tuple[float | None, ...]]:
    """Minutes after noon of each alert: active, fired, resolved."""
    return [
        tuple(
            (at - NOON) / timedelta(minutes=1) if at else None for at in (one.active_at, one.fired_at, one.resolved_at)
        )
        for one in merged(mentions)
    ]


def test_prometheus_tells_since_when_the_alert_that_fires_next_was_active() -> None:
    """Alertmanager's has a label more."""
    first, second = alert(fired=5, over=9, labels=ON_THE_WAY), alert(fired=30, labels=ON_THE_WAY)
    assert told(first, second, alert(active=0)) == [(0, 5, 9), (None, 30, None)]
    assert told(first, second, alert(active=25)) == [(None, 5, 9), (25, 30, None)]


def test_an_alert_active_more_than_an_hour_before_is_another() -> None:
    """A rule waits less."""
    assert told(alert(fired=61), alert(active=0, state="pending")) == [(0, None, None), (None, 61, None)]


def test_other_labels_are_another_alert() -> None:
    """One alert for each pod."""
    other = (("alertname", "Slow"), ("pod", "b"))
    assert told(alert(fired=5), alert(fired=5, labels=other), alert(active=4, labels=other)) == [
        (4, 5, None),
        (None, 5, None),
    ]


def test_the_farthest_state_and_the_last_end_count() -> None:
    """In whatever order they are read."""
    mentions = [alert(fired=5, over=9, state="resolved"), alert(fired=5, state="suppressed"), alert(fired=5, over=10)]
    assert [one.state for one in merged(mentions)] == [one.state for one in merged(mentions[::-1])] == ["resolved"]
    assert told(*mentions) == told(*mentions[::-1]) == [(None, 5, 10)]


def test_nothing_gives_nothing() -> None:
    """No alert, no account."""
    assert merged([]) == ()
