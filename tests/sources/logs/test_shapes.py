"""Shapes of JSON lines."""

from __future__ import annotations

import re

import pytest

from incident_analytics.sources.logs.shapes import shape_of

PINO = '{"level":30,"time":1795402425409,"err":{"code":"E","n":null},"ok":true,"ratio":0.5,"msg":"a\\"b"}'


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        (PINO, True),
        (PINO.replace("30", "60").replace("true", "false").replace("0.5", "12.25").replace('"E"', '""'), True),
        (PINO.replace(":", ": ").replace(",", ", "), True),
        (PINO.replace("30", '"info"'), False),
        (PINO.replace("null", "1"), False),
        (PINO.replace("0.5", "5"), False),
        (PINO.replace("0.5", "0.00001"), False),
        (PINO.replace("0.5", "1e9"), False),
        (PINO.replace('a\\"b', "\\u00e9"), False),
        (PINO.replace('"ok":true,', ""), False),
        (PINO.replace('"ok":true,', '"ok":true,"ok":true,'), False),
        (PINO + "}", False),
    ],
)
def test_only_lines_of_the_same_keys_and_types_fit(line: str, fits: bool) -> None:
    """The pattern leaves out whatever the two ways of reading might read differently."""
    shape = shape_of(PINO)
    assert shape is not None
    assert bool(re.search(shape.pattern, line)) is fits


@pytest.mark.parametrize(
    "line",
    [
        "text", "{}", "[1]", '{"a":[1]}', '{"msg":12}', '{"level":true,"msg":"x"}', '{"level":1.5,"msg":"x"}',
        '{"k\\"ey":1}', '{"a":{}}', '{"user":{"id":1},"msg":"x"}', '{"log":"x","stream":"stdout"}',
        '{"text":"x","record":{}}', '{"a":{"b":{"c":{"d":1}}}}',
    ],
)  # fmt: skip
def test_lines_that_need_a_look_of_their_own_have_no_shape(line: str) -> None:
    """Lists, wrappers, columns inside objects, strange levels and messages go the slow way."""
    assert shape_of(line) is None


@pytest.mark.parametrize("line", ['{"a":1e400}', '{"a":"\\u00e9"}'])
def test_lines_with_a_value_written_strangely_do_not_match_their_own_shape(line: str) -> None:
    """The two ways of reading might differ about it, so it goes the slow way."""
    shape = shape_of(line)
    assert shape is not None
    assert not re.search(shape.pattern, line)
