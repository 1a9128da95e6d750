"""Lines of text as the start of a record."""

from __future__ import annotations

from datetime import UTC

import pytest

from incident_analytics.sources.logs.json_line import JsonReader
from incident_analytics.sources.logs.text_line import TextReader, is_start_of_another_format
from incident_analytics.sources.logs.times import TimeReader

MOMENT = 1795402643605000  # 2026-11-23T02:57:23.605Z


def _reader() -> TextReader:
    times = TimeReader(UTC)
    return TextReader(times, JsonReader(times))


@pytest.mark.parametrize(
    ("line", "format_", "level", "severity", "message", "logger"),
    [
        ("2026-11-23 02:57:23,605 INFO pool.main charge ok", "stdlib", "INFO", 9, "charge ok", "pool.main"),
        ("2026-11-23 02:57:23,605 INFO Charge ok", "stdlib", "INFO", 9, "Charge ok", None),
        ("2026-11-23 02:57:23,605 - pay.pool - ERROR - timeout", "stdlib", "ERROR", 17, "timeout", "pay.pool"),
        ("[2026-11-23T02:57:23.605] [WARN] pool - slow", "log4js", "WARN", 13, "slow", "pool"),
        ("2026-11-23 03:57:23.605+01 ERROR timeout", "plain", "ERROR", 17, "timeout", None),
        ("2026-11-23 03:57:23.605 +0100 ERROR timeout", "plain", "ERROR", 17, "timeout", None),
        ("2026-11-23T02:57:23.605Z error: timeout", "plain", "error", 17, "timeout", None),
        ("2026-11-23T02:57:23.605Z [error] timeout", "plain", "error", 17, "timeout", None),
        ("2026-11-23T02:57:23.605Z\tinfo\tmain.go:5\tstarted", "plain", "info", 9, "main.go:5\tstarted", None),
        ("2026-11-23 02:57:23.605 [main] ERROR c.a.Pool - timeout", "plain", "ERROR", 17, "c.a.Pool - timeout", None),
        ("2026-11-23 02:57:23.605 | SUCCESS  | a:b:1 - done", "plain", "SUCCESS", 10, "a:b:1 - done", None),
        ("[2026-11-23 02:57:23,605] INFO [Log] Rolled (kafka)", "stdlib", "INFO", 9, "[Log] Rolled (kafka)", None),
        ("2026-11-23T02:57:23.605Z error connecting", "plain", None, None, "error connecting", None),
        ("2026-11-23T02:57:23.605Z INFORMATION desk", "plain", None, None, "INFORMATION desk", None),
        ("\x1b[90m2026-11-23T02:57:23.605Z\x1b[39m \x1b[31mERROR\x1b[39m x", "plain", "ERROR", 17, "x", None),
    ],
)
def test_leading_time_level_logger_and_message_are_told_apart(  # one argument a column
    line: str, format_: str, level: str | None, severity: int | None, message: str, logger: str | None
) -> None:
    """The common shapes of text logs; lower case is a level only where its place shows it."""
    record = _reader().start(line)
    assert record is not None
    assert (record.timestamp, record.format) == (MOMENT, format_)
    assert (record.severity_text, record.severity_number) == (level, severity)
    assert (record.message, record.logger) == (message, logger)


def test_clock_without_a_date_gives_a_level_but_no_time() -> None:
    """The date would be a guess, so the clock is kept as text."""
    record = _reader().start("05:18:42.995 INFO  - Get Ads finished")
    assert record is not None
    assert (record.timestamp, record.severity_number, record.message) == (None, 9, "Get Ads finished")
    assert record.attributes == {"clock": "05:18:42.995"}


def test_fields_behind_a_message_of_winston_are_read() -> None:
    """Winston's simple format ends in JSON; braces inside the message do not mislead."""
    record = _reader().start(
        'warn: pool {main} is {busy} {"size":50,"userId":"u1","timestamp":"2026-11-23T02:57:23.605Z"}'
    )
    assert record is not None
    assert (record.format, record.severity_number, record.message) == ("winston-simple", 13, "pool {main} is {busy}")
    assert (record.timestamp, record.user_id, record.attributes) == (MOMENT, "u1", {"size": 50})


def test_python_basic_config_lines_have_level_and_logger() -> None:
    """logging.basicConfig() writes WARNING:root:message."""
    record = _reader().start("WARNING:pay.pool:slow: 3 s")
    assert record is not None
    assert (record.severity_number, record.logger, record.message) == (13, "pay.pool", "slow: 3 s")


@pytest.mark.parametrize("line", ["", "Error: boom", "    at x (y.js:1:2)", "2026-11-23", "[1, 2]", "12 apples", "}"])
def test_lines_that_show_no_start_are_none(line: str) -> None:
    """Traces, lists and dates alone begin no record."""
    assert _reader().start(line) is None


@pytest.mark.parametrize(
    ("line", "is_start"),
    [
        ("<131>Nov 23 02:56:45 vm payment-api: x", True),
        ("Nov 23 02:56:45 vm payment-api: x", True),
        ('127.0.0.1 - bob smith [23/Nov/2026:02:55:56 +0000] "GET / HTTP/1.1" 200 2', True),
        ("level=error msg=x", True),
        ("E1123 02:57:23.605 1 pool.go:5] x", True),
        ("Error: boom", False),
    ],
)
def test_starts_of_other_formats_are_known(line: str, is_start: bool) -> None:
    """Lines of syslog, access logs, logfmt and klog do not join the record above them."""
    assert is_start_of_another_format(line) is is_start
