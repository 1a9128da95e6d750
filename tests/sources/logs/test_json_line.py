"""JSON lines as records."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.logs.json_line import JsonReader, decoded_object
from incident_analytics.sources.logs.times import TimeReader

if TYPE_CHECKING:
    from incident_analytics.sources.logs.record import LogRecord


def _record(**fields: object) -> LogRecord:
    return JsonReader(TimeReader(UTC)).record(fields)


@pytest.mark.parametrize(
    "line", ["", "[1]", "{", '{"a":1', '{"a":1} {"b":2}', "{'a': 1}", '{"a":' + "9" * 5_000 + "}", "null", '"text"']
)
def test_what_is_not_one_whole_object_is_none(line: str) -> None:
    """Arrays, halves, several objects and other notations are left to the text reader."""
    assert decoded_object(line) is None


def test_brackets_10000_deep_are_refused_and_200_are_read() -> None:
    """Depth is measured before the parser sees the line, so its recursion is never tried; quoted ones do not count."""
    deep = '{"a":' + "[" * 10_000 + "]" * 10_000 + "}"
    fair = '{"a":' + "[" * 199 + "]" * 199 + "}"
    quoted = json.dumps({"a": "[" * 10_000 + '"{'})
    assert decoded_object(deep) is None
    assert decoded_object(fair) is not None
    assert decoded_object(quoted) == {"a": "[" * 10_000 + '"{'}


def test_quotes_without_end_are_measured_in_one_pass() -> None:
    """A megabyte of escaped quotes after many brackets is refused without trying each quote again."""
    line = '{"a":' + "[]" * 101 + '"' + '\\"' * 500_000
    assert decoded_object(line) is None


def test_tabs_inside_strings_and_a_comma_at_the_end_are_let_through() -> None:
    """Printf-made JSON holds raw control characters; a printed array has a comma behind each record."""
    assert decoded_object('{"a":"x\ty"},') == {"a": "x\ty"}


@pytest.mark.parametrize(
    ("message", "expected"),
    [({"b": 1, "a": [2]}, '{"a":[2],"b":1}'), (12, "12"), (False, "false"), ("", ""), (None, None)],
)
def test_message_that_is_no_text_is_shown_as_json(message: object, expected: str | None) -> None:
    """Objects, numbers and booleans become JSON; null stays unknown."""
    assert _record(level=30, time=1795402425409, msg=message).message == expected


@pytest.mark.parametrize(
    ("level", "text", "number"),
    [
        (True, "true", None), (30, "30", 9), (35.5, "35.5", 9), (99, "99", None), ("loud", "loud", None),
        (None, None, None), ({}, None, None),
    ],
)  # fmt: skip
def test_strange_levels_are_kept_as_written(level: object, text: str | None, number: int | None) -> None:
    """A level that nobody knows has its text and no number; nothing is invented."""
    record = _record(level=level, time=1795402425409, pid=1, hostname="vm", msg="x")
    assert (record.severity_text, record.severity_number) == (text, number)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("userId", 42), ("user_id", "42"), ("uid", "42"), ("customerId", "42"), ("customer_id", 42),
        ("user", {"id": "42"}), ("user.id", "42"), ("enduser.id", "42"), ("usr", {"id": 42}),
        ("context", {"userId": "42"}),
    ],
)  # fmt: skip
def test_user_ids_are_found_under_their_common_names(key: str, value: object) -> None:
    """Flat, dotted and nested names of users and customers; the id leaves the attributes."""
    record = _record(**{"level": "info", "message": "x", key: value})
    assert record.user_id == "42"
    assert record.attributes == {}


@pytest.mark.parametrize("value", [True, "", {"name": "Ada"}, None, 1.5])
def test_what_is_no_id_is_no_user(value: object) -> None:
    """Booleans, empty text and objects stay attributes."""
    record = _record(level="info", message="x", user_id=value)
    assert record.user_id is None
    assert record.attributes == {"user_id": value}


def test_trace_span_and_service_are_taken_from_dotted_and_nested_names() -> None:
    """ECS writes trace.id and service.name either way; what is left of an object stays."""
    fields: dict[str, object] = {
        "@timestamp": "2026-11-23T02:53:45.414Z",
        "log": {"level": "warn", "logger": "pool"},
        "message": "x",
        "trace": {"id": "t1"},
        "span.id": "s1",
        "service": {"name": "payments", "version": "2"},
    }
    record = JsonReader(TimeReader(UTC)).record(fields)
    assert (record.format, record.severity_number) == ("ecs", 13)
    assert (record.trace_id, record.span_id, record.service) == ("t1", "s1", "payments")
    assert record.attributes == {"log": {"logger": "pool"}, "service": {"version": "2"}}


def test_next_time_key_is_tried_when_the_first_is_no_time() -> None:
    """A duration called time does not hide the timestamp, and stays an attribute."""
    record = _record(time="12ms", ts=1795402425.5, msg="x")
    assert record.timestamp == 1795402425500000
    assert record.attributes == {"time": "12ms"}


def test_pino_line_without_msg_has_no_message() -> None:
    """logger.info({...}) writes no msg; the fields are the attributes."""
    record = _record(level=30, time=1795402425409, pid=1, hostname="vm", size=50)
    assert record.message is None
    assert record.attributes == {"pid": 1, "hostname": "vm", "size": 50}


def test_thousands_of_key_sets_do_not_pile_up() -> None:
    """Lines with random keys make a plan each, and old plans are let go."""
    reader = JsonReader(TimeReader(UTC))
    for number in range(10_000):
        reader.record({f"key{number}": 1, "msg": "x"})
    assert len(reader._plans) <= 4_096  # noqa: SLF001 -- the bound is the promise
