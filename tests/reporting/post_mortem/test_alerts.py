"""Exported alerts in the post-mortem: events, findings, clocks and the JSON twin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.reporting.post_mortem.twin import twin

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.post_mortem import PostMortem

RECORDED = Path(__file__).resolve().parents[2] / "data" / "recorded"
RECORD = """
id: INC-7
started_at: 2026-11-23T02:52:46Z
detected_at: 2026-11-23T02:56:00Z
resolved_at: 2026-11-23T03:10:00Z
"""
PAGER = """at,kind,actor,text,source,ref
2026-11-23T02:53:49Z,detected,,Page: PostgresLockWait,pager,
2026-11-23T02:53:51Z,detected,,Page: PostgresConnectionPoolExhausted,pager,
2026-11-23T02:59:29Z,detected,,Page again: PostgresLockWait,pager,
"""


@pytest.fixture
def report(reported: Callable[..., PostMortem]) -> PostMortem:
    """All recordings in the places where people keep them, beside what a pager wrote a minute later each time."""
    files = {f"exports/alertmanager/{file.name}": file.read_text() for file in (RECORDED / "alerts").glob("*.json")}
    for name in ("prometheus_alerts_v1", "prom_query_range_ALERTS", "prom_query_range_ALERTS_FOR_STATE"):
        files[f"evidence/metrics/{name}.json"] = (RECORDED / "metrics" / f"{name}.json").read_text()
    return reported(RECORD, {**files, "timeline.csv": PAGER})


def test_alerts_stand_in_the_timeline(report: PostMortem) -> None:
    """Three of them, though eleven files tell of them; Prometheus's own series are not told beside them."""
    measured = [(f"{one.moment:%H:%M:%S}", one.text, one.source) for one in report.events if one.is_measured]
    assert measured == [
        ("02:52:49", "Alert PostgresLockWait fired 2 s after it became active: Lock wait on payments", "alerts"),
        (
            "02:52:51",
            "Alert PostgresConnectionPoolExhausted fired 5 s after it became active: Payment DB has 18 connections",
            "alerts",
        ),
        ("02:53:31", "Alert PostgresConnectionPoolExhausted resolved", "alerts"),
        ("02:53:39", "Alert PostgresLockWait resolved", "alerts"),
        ("02:58:29", "Alert PostgresLockWait fired: Lock wait on payments", "alerts"),
        ("02:58:51", "Alert PostgresLockWait resolved", "alerts"),
    ]


def test_the_recorded_detection_is_kept_beside_the_alert(report: PostMortem) -> None:
    """Three minutes apart: a finding, and the metric as it was recorded."""
    (finding,) = [one for one in report.findings if one.rule == "detection-alert-differs"]
    assert (finding.level, finding.seen, finding.expected) == (
        "warning",
        "2026-11-23T02:52:49Z",
        "2026-11-23T02:56:00Z",
    )
    assert report.measurements["time_to_detection"].value == 194.0


def test_the_clock_of_the_pager_is_compared_with_that_of_the_alerts(report: PostMortem) -> None:
    """It tells the same three a minute later: 59.4 to 60.4 s, as its times are whole seconds."""
    (offset,) = [one for one in report.clocks_compared.told if {one.source, one.against} == {"alerts", "pager"}]
    assert (offset.n, round(abs(offset.seconds or 0))) == (3, 60)


def test_the_twin_has_each_alert_with_all_its_places(report: PostMortem) -> None:
    """And the ledger each file that was read for it."""
    told: Any = twin(report)
    alerts = told["evidence"]["alerts"]
    assert [(one["name"], one["active_at"], one["resolved_at"], len(one["places"])) for one in alerts] == [
        ("PostgresLockWait", "2026-11-23T02:52:47.558968Z", "2026-11-23T02:53:39.558000Z", 7),
        ("PostgresConnectionPoolExhausted", "2026-11-23T02:52:47Z", "2026-11-23T02:53:31.558000Z", 4),
        ("PostgresLockWait", None, "2026-11-23T02:58:51.558000Z", 2),
    ]
    assert (alerts[0]["severity"], alerts[0]["service"]) == ("SEV2", "payments-db")
    assert sum(line["kind"] == "alerts" for line in told["ledger"]) == 9


def test_without_alerts_nothing_is_told_of_them(sample: PostMortem) -> None:
    """The sample incident has none."""
    assert sample.evidence.alerts == ()
    assert [event for event in sample.events if event.source == "alerts"] == []


def test_broken_files_of_alerts_leave_the_report_whole(reported: Callable[..., PostMortem]) -> None:
    """Each is a finding and a line of the ledger; what is whole is told."""
    webhook = (RECORDED / "alerts" / "webhook_02.json").read_text()
    error = '{"status":"error","errorType":"bad_data","error":"<b>no</b>"}'
    files = {"cut.json": f"{webhook}\n{webhook[:300]}", "empty.json": "[]", "error.json": error, "noise.json": "\0"}
    report = reported(RECORD, {f"evidence/alerts/{name}": text for name, text in files.items()})
    told = [(one.rule, str(one.where)) for one in report.findings if str(one.where).startswith("evidence/alerts/")]
    assert sorted(told) == [
        ("alerts-empty", "evidence/alerts/empty.json"),
        ("alerts-error", "evidence/alerts/error.json"),
        ("detection-alert-differs", "evidence/alerts/cut.json:1"),
        ("truncated-file", "evidence/alerts/cut.json:3"),
        ("unreadable-file", "evidence/alerts/noise.json"),
    ]
    assert [(line.rows, line.unreadable) for line in report.ledger if line.kind == "alerts"] == [
        (2, 1),
        (0, 0),
        (1, 1),
        (1, 1),
    ]
    assert [one.text for one in report.events if one.source == "alerts"] == [
        "Alert PostgresConnectionPoolExhausted fired: Payment DB has 18 connections"
    ]
