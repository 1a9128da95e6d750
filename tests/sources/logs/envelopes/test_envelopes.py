"""Answers of log stores."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.logs import read_logs, sniff
from incident_analytics.sources.logs.envelopes import unpacked
from incident_analytics.sources.logs.joining import LineReader
from incident_analytics.sources.logs.times import TimeReader

if TYPE_CHECKING:
    from pathlib import Path

PINO = '{"level":50,"time":1795402425409,"pid":1,"hostname":"vm","name":"pay","msg":"no connection"}'
LOKI = {
    "status": "success",
    "data": {
        "resultType": "streams",
        "result": [
            {"stream": {"app": "pay", "level": "warn"}, "values": [["1795402425409123456", "pool exhausted"]]},
            {
                "stream": {"app": "pay"},
                "values": [
                    ["1795402425409123456", PINO, {"trace": "t1"}],
                    ["1795402425000000000", "level=info msg=ok"],
                ],
            },
        ],
    },
}
ELASTIC = {
    "took": 1,
    "hits": {
        "total": {"value": 10000, "relation": "gte"},
        "hits": [
            {"_index": "logs", "_id": "a", "_source": {
                "@timestamp": "2026-11-23T02:53:45.409Z", "log": {"level": "error"}, "message": "no connection",
                "service": {"name": "pay"},
            }},
        ],
    },
}  # fmt: skip
EVENTS = {"events": [{"timestamp": 1795402425409, "message": PINO + "\n", "ingestionTime": 1795402426000}]}
SUBSCRIPTION = {
    "messageType": "DATA_MESSAGE", "logGroup": "/pay", "logStream": "s",
    "logEvents": [{"id": "1", "timestamp": 1795402425409, "message": "[ERROR] no connection"}],
}  # fmt: skip
INSIGHTS = {
    "results": [
        [{"field": "@timestamp", "value": "2026-11-23 02:53:45.409"}, {"field": "@message", "value": "no connection"},
         {"field": "@ptr", "value": "x"}],
    ],
    "status": "Complete",
}  # fmt: skip
DATADOG = {
    "data": [
        {"id": "A", "type": "log", "attributes": {
            "timestamp": "2026-11-23T02:53:45.409Z", "status": "error", "service": "pay", "message": "no connection",
            "attributes": {"size": 50}, "tags": ["env:prod"],
        }},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (LOKI, [("loki", 1795402425409123, 13, "warn", "pool exhausted", "pay"),
                ("pino", 1795402425409000, 17, "50", "no connection", "pay"),
                ("logfmt", 1795402425000000, 9, "info", "ok", "pay")]),
        (ELASTIC, [("ecs", 1795402425409000, 17, "error", "no connection", "pay")]),
        (EVENTS, [("pino", 1795402425409000, 17, "50", "no connection", "pay")]),
        (SUBSCRIPTION, [("cloudwatch", 1795402425409000, None, None, "[ERROR] no connection", None)]),
        (INSIGHTS, [("cloudwatch", 1795402425409000, None, None, "no connection", None)]),
        (DATADOG, [("datadog", 1795402425409000, 17, "error", "no connection", "pay")]),
    ],
    ids=["loki", "elasticsearch", "cloudwatch events", "cloudwatch subscription", "cloudwatch insights", "datadog"],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 2])
def test_answer_gives_its_records(
    tmp_path: Path, answer: dict[str, object], expected: list[tuple[object, ...]], indent: int | None
) -> None:
    """The same on one line and printed over many; both look like logs."""
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer, indent=indent))
    assert sniff(path.read_bytes(), "answer.json") == 1.0
    frame = read_logs([path], root=tmp_path, zone="Asia/Tokyo").frame.collect()
    times = frame["timestamp"].dt.epoch("us").to_list()
    others = frame.select("format", "severity_number", "severity_text", "message", "service").rows()
    assert [(row[0], time, *row[1:]) for row, time in zip(others, times, strict=True)] == expected
    assert frame["line"].unique().to_list() == [1]


def test_labels_and_structured_metadata_are_attributes(tmp_path: Path) -> None:
    """Loki's labels, and the third element of an entry."""
    path = tmp_path / "loki.json"
    path.write_text(json.dumps(LOKI))
    frame = read_logs([path], root=tmp_path).frame.collect()
    assert frame["attributes"].to_list() == [
        '{"app":"pay","level":"warn"}', '{"app":"pay","hostname":"vm","pid":1,"trace":"t1"}', '{"app":"pay"}',
    ]  # fmt: skip


def test_logcli_lines_are_unwrapped(tmp_path: Path) -> None:
    """One object a line with labels, line and timestamp."""
    path = tmp_path / "logcli.jsonl"
    told = {"labels": {"app": "pay"}, "line": PINO, "timestamp": "2026-11-23T02:53:46.409Z"}
    path.write_text(f"{json.dumps(told)}\n{json.dumps({**told, 'line': 'x'})}\n")
    frame = read_logs([path], root=tmp_path).frame.collect()
    assert frame.select("format", "message", "line").rows() == [("pino", "no connection", 1), ("loki", "x", 2)]


@pytest.mark.parametrize(
    "fields",
    [
        {"data": {"resultType": "matrix", "result": []}, "status": "success"},
        {"data": [{"id": "1", "type": "incident"}]},
        {"data": {"a": 1}, "level": 30, "msg": "x"},
        {"events": [{"name": "x"}]},
        {"hits": 3, "msg": "x"},
        {"results": [{"a": 1}]},
        {"labels": {"a": "b"}, "msg": "x"},
    ],
)
def test_other_objects_with_the_same_keys_are_left_alone(fields: dict[str, object]) -> None:
    """A metric's answer, an incident, and log lines that use these keys for themselves."""
    assert not unpacked(fields, LineReader(TimeReader(UTC)))


@pytest.mark.parametrize(
    "fields",
    [{"labels": {"a": "1"}}, {"streams": 3}, {"hits": {"hits": []}}, {"logEvents": []}, {"resourceLogs": []}],
)
def test_a_line_with_a_message_is_no_empty_answer(tmp_path: Path, fields: dict[str, object]) -> None:
    """It is a record like any other."""
    path = tmp_path / "app.ndjson"
    path.write_text(json.dumps(fields | {"msg": "x"}))
    assert read_logs([path], root=tmp_path).frame.collect()["message"].to_list() == ["x"]


def test_collector_writes_one_export_a_line(tmp_path: Path) -> None:
    """Each line's records have its number; a bad severity and a missing time are unknown."""
    line = json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": [
        {"timeUnixNano": "1795402425409123456", "severityText": "WARN", "body": {"stringValue": "a"}},
        {"severityNumber": 99, "body": {"kvlistValue": {"values": [{"key": "k", "value": {"intValue": "7"}}]}}},
    ]}]}]})  # fmt: skip
    path = tmp_path / "otlp.jsonl"
    path.write_text(f"{line}\n{line}\n")
    frame = read_logs([path], root=tmp_path).frame.collect()
    assert frame.select("severity_number", "message", "line").rows() == [
        (13, "a", 1), (None, '{"k":7}', 1), (13, "a", 2), (None, '{"k":7}', 2),
    ]  # fmt: skip
    assert frame["timestamp"].null_count() == 2
