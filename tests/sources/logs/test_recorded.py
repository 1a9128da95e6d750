"""Files that the real libraries wrote: what each says, read by eye from the file beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_analytics.sources.logs import read_logs, sniff

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "logs"
AROUND = datetime(2026, 11, 23, tzinfo=UTC)


# file, row, format, time, severity number, level as written, first line of the message
EXPECTED = [
    ("pino_default.ndjson", 0, "pino", "2026-11-23T02:53:45.409000+00:00", 9, "30", "charge ok"),
    ("pino_default.ndjson", 1, "pino", "2026-11-23T02:53:45.410000+00:00", 17, "50", "timeout acquiring connection"),
    ("pino_default.ndjson", 2, "pino", "2026-11-23T02:53:45.410000+00:00", 13, "40", "pool exhausted"),
    ("pino_default.ndjson", 3, "pino", "2026-11-23T02:53:45.411000+00:00", 21, "60", "bye"),
    ("pino_iso_label.ndjson", 0, "pino", "2026-11-23T02:53:45.412000+00:00", 17, "error", "timeout"),
    ("pino_iso_label.ndjson", 1, "pino", "2026-11-23T02:53:45.412000+00:00", 9, "info", "x"),
    ("pino_ecs.ndjson", 0, "ecs", "2026-11-23T02:53:45.414000+00:00", 9, "info", "charge ok"),
    ("pino_ecs.ndjson", 1, "ecs", "2026-11-23T02:53:45.414000+00:00", 17, "error", "timeout"),
    ("py_ecs.ndjson", 0, "ecs", "2026-11-23T02:57:23.606000+00:00", 9, "info", "charge ok"),
    ("py_ecs.ndjson", 1, "ecs", "2026-11-23T02:57:23.606000+00:00", 17, "error", "timeout"),
    ("bunyan.ndjson", 0, "bunyan", "2026-11-23T02:53:45.496000+00:00", 9, "30", "charge ok"),
    ("bunyan.ndjson", 1, "bunyan", "2026-11-23T02:53:45.496000+00:00", 17, "50", "timeout"),
    ("winston_json.ndjson", 0, "winston", "2026-11-23T02:53:45.482000+00:00", 17, "error", "no connection available"),
    ("winston_json.ndjson", 1, "winston", "2026-11-23T02:53:45.483000+00:00", 9, "info", "charge ok"),
    ("winston_default_no_timestamp.ndjson", 0, "winston", None, 17, "error", "timeout"),
    ("winston_simple.log", 0, "winston-simple", "2026-11-23T02:53:45+00:00", 13, "warn", "pool exhausted"),
    ("structlog.ndjson", 0, "structlog", "2026-11-23T02:57:23.607286+00:00", 9, "info", "charge_ok"),
    ("structlog.ndjson", 1, "structlog", "2026-11-23T02:57:23.607385+00:00", 17, "error", "timeout"),
    ("loguru.ndjson", 0, "loguru", "2026-11-23T02:57:23.701996+00:00", 17, "ERROR", "timeout"),
    (
        "py_json_logger_fields.ndjson", 0, "python-json-logger", "2026-11-23T02:57:23.605000+00:00", 9, "INFO",
        "charge ok",
    ),
    (
        "py_json_logger_fields.ndjson", 1, "python-json-logger", "2026-11-23T02:57:23.605000+00:00", 17, "ERROR",
        "timeout",
    ),
    ("py_json_logger_default.ndjson", 0, "json", None, None, None, "charge ok"),
    ("py_json_logger_default.ndjson", 1, "python-json-logger", None, None, None, "timeout"),
    ("py_stdlib_text.log", 0, "stdlib", "2026-11-23T02:57:23.606000+00:00", 9, "INFO", "charge ok"),
    ("py_stdlib_text.log", 1, "stdlib", "2026-11-23T02:57:23.606000+00:00", 17, "ERROR", "timeout"),
    (
        "log4js_basic.log", 0, "log4js", "2026-11-23T02:53:45.537000+00:00", 17, "ERROR",
        "no connection available Error: no connection available",
    ),
    ("journald_json.ndjson", 0, "journald", "2026-11-23T02:53:45.409123+00:00", 17, "3", "no connection available"),
    ("journald_json.ndjson", 2, "journald", "2026-11-23T02:53:45.609123+00:00", 9, "6", "line one"),
    ("logfmt_alertmanager.log", 0, "logfmt", "2026-11-23T02:51:36.497000+00:00", 9, "info", "Starting Alertmanager"),
    (
        "logfmt_prometheus.log", 0, "logfmt", "2026-11-23T02:51:36.603000+00:00", 9, "info",
        "Experimental in-memory exemplar storage enabled",
    ),
    (
        "structlog_logfmt.log", 0, "logfmt", "2026-11-23T02:57:23.607796+00:00", 17, "error",
        "no connection available",
    ),
    ("nginx_combined_access.log", 0, "access", "2026-11-23T02:55:56+00:00", 9, None, "GET /ok HTTP/1.1"),
    ("nginx_combined_access.log", 1, "access", "2026-11-23T02:55:56+00:00", 17, None, r"GET /pay?x=\x22y HTTP/1.1"),
    ("nginx_combined_access.log", 2, "access", "2026-11-23T02:55:57+00:00", 13, None, r"\x16\x03\x01garbage"),
    (
        "nginx_error.log", 0, "nginx-error", "2026-11-23T02:55:56+00:00", 10, "notice",
        'using the "epoll" event method',
    ),
    (
        "nginx_error.log", 7, "nginx-error", "2026-11-23T02:55:56+00:00", 17, "error",
        (
            "connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: , "
            'request: "GET /pay?x="y HTTP/1.1", upstream: "http://127.0.0.1:1/pay?x="y", host: "127.0.0.1:18080"'
        ),
    ),
    (
        "nginx_json_access.ndjson", 1, "access-json", "2026-11-23T02:55:56.761000+00:00", 17, None,
        'GET /pay?x="y HTTP/1.1',
    ),
    ("syslog_rfc3164.log", 0, "syslog-3164", "2026-11-23T02:56:45+00:00", 17, "131", "no connection available"),
    ("syslog_rfc5424.log", 0, "syslog-5424", "2026-11-23T02:56:45.048040+00:00", 17, "131", "no connection available"),
    ("syslog_rfc5424.log", 1, "syslog-5424", None, 17, "131", "x"),
    (
        "pg_jsonlog_lockwait.ndjson", 0, "postgresql", "2026-11-23T02:52:46.885000+00:00", 9, "LOG",
        "process 18764 still waiting for ShareLock on transaction 738 after 502.986 ms",
    ),
    (
        "pg_jsonlog_lockwait.ndjson", 2, "postgresql", "2026-11-23T02:52:49.436000+00:00", 21, "FATAL",
        "remaining connection slots are reserved for non-replication superuser connections",
    ),
    ("bad.ndjson", 1, "plain", None, None, None, "plain text line"),
    ("bad.ndjson", 3, "unreadable", None, None, None, None),
    ("mixed.ndjson", 149, "pino", "1970-01-01T00:00:01+00:00", 9, "30", "a"),
    ("mixed.ndjson", 150, "json", "2026-01-01T00:00:00+00:00", 17, "error", '{"x":1}'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "row", "written_by", "time", "severity", "level", "message"), EXPECTED)
def test_recorded_line_gives_its_time_level_and_message(
    name: str, row: int, written_by: str, time: str | None, severity: int | None, level: str | None, message: str | None
) -> None:
    """A line of a real library says what a reader of the file sees."""
    frame = read_logs([RECORDED / name], root=RECORDED, around=AROUND).frame.collect()
    record = frame.row(row, named=True)
    first_line = record["message"] and record["message"].split("\n")[0]
    assert record["format"] == written_by
    assert (record["timestamp"] and record["timestamp"].isoformat()) == time
    assert (record["severity_number"], record["severity_text"], first_line) == (severity, level, message)


# file, who wrote it, records (of them unreadable), first and last time of 2026-11-23, records of each severity number
FILES = [
    ("bad.ndjson", "json+plain", 4, 1, None, None, {None: 4}),
    ("bunyan.ndjson", "bunyan", 2, 0, "02:53:45.496000", "02:53:45.496000", {9: 1, 17: 1}),
    ("journald_json.ndjson", "journald", 3, 0, "02:53:45.409123", "02:53:45.609123", {9: 2, 17: 1}),
    ("log4js_basic.log", "log4js", 1, 0, "02:53:45.537000", "02:53:45.537000", {17: 1}),
    ("logfmt_alertmanager.log", "logfmt", 7, 0, "02:51:36.497000", "03:00:40.723000", {9: 7}),
    ("logfmt_prometheus.log", "logfmt", 36, 0, "02:51:36.603000", "03:00:40.724000", {9: 35, 13: 1}),
    ("loguru.ndjson", "loguru", 1, 0, "02:57:23.701996", "02:57:23.701996", {17: 1}),
    ("nginx_combined_access.log", "access", 3, 0, "02:55:56", "02:55:57", {9: 1, 13: 1, 17: 1}),
    ("nginx_error.log", "nginx-error", 17, 0, "02:55:56", "02:55:58", {9: 4, 10: 12, 17: 1}),
    ("nginx_json_access.ndjson", "access-json", 3, 0, "02:55:56.719000", "02:55:57.368000", {9: 1, 13: 1, 17: 1}),
    ("pg_jsonlog_lockwait.ndjson", "postgresql", 10, 0, "02:52:46.885000", "02:58:50.168000", {9: 6, 21: 4}),
    ("pino_default.ndjson", "pino", 4, 0, "02:53:45.409000", "02:53:45.411000", {9: 1, 13: 1, 17: 1, 21: 1}),
    ("pino_ecs.ndjson", "ecs", 2, 0, "02:53:45.414000", "02:53:45.414000", {9: 1, 17: 1}),
    ("pino_iso_label.ndjson", "pino", 2, 0, "02:53:45.412000", "02:53:45.412000", {9: 1, 17: 1}),
    ("py_ecs.ndjson", "ecs", 2, 0, "02:57:23.606000", "02:57:23.606000", {9: 1, 17: 1}),
    ("py_json_logger_default.ndjson", "json+python-json-logger", 2, 0, None, None, {None: 2}),
    ("py_json_logger_fields.ndjson", "python-json-logger", 2, 0, "02:57:23.605000", "02:57:23.605000", {9: 1, 17: 1}),
    ("py_stdlib_text.log", "stdlib", 2, 0, "02:57:23.606000", "02:57:23.606000", {9: 1, 17: 1}),
    ("structlog.ndjson", "structlog", 2, 0, "02:57:23.607286", "02:57:23.607385", {9: 1, 17: 1}),
    ("structlog_logfmt.log", "logfmt", 1, 0, "02:57:23.607796", "02:57:23.607796", {17: 1}),
    ("syslog_rfc3164.log", "syslog-3164", 1, 0, "02:56:45", "02:56:45", {17: 1}),
    ("syslog_rfc5424.log", "syslog-5424", 2, 0, "02:56:45.048040", "02:56:45.048040", {17: 2}),
    ("winston_default_no_timestamp.ndjson", "winston", 1, 0, None, None, {17: 1}),
    ("winston_json.ndjson", "winston", 2, 0, "02:53:45.482000", "02:53:45.483000", {9: 1, 17: 1}),
    ("winston_simple.log", "winston-simple", 1, 0, "02:53:45", "02:53:45", {13: 1}),
]
# Its 150 lines of one second after 1970 and its one of another make have a test of their own below.
ANOTHER = "mixed.ndjson"
# Why a file's records may be without a time: nothing in it tells one.
WITHOUT_TIME = {
    "bad.ndjson": 4,  # made by hand: objects with one key, a word, a cut line
    "py_json_logger_default.ndjson": 2,  # the library's default writes neither time nor level
    "syslog_rfc5424.log": 1,  # its second line has `-` where the time stands
    "winston_default_no_timestamp.ndjson": 1,  # without format.timestamp() order is all there is
}


@pytest.mark.parametrize(("name", "reader", "records", "unreadable", "first", "last", "severities"), FILES)
def test_every_record_of_a_file_has_its_time_and_severity(
    name: str,
    reader: str,
    records: int,
    unreadable: int,
    first: str | None,
    last: str | None,
    severities: dict[int | None, int],
) -> None:
    """Not only those that are quoted above; the file is known by its content, and no line of it is lost."""
    content = (RECORDED / name).read_bytes()
    assert sniff(content, name) >= 0.5
    read = read_logs([RECORDED / name], root=RECORDED, around=AROUND)
    frame, file = read.frame.collect(), read.files[0]
    assert (file.reader, file.rows, file.unreadable, frame.height) == (reader, records, unreadable, records)
    assert (file.first_at and file.first_at.isoformat()) == (first and f"2026-11-23T{first}+00:00")
    assert (file.last_at and file.last_at.isoformat()) == (last and f"2026-11-23T{last}+00:00")
    assert dict(frame["severity_number"].value_counts().iter_rows()) == severities
    assert frame["timestamp"].null_count() == WITHOUT_TIME.get(name, 0)
    assert "\n".join(frame["raw"]) == content.decode().rstrip("\n")


def test_every_recording_is_one_of_these_tests() -> None:
    """A new one is told here."""
    assert {path.name for path in RECORDED.iterdir()} == {*(row[0] for row in FILES), ANOTHER}
    assert {path.name for path in RECORDED.iterdir()} == {row[0] for row in EXPECTED}


def test_severity_of_an_http_status_is_marked_as_derived() -> None:
    """Nothing was written as level: the text is null, and an attribute says what the number was derived from."""
    frame = read_logs([RECORDED / "nginx_combined_access.log"], root=RECORDED).frame.collect()
    assert frame["severity_text"].to_list() == [None, None, None]
    assert frame["attributes"][1] == (
        '{"agent":"evil \\\\x22quoted\\\\x22 \\\\x5Cx agent","bytes":157,"client":"127.0.0.1",'
        '"remote_user":"bob smith","severity_from":"status","status":502}'
    )


def test_journald_decodes_bytes_and_keeps_repeated_fields() -> None:
    """A message with control characters comes as an array of bytes; a field that is there twice as a list."""
    frame = read_logs([RECORDED / "journald_json.ndjson"], root=RECORDED).frame.collect()
    assert frame["message"].to_list() == ["no connection available", "red ansi error", "line one\nline two"]
    assert '"TAG":["one","two"]' in frame["attributes"][1]


def test_escapes_of_structured_data_are_undone() -> None:
    """A bracket and a quote inside the values of RFC 5424."""
    frame = read_logs([RECORDED / "syslog_rfc5424.log"], root=RECORDED).frame.collect()
    assert '"note":"has ] bracket and \\" quote"' in frame["attributes"][0]
    assert frame["service"].to_list() == ["payment-api", "payment-api"]


def test_stack_trace_belongs_to_the_record_above_it() -> None:
    """The fourteen lines of log4js are one record that keeps them all."""
    frame = read_logs([RECORDED / "log4js_basic.log"], root=RECORDED).frame.collect()
    assert frame.height == 1
    assert frame["raw"][0].count("\n") == 13
    assert frame["message"][0].endswith("  [Symbol(level)]: 'error'\n}")


def test_names_of_services_come_from_keys_that_name_one() -> None:
    """Pino's and bunyan's name and winston's service are the service; log4js has only its category."""
    names = ["pino_default.ndjson", "bunyan.ndjson", "winston_json.ndjson", "log4js_basic.log", "loguru.ndjson"]
    frame = read_logs([RECORDED / name for name in names], root=RECORDED).frame.collect()
    first = frame.group_by("file", maintain_order=True).first()
    assert first["service"].to_list() == ["payment-processor", "payment-processor", "payment-processor", "pool", None]


def test_dotted_level_is_taken_and_the_nested_rest_of_log_stays() -> None:
    """Python's ECS formatter writes log.level and an object log in one record."""
    frame = read_logs([RECORDED / "py_ecs.ndjson"], root=RECORDED).frame.collect()
    attributes = frame["attributes"][0]
    assert attributes.startswith('{"ecs.version":"1.6.0","log":{"logger":"py_ecs.ndjson","origin":')
    assert '"log.level"' not in attributes


def test_time_before_2000_is_a_finding() -> None:
    """150 lines of mixed.ndjson say that they were written one second after 1970 began."""
    findings = read_logs([RECORDED / "mixed.ndjson"], root=RECORDED).findings
    assert [(finding.rule, finding.message, str(finding.where)) for finding in findings] == [
        (
            "log-time-implausible",
            "150 of 151 records have a time before 2000 or after 2100.",
            "mixed.ndjson:1",
        )
    ]
