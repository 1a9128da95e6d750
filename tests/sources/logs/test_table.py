"""CSV log tables."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.logs.joining import LineReader
from incident_analytics.sources.logs.table import log_header, table_records
from incident_analytics.sources.logs.times import TimeReader

if TYPE_CHECKING:
    from incident_analytics.sources.logs.record import LogRecord

HEADER = "Timestamp,TimeUnixNano,Node,PodName,Container,TraceID,SpanID,Log"


def _read(header: str, *lines: str) -> list[LogRecord]:
    found = log_header(header)
    assert found is not None
    times = TimeReader(UTC)
    return list(table_records(enumerate(lines, 2), found, LineReader(times), times))


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def test_record_inside_a_cell_is_detected_again() -> None:
    """JSON inside docker's JSON inside CSV gives level and message; the table gives time, trace and pod."""
    inner = json.dumps({"severity": "INFO", "name": "ads", "message": "List", "timestamp": "2020-01-01T00:00:00Z"})
    wrapped = json.dumps({"log": inner + "\n", "stream": "stdout", "time": "2022-08-22T05:18:42.9Z"})
    first = "2022-08-22T05:18:42.908318123Z,1661145522908318123,10.0.0.1,adservice-6cfdd55578-gfj6q,server,t1,s1,"
    record = _read(HEADER, first + _cell(wrapped))[0]
    assert record.timestamp == 1661145522908318
    assert (record.severity_number, record.message, record.service) == (9, "List", "adservice")
    assert (record.trace_id, record.span_id, record.format) == ("t1", "s1", "json")
    assert record.attributes == {
        "name": "ads",
        "stream": "stdout",
        "TimeUnixNano": "1661145522908318123",
        "Node": "10.0.0.1",
        "PodName": "adservice-6cfdd55578-gfj6q",
        "Container": "server",
    }


def test_quoted_cell_over_several_lines_is_one_record_with_its_raw_lines() -> None:
    """The raw text is the physical lines, the number that of the first."""
    records = _read("time;level;message", '2026-11-23T02:57:23Z;warn;"a', '  b"', "2026-11-23T02:57:24Z;info;c")
    assert [(r.line, r.message, r.raw) for r in records] == [
        (2, "a\n  b", '2026-11-23T02:57:23Z;warn;"a\n  b"'),
        (4, "c", "2026-11-23T02:57:24Z;info;c"),
    ]
    assert [r.severity_number for r in records] == [13, 9]


def test_row_of_another_width_is_kept_as_unreadable() -> None:
    """Too few or too many cells: the raw line stays, nothing is guessed; blank lines are no rows."""
    records = _read("time,message", "2026-11-23T02:57:23Z,a,b", "", "lonely", "2026-11-23T02:57:24Z,ok")
    assert [(r.format, r.raw) for r in records] == [
        ("unreadable", "2026-11-23T02:57:23Z,a,b"),
        ("unreadable", "lonely"),
        ("plain", "2026-11-23T02:57:24Z,ok"),
    ]


def test_time_that_cannot_be_read_stays_an_attribute() -> None:
    """A month or a day first cannot be told; it is kept, not guessed."""
    record = _read("@timestamp,message", "01/05/2024 14:15,ok")[0]
    assert record.timestamp is None
    assert record.attributes == {"@timestamp": "01/05/2024 14:15"}


def test_times_of_kibana_and_cloudwatch() -> None:
    """Kibana prints the browser's time in words, which is an assumed zone; CloudWatch's is UTC."""
    kibana = _read("@timestamp,message", '"Jan 15, 2024 @ 14:15:00.000",ok')[0]
    cloudwatch = _read("@timestamp,@message", "2024-01-15 14:15:00.000,ok")[0]
    assert (kibana.timestamp, kibana.zone_assumed) == (1705328100000000, True)
    assert (cloudwatch.timestamp, cloudwatch.zone_assumed) == (1705328100000000, False)


def test_key_that_table_and_record_share_is_kept_twice() -> None:
    """The record's own word keeps its name; the table's gets one that says so."""
    record = _read("time,host,message", '2026-11-23T02:57:23Z,a,"{""host"":""b"",""message"":""x""}"')[0]
    assert record.attributes == {"host": "b", "table.host": "a"}


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        (HEADER, {"time": 0, "message": 7, "service": 3, "trace": 5, "span": 6}),
        ("@timestamp,@message", {"time": 0, "message": 1}),
        ("Date,Host,Service,Message,Status", {"time": 0, "service": 2, "message": 3}),
        ("time\tlevel\tmsg\tuser_id", {"time": 0, "level": 1, "message": 2, "user": 3}),
        ("timestamp,metric,labels,value", None),
        ("at,kind,actor,text,source,ref", None),
        ("captured_at,pid,state,query", None),
        ("Time,CPU", None),
        ("message", None),
        ("", None),
    ],
)
def test_header_with_a_time_and_a_message_is_a_log_table(line: str, roles: dict[str, int] | None) -> None:
    """Columns are found by name without case, dots and underscores; metric and database tables are left alone."""
    header = log_header(line)
    assert (header.roles if header else None) == roles
