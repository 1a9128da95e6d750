"""Files of alerts: what is readable is read, the rest is counted and told in one line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from incident_analytics.sources.alerts import AlertReading, read_alerts, sniff

ALERTS = Path(__file__).resolve().parents[2] / "data" / "recorded" / "alerts"
FIRING = (ALERTS / "webhook_01.json").read_bytes()
RESOLVED = (ALERTS / "webhook_04.json").read_bytes()


def read(tmp_path: Path, content: bytes, name: str = "a.json") -> AlertReading:
    """One file."""
    (tmp_path / name).write_bytes(content)
    return read_alerts([tmp_path / name], root=tmp_path)


def told(reading: AlertReading) -> list[tuple[str, str, str]]:
    """The findings: rule, level and place."""
    return [(finding.rule, finding.level, str(finding.where)) for finding in reading.findings]


def counted(reading: AlertReading) -> tuple[int, int, int]:
    """Alerts, rows and unreadable rows of one file."""
    (line,) = reading.files
    return len(reading.alerts), line.rows, line.unreadable


def test_notifications_one_a_line_have_their_lines(tmp_path: Path) -> None:
    """Repeated ones are one alert."""
    reading = read(tmp_path, b"\n".join([FIRING.strip(), FIRING.strip(), RESOLVED.strip()]) + b"\n")
    (alert,) = reading.alerts
    assert [str(place) for place in alert.places] == ["a.json:1", "a.json:2", "a.json:3"]
    assert (alert.state, reading.files[0].notes) == ("resolved", ("alerts: 2 firing, 1 resolved",))


def test_packed_files_are_read_and_known(tmp_path: Path) -> None:
    """By their first bytes."""
    packed = gzip.compress(FIRING)
    assert (counted(read(tmp_path, packed, "a.json.gz")), sniff(packed, "a.json.gz")) == ((1, 1, 0), 0.9)


def test_what_is_whole_before_a_cut_is_read(tmp_path: Path) -> None:
    """Of two alerts the second is cut off before its labels."""
    one = json.loads((ALERTS / "alertmanager_alerts_v2_firing.json").read_text())[0]
    text = json.dumps([one, {**one, "startsAt": "2026-11-23T03:00:00Z"}])
    reading = read(tmp_path, text[: text.rindex('"labels"')].encode())
    assert counted(reading) == (1, 2, 1)
    assert told(reading) == [("truncated-file", "warning", "a.json")]


@pytest.mark.parametrize(
    "content", [b"\x00\xff\x80binary", b'{"alerts": 3}', b"[1, null]", b"not json", b"[" * 100_000]
)
def test_what_holds_no_alert_is_one_finding(tmp_path: Path, content: bytes) -> None:
    """Whatever is wrong with its bytes, it says that nothing was read, and why."""
    reading = read(tmp_path, content)
    assert reading.alerts == ()
    assert told(reading) == [("unreadable-file", "error", "a.json")]
    assert reading.findings[0].message.startswith("No alert can be read from this file: it ")
    assert sniff(content, "a.json") == 0.0


@pytest.mark.parametrize("content", [b"", b"[]", b'{"status":"success","data":{"alerts":[]}}'])
def test_an_empty_answer_says_so(tmp_path: Path, content: bytes) -> None:
    """API v2 answers an empty list a minute after an alert is resolved."""
    reading = read(tmp_path, content)
    assert (counted(reading), told(reading)) == ((0, 0, 0), [("alerts-empty", "info", "a.json")])


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ('{"status":"error","errorType":"bad_data","error":"no such API"}', "bad_data: no such API"),
        ('{"code":602,"message":"filter in query must be like a=b"}', "filter in query must be like a=b"),
        ('"bad matcher format: x"', "bad matcher format: x"),
    ],
)
def test_an_error_instead_of_alerts_is_told(tmp_path: Path, content: str, seen: str) -> None:
    """In the words of Prometheus or Alertmanager, once."""
    reading = read(tmp_path, content.encode())
    assert told(reading) == [("alerts-error", "warning", "a.json")]
    assert reading.findings[0].seen == seen


def test_alerts_that_a_notification_leaves_out_are_told(tmp_path: Path) -> None:
    """Alertmanager counts them as ``truncatedAlerts``."""
    reading = read(tmp_path, FIRING.replace(b'"truncatedAlerts":0', b'"truncatedAlerts":7'))
    assert told(reading) == [("alerts-left-out", "warning", "a.json")]
    assert reading.findings[0].message == "Alertmanager left 7 more alerts out of this notification."


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    """And a line of the ledger."""
    reading = read_alerts([tmp_path / "gone.json"], root=tmp_path)
    assert told(reading) == [("unreadable-file", "error", "gone.json")]
    assert counted(reading) == (0, 1, 1)


def test_other_json_is_not_taken_for_alerts() -> None:
    """Answers to queries, and logs in which a notification is one line of many."""
    matrix = b'{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"alerts":"x"},"values":[]}]}}'
    mixed = FIRING.strip() + b'\n{"level":30,"time":1795402425409,"msg":"x"}\n'
    assert (sniff(matrix, "m.json"), sniff(mixed, "x.log"), sniff(b'{"alerts":[{"id":1}]}', "a.json")) == (0, 0, 0)


def test_an_answer_about_rules_is_known_by_its_alerts() -> None:
    """Cut off or not; one whose rules are all at rest holds none."""
    alert = '{"labels":{"alertname":"Slow"},"state":"firing","activeAt":"2026-11-23T02:52:47Z","value":"1e+00"}'
    rule = f'{{"type":"alerting","name":"Slow","alerts":[{alert},{alert}]}}'
    text = f'{{"status":"success","data":{{"groups":[{{"name":"g","rules":[{rule}]}}]}}}}'
    rest = b'{"status":"success","data":{"groups":[{"name":"g","rules":[{"type":"recording"}]}]}}'
    heads = (text.encode(), text[: text.rindex('"state"')].encode(), rest)
    assert [sniff(head, "rules.json") for head in heads] == [0.9, 0.9, 0.9]


def test_a_file_cut_anywhere_is_read_without_an_error(tmp_path: Path) -> None:
    """No alert is invented, such as one with half of its labels: there is the one, or none and a finding."""
    for name in ("webhook_01.json", "alertmanager_alerts_v2_firing.json"):
        whole = (ALERTS / name).read_bytes().strip()
        (alert,) = read(tmp_path, whole).alerts
        for end in range(0, len(whole), 7):
            reading = read(tmp_path, whole[:end])
            sniff(whole[:end], "a.json")
            assert reading.alerts in ((), (alert,))
            assert reading.findings


def test_a_head_that_ends_within_a_long_list_is_known() -> None:
    """By the alerts before its end."""
    one = (ALERTS / "alertmanager_alerts_v2_firing.json").read_bytes().strip()[1:-1]
    assert sniff((b"[" + b",".join([one] * 200) + b"]")[:65_536], "a.json") == 0.9
