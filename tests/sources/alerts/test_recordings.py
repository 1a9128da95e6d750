"""Every recording of Alertmanager 0.25 and Prometheus 2.42, with the times that were measured while they were made."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.sources.alerts import Alert, read_alerts, sniff

RECORDED = Path(__file__).resolve().parents[2] / "data" / "recorded"
FILES = (*(RECORDED / "alerts").glob("*.json"), RECORDED / "metrics" / "prometheus_alerts_v1.json")
LOCK, POOL = "PostgresLockWait", "PostgresConnectionPoolExhausted"


def times(alert: Alert) -> tuple[str | None, ...]:
    """Active, fired and resolved."""
    told = (alert.active_at, alert.fired_at, alert.resolved_at)
    return tuple(f"{at:%H:%M:%S.%f}" if at else None for at in told)


@pytest.mark.parametrize(
    ("file", "name", "severity", "state", "expected"),
    [
        ("alerts/webhook_01.json", LOCK, "SEV2", "firing", (None, "02:52:49.558000", None)),
        ("alerts/webhook_02.json", POOL, "SEV1", "firing", (None, "02:52:51.558000", None)),
        ("alerts/webhook_03.json", POOL, "SEV1", "resolved", (None, "02:52:51.558000", "02:53:31.558000")),
        ("alerts/webhook_04.json", LOCK, "SEV2", "resolved", (None, "02:52:49.558000", "02:53:39.558000")),
        ("alerts/webhook_05.json", LOCK, "SEV2", "firing", (None, "02:58:29.558000", None)),
        ("alerts/webhook_06.json", LOCK, "SEV2", "resolved", (None, "02:58:29.558000", "02:58:51.558000")),
        ("alerts/alertmanager_alerts_v2_firing.json", LOCK, "SEV2", "firing", (None, "02:52:49.558000", None)),
        ("alerts/alertmanager_alert_groups_v2.json", LOCK, "SEV2", "firing", (None, "02:52:49.558000", None)),
        ("metrics/prometheus_alerts_v1.json", LOCK, "SEV2", "firing", ("02:52:47.558968", None, None)),
    ],
)
def test_each_recording_tells_its_alert(
    file: str, name: str, severity: str, state: str, expected: tuple[str | None, ...]
) -> None:
    """Times from FORMATS of the recording: ``endsAt`` of an alert that fires, year 1 or a future guess, is no end."""
    reading = read_alerts([RECORDED / file], root=RECORDED)
    (alert,) = reading.alerts
    assert (alert.name, alert.severity, alert.service, alert.state) == (name, severity, "payments-db", state)
    assert times(alert) == expected
    assert ([str(place) for place in alert.places], reading.findings) == ([file], ())
    (line,) = reading.files
    assert (line.kind, line.reader, line.rows, line.unreadable, line.notes) == (
        "alerts",
        "alerts",
        1,
        0,
        (f"alerts: 1 {state}",),
    )
    assert sniff((RECORDED / file).read_bytes(), file) == 0.9


def test_all_recordings_together_tell_three_alerts() -> None:
    """Two rules, one of which fired twice: nine files, and each alert has everything that any of them tells."""
    alerts = read_alerts(FILES, root=RECORDED).alerts
    assert [(alert.name, times(alert), len(alert.places)) for alert in alerts] == [
        (LOCK, ("02:52:47.558968", "02:52:49.558000", "02:53:39.558000"), 5),
        (POOL, (None, "02:52:51.558000", "02:53:31.558000"), 2),
        (LOCK, (None, "02:58:29.558000", "02:58:51.558000"), 2),
    ]
    assert [alert.fingerprint for alert in alerts] == ["376852f247781ab7", "9d1133802333350b", "376852f247781ab7"]
    # what it said when it fired, not the 13 connections of its end
    assert alerts[1].summary == "Payment DB has 18 connections"
    told = [(str(alert.fired_in), str(alert.resolved_in)) for alert in alerts]
    assert told[1:] == [
        ("alerts/webhook_02.json", "alerts/webhook_03.json"),
        ("alerts/webhook_05.json", "alerts/webhook_06.json"),
    ]
    assert told[0][1] == "alerts/webhook_04.json"
    assert {alert.state for alert in alerts} == {"resolved"}
