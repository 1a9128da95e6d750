"""Lines into records."""

from __future__ import annotations

import json
from datetime import UTC

import pytest

from incident_analytics.sources.logs.joining import LineReader, is_noise, joined
from incident_analytics.sources.logs.times import TimeReader

PINO = '{"level":30,"time":1795402425409,"pid":1,"hostname":"vm","msg":"ok"}'
TEXT = "2026-11-23 02:57:23,605 ERROR timeout"


def _read(*lines: str) -> list[tuple[str, int, str | None]]:
    records = joined(enumerate(lines, 1), LineReader(TimeReader(UTC)))
    return [(record.format, record.line, record.message) for record in records]


def test_plain_lines_between_json_lines_are_records_of_their_own() -> None:
    """Nothing joins a JSON line; an indented line joins the plain one before it."""
    assert _read(PINO, "Error: boom", "    at a.js:1", "second", PINO) == [
        ("pino", 1, "ok"),
        ("plain", 2, "Error: boom\n    at a.js:1"),
        ("plain", 4, "second"),
        ("pino", 5, "ok"),
    ]


def test_everything_up_to_the_next_start_belongs_to_a_text_record() -> None:
    """A Python traceback, its blank line and its last line without indent join; blank lines at the end do not."""
    records = list(
        joined(
            enumerate([TEXT, "Traceback:", '  File "a.py"', "", "ValueError: x", "", TEXT], 1),
            LineReader(TimeReader(UTC)),
        )
    )
    assert [record.line for record in records] == [1, 7]
    assert records[0].raw == f'{TEXT}\nTraceback:\n  File "a.py"\n\nValueError: x'


def test_json_syslog_and_broken_json_do_not_join_a_text_record() -> None:
    """A line that begins a record of another format begins one after text too."""
    assert _read(TEXT, PINO, TEXT, "<131>Nov 23 02:56:45 vm a: x", TEXT, '{"cut":') == [
        ("stdlib", 1, "timeout"),
        ("pino", 2, "ok"),
        ("stdlib", 3, "timeout"),
        ("plain", 4, "<131>Nov 23 02:56:45 vm a: x"),
        ("stdlib", 5, "timeout"),
        ("unreadable", 6, None),
    ]


def test_line_of_docker_is_read_as_the_line_inside_it() -> None:
    """The wrapper gives its time where the inner line has none, and its stream becomes an attribute."""
    inner = '{"severity":"info","pid":1,"hostname":"vm","message":"hi"}\n'
    lines = [
        json.dumps({"log": text, "stream": "stdout", "time": "2026-11-23T02:57:23.605Z"}) for text in (inner, "x\n")
    ]
    records = list(joined(enumerate(lines, 1), LineReader(TimeReader(UTC))))
    assert [(r.format, r.timestamp, r.message) for r in records] == [
        ("pino", 1795402643605000, "hi"),
        ("plain", 1795402643605000, "x"),
    ]
    assert records[1].attributes == {"stream": "stdout"}


def test_wrappers_inside_wrappers_end_after_three() -> None:
    """A line wrapped a hundred times does not unwrap a hundred times."""
    line = "x"
    for _ in range(6):
        line = json.dumps({"log": line, "stream": "stdout"})
    record = next(joined([(1, line)], LineReader(TimeReader(UTC))))
    assert record.format == "docker"


def test_a_record_joins_at_most_5000_lines() -> None:
    """Text without end behind one start does not grow without end."""
    lengths = [record[2].count("\n") for record in _read(TEXT, *["tail"] * 5_001) if record[2]]
    assert lengths == [5_000, 0]


def test_zero_bytes_before_a_line_are_skipped_and_alone_are_noise() -> None:
    """Rotating a log that is still written to leaves zero bytes before the next line."""
    assert _read("\0\0\0" + PINO, "\0\0\0") == [("pino", 1, "ok"), ("unreadable", 2, None)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", False),
        ("charge ok", False),
        ("\tcafé \x1b[31m", False),
        ("\ufffd" * 9, True),
        ("a\x00\x01", True),
        ("caf\ufffd ok", False),
    ],
)
def test_noise_is_what_is_mostly_no_text(line: str, expected: bool) -> None:
    """Tabs, colours and one bad byte are text; control characters and replacements in number are not."""
    assert is_noise(line) is expected
