"""The first alert against the recorded detection and start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from incident_analytics.analysis.alert_findings import alert_findings
from incident_analytics.model.instants import Instant, ZoneRules, read_instant
from incident_analytics.model.measurement import Anchor, Place
from incident_analytics.sources.alerts import Alert, State

START = datetime(2024, 1, 15, 14, 15, tzinfo=UTC)
EARLY = (
    "the alert SuccessLow fired at 14:15:00 UTC, 2 min before the recorded detection at 14:17:00 UTC; "
    "the recorded time stays"
)
WINDOW = (START - timedelta(hours=1), START + timedelta(hours=2))


def alert(
    *, active: float | None = None, fired: float | None = 0, over: float | None = None, state: State = "firing"
) -> Alert:
    """An alert; times in minutes after 14:15."""
    times = [None if at is None else START + timedelta(minutes=at) for at in (active, fired, over)]
    place = Place("a.json")
    return Alert((("alertname", "SuccessLow"),), state, times[0], times[1], times[2], "", "", (place,), place)


def told(*alerts: Alert, detected: str | None = "2024-01-15T14:17:00Z") -> list[tuple[str, str, str]]:
    """Rule, level and message."""
    at = read_instant(detected, ZoneRules()) if detected else None
    anchors = {
        "started_at": Anchor("started_at", Instant.exact(START), "", None),
        "detected_at": Anchor("detected_at", at, "", None),
    }
    return [(one.rule, one.level, one.message) for one in alert_findings(alerts, anchors, WINDOW)]


def test_an_alert_before_the_recorded_detection_is_a_finding() -> None:
    """Two minutes before; both times are told and the recorded one stays."""
    assert told(alert()) == [
        (
            "detection-alert-differs",
            "warning",
            EARLY,
        )
    ]


def test_an_alert_after_the_detection_is_only_worth_knowing() -> None:
    """People may have noticed first."""
    ((rule, level, message),) = told(alert(fired=6))
    assert (rule, level) == ("detection-alert-differs", "info")
    assert "4 min after the recorded detection" in message


def test_within_a_minute_both_tell_the_same() -> None:
    """As people write minutes: 14:17 is any instant of that minute."""
    assert told(alert(fired=1)) == told(alert(fired=3)) == []
    assert told(alert(fired=3.9), detected="2024-01-15T14:17Z") == []


def test_without_a_recorded_detection_the_alert_tells_one() -> None:
    """It is not put into the record."""
    assert told(alert(), detected=None) == [
        ("detection-alert-differs", "info", "the alert SuccessLow fired at 14:15:00 UTC, and no detection is recorded")
    ]


def test_an_expression_true_before_the_recorded_start_is_told() -> None:
    """By more than a minute."""
    assert told(alert(active=-3, fired=2)) == [
        (
            "alert-active-before-start",
            "info",
            "the expression of the alert SuccessLow was true from 14:12:00 UTC on, 3 min before the recorded start",
        )
    ]
    assert told(alert(active=-1, fired=2)) == []


def test_alerts_that_cannot_be_the_detection_are_left_out() -> None:
    """Over before the start, silenced, pending, or hours away."""
    assert told(alert(fired=-30, over=-20, state="resolved"), alert(state="suppressed")) == []
    assert told(alert(fired=None, active=-3, state="pending"), alert(fired=-16), alert(fired=300)) == []
    assert told() == []
