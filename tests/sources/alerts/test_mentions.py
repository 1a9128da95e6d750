"""The shapes of notifications and answers."""

from __future__ import annotations

from incident_analytics.model.measurement import Place
from incident_analytics.sources.alerts.mentions import items_of, mention

PLACE = Place("a.json")
LABELS = {"alertname": "Slow", "service": "api"}


def test_rules_of_prometheus_hold_their_alerts() -> None:
    """Recording rules and rules at rest have none."""
    firing = {"labels": LABELS, "state": "firing", "activeAt": "2026-11-23T02:52:47Z"}
    rules = [{"type": "recording", "name": "x"}, {"type": "alerting", "alerts": []}, {"alerts": [firing]}]
    assert items_of({"status": "success", "data": {"groups": [{"name": "g", "rules": rules}]}}) == [(firing, "")]
    assert items_of({"status": "success", "data": {"groups": [{"rules": 3}]}}) == []


def test_a_silenced_alert_is_suppressed() -> None:
    """It fires, but nobody is told."""
    state = {"state": "suppressed", "silencedBy": ["x"]}
    alert = mention({"labels": LABELS, "startsAt": "2026-11-23T02:52:49Z", "status": state}, "", PLACE)
    assert alert is not None
    assert (alert.state, alert.has_fired) == ("suppressed", True)


def test_a_pending_alert_has_not_fired() -> None:
    """Its expression is true, for less than the rule's ``for`` so far."""
    alert = mention({"labels": LABELS, "activeAt": "2026-11-23T02:52:47Z", "state": "pending"}, "", PLACE)
    assert alert is not None
    assert (alert.state, alert.has_fired, alert.fired_at) == ("pending", False, None)


def test_the_end_that_a_firing_alert_names_is_none() -> None:
    """API v2 writes when Alertmanager will give it up."""
    item = {"labels": LABELS, "startsAt": "2026-11-23T02:52:49Z", "endsAt": "2026-11-23T02:56:49Z"}
    firing, resolved = mention(item, "firing", PLACE), mention(item, "resolved", PLACE)
    assert firing is not None
    assert resolved is not None
    assert (firing.resolved_at, f"{resolved.resolved_at:%H:%M:%S}") == (None, "02:56:49")


def test_a_resolved_alert_with_the_year_one_has_no_end() -> None:
    """That is how an unknown end is written."""
    item = {"labels": {}, "startsAt": "2026-11-23T02:52:49Z", "endsAt": "0001-01-01T00:00:00Z", "status": "resolved"}
    alert = mention(item, "", PLACE)
    assert alert is not None
    assert (alert.resolved_at, alert.name, alert.service) == (None, "without a name", None)


def test_an_alert_without_labels_or_without_a_time_with_a_zone_is_none() -> None:
    """Nothing is guessed."""
    items = ({"startsAt": "2026-11-23T02:52:49Z"}, {"labels": LABELS, "startsAt": "2026-11-23T02:52:49"}, 3)
    assert [mention(item, "", PLACE) for item in items] == [None, None, None]
