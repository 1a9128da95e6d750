"""Alerts as Alertmanager sent and answered them, recorded: two that fired, their ends, and one that fired again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from incident_analytics.sources.logs import read_logs, sniff

RECORDED = Path(__file__).parents[3] / "data" / "recorded" / "alerts"
LOCKS, POOL = "Lock wait on payments", "Payment DB has 13 connections"
# file, time of 2026-11-23, severity as written, what it is about, status
ALERTS = [
    ("alertmanager_alert_groups_v2.json", "02:52:49.558000", "SEV2", LOCKS, "active"),
    ("alertmanager_alerts_v2_firing.json", "02:52:49.558000", "SEV2", LOCKS, "active"),
    ("webhook_01.json", "02:52:49.558000", "SEV2", LOCKS, "firing"),
    ("webhook_02.json", "02:52:51.558000", "SEV1", "Payment DB has 18 connections", "firing"),
    ("webhook_03.json", "02:53:31.558000", "SEV1", POOL, "resolved"),
    ("webhook_04.json", "02:53:39.558000", "SEV2", LOCKS, "resolved"),
    ("webhook_05.json", "02:58:29.558000", "SEV2", LOCKS, "firing"),
    ("webhook_06.json", "02:58:51.558000", "SEV2", LOCKS, "resolved"),
]


@pytest.mark.parametrize(("name", "at", "severity", "message", "status"), ALERTS)
def test_an_alert_tells_its_time_severity_and_summary(
    name: str, at: str, severity: str, message: str, status: str
) -> None:
    """Its start while it fires, its end once it is resolved; the severity is a word and no level of a log."""
    path = RECORDED / name
    assert sniff(path.read_bytes(), name) == 1.0
    read = read_logs([path], root=RECORDED)
    (record,) = read.frame.collect().iter_rows(named=True)
    assert record["timestamp"].isoformat() == f"2026-11-23T{at}+00:00"
    assert (record["severity_number"], record["severity_text"], record["message"]) == (None, severity, message)
    assert (record["format"], record["service"], read.findings) == ("alertmanager", "payments-db", ())
    assert json.loads(record["attributes"])["status"] == status


def test_every_recording_is_one_of_these_tests() -> None:
    """Prometheus's own list of alerts is among the metrics."""
    assert {path.name for path in RECORDED.iterdir()} == {row[0] for row in ALERTS}


def test_alerts_of_one_notification_are_records_of_their_own(tmp_path: Path) -> None:
    """A group of two, one over; without a summary the name is the message."""
    alerts = [
        {"status": "firing", "labels": {"alertname": "Slow"}, "startsAt": "2026-11-23T02:52:49Z"},
        {
            "status": "resolved",
            "labels": {"alertname": "Down", "severity": "critical"},
            "annotations": {"description": "db-1 is down"},
            "startsAt": "2026-11-23T02:50:00Z",
            "endsAt": "2026-11-23T02:55:00Z",
        },
    ]
    for number, content in enumerate(({"version": "4", "alerts": alerts}, [{"alerts": alerts}])):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(content))
        frame = read_logs([path], root=tmp_path).frame.collect()
        assert frame["message"].to_list() == ["Slow", "db-1 is down"]
        assert [f"{at:%H:%M:%S}" for at in frame["timestamp"]] == ["02:52:49", "02:55:00"]
        assert [json.loads(raw)["labels"]["alertname"] for raw in frame["raw"]] == ["Slow", "Down"]


@pytest.mark.parametrize(
    "fields", [{"alerts": 3, "msg": "x"}, {"alerts": [{"id": 1}], "msg": "x"}, {"startsAt": "now", "msg": "x"}]
)
def test_a_log_line_that_speaks_of_alerts_is_a_log_line(tmp_path: Path, fields: dict[str, object]) -> None:
    """Without labels and a start it is none of Alertmanager's."""
    path = tmp_path / "app.ndjson"
    path.write_text(json.dumps(fields))
    assert read_logs([path], root=tmp_path).frame.collect()["message"].to_list() == ["x"]
