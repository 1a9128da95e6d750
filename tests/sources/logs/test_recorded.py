"""Files that the real libraries wrote: what each says, read by eye from the file beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.sources.logs import read_logs

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "logs"

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
    ("bad.ndjson", 1, "plain", None, None, None, "plain text line"),
    ("bad.ndjson", 3, "unreadable", None, None, None, None),
    ("mixed.ndjson", 149, "pino", "1970-01-01T00:00:01+00:00", 9, "30", "a"),
    ("mixed.ndjson", 150, "json", "2026-01-01T00:00:00+00:00", 17, "error", '{"x":1}'),
]  # fmt: skip

# Formats without a reader of their own: file, records, lines of the file
AS_PLAIN_TEXT = [
    ("nginx_combined_access.log", 3),
    ("nginx_error.log", 17),
    ("logfmt_alertmanager.log", 7),
    ("logfmt_prometheus.log", 36),
    ("structlog_logfmt.log", 1),
    ("syslog_rfc3164.log", 1),
    ("syslog_rfc5424.log", 2),
]


@pytest.mark.parametrize(("name", "row", "written_by", "time", "severity", "level", "message"), EXPECTED)
def test_recorded_line_gives_its_time_level_and_message(
    name: str, row: int, written_by: str, time: str | None, severity: int | None, level: str | None, message: str | None
) -> None:
    """A line of a real library says what a reader of the file sees."""
    frame = read_logs([RECORDED / name], root=RECORDED).frame.collect()
    record = frame.row(row, named=True)
    first_line = record["message"] and record["message"].split("\n")[0]
    assert record["format"] == written_by
    assert (record["timestamp"] and record["timestamp"].isoformat()) == time
    assert (record["severity_number"], record["severity_text"], first_line) == (severity, level, message)


@pytest.mark.parametrize(("name", "records"), AS_PLAIN_TEXT)
def test_format_without_a_reader_keeps_every_line_as_plain_text(name: str, records: int) -> None:
    """Lines of formats that are not known yet are records with their raw text, one a line."""
    frame = read_logs([RECORDED / name], root=RECORDED).frame.collect()
    lines = (RECORDED / name).read_text().rstrip("\n").split("\n")
    assert frame["raw"].to_list() == lines
    assert frame["format"].unique().to_list() == ["plain"]
    assert frame.height == records


def test_journald_lines_without_a_known_message_are_their_own_message() -> None:
    """JSON of an unknown make is shown as it was and all its fields are attributes."""
    frame = read_logs([RECORDED / "journald_json.ndjson"], root=RECORDED).frame.collect()
    assert frame["format"].to_list() == ["json", "json", "json"]
    assert frame["message"].to_list() == frame["raw"].to_list()
    assert '"MESSAGE":"no connection available"' in frame["attributes"][0]


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
