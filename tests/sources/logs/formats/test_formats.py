"""Formats of text: what a line of each says, and that no line is claimed by two."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_analytics.sources.logs.formats import FORMATS, read_text
from incident_analytics.sources.logs.times import EPOCH, MICROSECOND, TimeReader

AROUND = datetime(2024, 1, 15, tzinfo=UTC)
RECORDED = Path(__file__).parents[3] / "data" / "recorded" / "logs"

# line, format, time, severity number, level as written, message, service or logger, some attributes
EXPECTED = [
    (
        '127.0.0.1 - - [15/Jan/2024:14:15:00 -0500] "GET / HTTP/1.0" 404 -',
        "access", "2024-01-15T19:15:00+00:00", 13, None, "GET / HTTP/1.0", None, {"status": 404},
    ),
    (
        'shop.example:443 ::1 - - [15/Jan/2024:14:15:00 +0000] "-" 408 0 "-" "-" 0.012',
        "access", "2024-01-15T14:15:00+00:00", 13, None, "", None, {"vhost": "shop.example:443", "more": "0.012"},
    ),
    (
        "[Mon Jan 15 14:15:00.123456 2024] [proxy:error] [pid 7:tid 140] [client 10.0.0.1:5] AH00898: failed",
        "apache-error", "2024-01-15T14:15:00.123456+00:00", 17, "error", "[client 10.0.0.1:5] AH00898: failed", None,
        {"module": "proxy", "pid": 7, "thread": 140},
    ),
    (
        "Jan  5 04:05:06 db1 sshd[42]: Failed password",
        "syslog-3164", "2024-01-05T04:05:06+00:00", None, None, "Failed password", "sshd", {"host": "db1", "pid": "42"},
    ),
    (
        "Dec 31 23:59:59 db1 kernel: oom",
        "syslog-3164", "2023-12-31T23:59:59+00:00", None, None, "oom", "kernel", {"host": "db1"},
    ),
    (
        "2024-01-15T14:15:00.048+00:00 web-1 nginx[7]: started",
        "syslog-file", "2024-01-15T14:15:00.048000+00:00", None, None, "started", "nginx", {"host": "web-1"},
    ),
    (
        "2024-01-15 14:15:00.123 UTC [42] app@shop ERROR:  deadlock detected",
        "postgresql", "2024-01-15T14:15:00.123000+00:00", 17, "ERROR", "deadlock detected", None,
        {"prefix": "[42] app@shop"},
    ),
    (
        "2024-01-15 14:15:00 UTC LOG:  checkpoint starting: time",
        "postgresql", "2024-01-15T14:15:00+00:00", 9, "LOG", "checkpoint starting: time", None, {},
    ),
    (
        "2024-01-15 14:15:00.123  INFO 1234 --- [nio-8080-exec-1] c.e.shop.Checkout       : charged",
        "logback", "2024-01-15T14:15:00.123000+00:00", 9, "INFO", "charged", "c.e.shop.Checkout",
        {"pid": 1234, "thread": "nio-8080-exec-1"},
    ),
    (
        "2024-01-15T14:15:00.123Z  WARN 1 --- [shop] [main] c.e.Pool : exhausted",
        "logback", "2024-01-15T14:15:00.123000+00:00", 13, "WARN", "exhausted", "c.e.Pool",
        {"application": "shop", "thread": "main"},
    ),
    (
        "2024-01-15 14:15:00,123 [main] ERROR com.shop.Pool - no connection",
        "logback", "2024-01-15T14:15:00.123000+00:00", 17, "ERROR", "no connection", "com.shop.Pool",
        {"thread": "main"},
    ),
    (
        "2024-01-15 14:15:00.123 DEBUG [main] com.shop.Pool - borrowed",
        "logback", "2024-01-15T14:15:00.123000+00:00", 5, "DEBUG", "borrowed", "com.shop.Pool", {"thread": "main"},
    ),
    (
        "2024-01-15 14:15:00.123 | SUCCESS  | shop.jobs:run:19 - done",
        "loguru", "2024-01-15T14:15:00.123000+00:00", 10, "SUCCESS", "done", "shop.jobs",
        {"function": "run", "source_line": 19},
    ),
    (
        "2024-01-15 14:15:00.123 7 WARNING nova.compute [-] slow",
        "oslo", "2024-01-15T14:15:00.123000+00:00", 13, "WARNING", "slow", "nova.compute", {"pid": 7},
    ),
    (
        "nova-api.log.1 2024-01-15 14:15:00.123 7 INFO nova.wsgi [req-1 a - -] done",
        "oslo", "2024-01-15T14:15:00.123000+00:00", 9, "INFO", "done", "nova.wsgi",
        {"log_file": "nova-api.log.1", "request": "req-1 a - -"},
    ),
    (
        '2024-01-15T14:15:00.123Z\tERROR\tpay\tpool/pool.go:12\tno connection\t{"size": 50}',
        "zap", "2024-01-15T14:15:00.123000+00:00", 17, "ERROR", "no connection", "pay",
        {"caller": "pool/pool.go:12", "size": 50},
    ),
    (
        "E0115 14:15:00.123456    7 sync.go:12] cannot sync",
        "klog", "2024-01-15T14:15:00.123456+00:00", 17, "E", "cannot sync", None, {"caller": "sync.go:12", "thread": 7},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "written_by", "time", "severity", "level", "message", "service", "attributes"), EXPECTED
)
def test_line_says_what_a_person_reads(  # noqa: PLR0913, PLR0917 -- the columns of the table above
    line: str, written_by: str, time: str, severity: int | None, level: str | None, message: str, service: str | None,
    attributes: dict[str, object],
) -> None:  # fmt: skip
    """Time, level, message, who wrote it, and the rest as attributes."""
    found = read_text(line, TimeReader(UTC, AROUND))
    assert found is not None
    record = found[0]
    assert record.timestamp is not None
    assert (record.format, (EPOCH + record.timestamp * MICROSECOND).isoformat()) == (written_by, time)
    assert (record.severity_number, record.severity_text, record.message) == (severity, level, message)
    assert (record.service or record.logger) == service
    assert attributes.items() <= record.attributes.items()


@pytest.mark.parametrize("line", [each[0] for each in EXPECTED])
def test_line_is_claimed_by_one_format(line: str) -> None:
    """Patterns exclude each other, so that their order does not matter."""
    assert sum(each.pattern.fullmatch(line) is not None for each in FORMATS) == 1


def test_recorded_lines_are_claimed_by_one_format_at_most() -> None:
    """The same over every recorded line."""
    lines = [line for path in sorted(RECORDED.iterdir()) for line in path.read_text().splitlines()]
    assert max(sum(each.pattern.fullmatch(line) is not None for each in FORMATS) for line in lines) == 1


@pytest.mark.parametrize(
    "line",
    ["", "plain text", "Jan said: no", "[2026-11-23] x", "Nov 31 10:00:00 host tag: x", "1234567 text", "GET / 200"],
)
def test_other_text_is_left_alone(line: str) -> None:
    """Prose, and a day that no month has."""
    assert read_text(line, TimeReader(UTC, AROUND)) is None
