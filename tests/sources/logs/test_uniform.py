"""Lines read all at once against the same lines read one by one."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from incident_analytics.sources.logs import read_logs, uniform
from incident_analytics.sources.logs.times import TimeReader

if TYPE_CHECKING:
    from incident_analytics.sources.logs import LogReading

PINO = '{"level":30,"time":1795402425409,"pid":1,"hostname":"vm","name":"pay","userId":"u1","msg":"ok"}'


def _both_ways(lines: list[str], *, zone: str | None = None, folder: str = "") -> tuple[LogReading, LogReading]:
    with TemporaryDirectory() as name:
        root = Path(name)
        path = root / folder / "app.ndjson"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines))
        with patch.object(uniform, "FEWEST_LINES", 1), patch.object(uniform, "FEWEST_OF_A_SHAPE", 1):
            together = read_logs([path], root=root, zone=zone)
        with patch.object(uniform, "FEWEST_LINES", 10**9):
            alone = read_logs([path], root=root, zone=zone)
    return together, alone


def _assert_same(lines: list[str], *, zone: str | None = None, folder: str = "") -> pl.DataFrame:
    together, alone = _both_ways(lines, zone=zone, folder=folder)
    frame = together.frame.collect()
    assert_frame_equal(frame, alone.frame.collect())
    assert together.files == alone.files
    assert together.findings == alone.findings
    return frame


_TEXTS = st.one_of(
    st.sampled_from(
        ["", "root", "__main__", "info", "ERROR", "a\tb", 'q"q', "\\", "é☃", "\x1b[31m", "\x7f", "/", "\n"]
    ),
    st.text(st.characters(codec="utf-8"), max_size=12),
)
_SCALARS = st.one_of(
    _TEXTS,
    st.integers(),
    st.integers(min_value=0, max_value=100),
    st.booleans(),
    st.none(),
    st.floats(),
    st.sampled_from([0.0, -0.0, 0.001, 0.00001, 1e16, 1e22, 1795402425.5, 100.0, 2.5]),
)
_TIMES = st.one_of(
    st.integers(min_value=-5, max_value=4 * 10**18),
    st.integers(min_value=1795402425000, max_value=1795402429999),
    st.sampled_from(["2026-11-23T02:53:45.412Z", "2026-10-25 02:30:00", "2026-11-23 02:57:23,605", "never", ""]),
    st.floats(min_value=0, max_value=2e9),
    _SCALARS,
)
_LEVELS = st.one_of(st.sampled_from([10, 20, 30, 35, 40, 50, 60, "info", "warn", "ERROR", "odd"]), _SCALARS)
_NESTED = st.dictionaries(
    st.sampled_from(["b", "a", "type", "id"]), st.one_of(_SCALARS, st.lists(_SCALARS, max_size=2))
)
_KEYS = ["pid", "hostname", "name", "service", "userId", "user_id", "trace_id", "spanId", "logger", "x.y", "size", "v"]
_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "level": _LEVELS, "severity": _LEVELS, "time": _TIMES, "timestamp": _TIMES, "msg": _SCALARS,
        "message": _SCALARS, "event": _TEXTS, "err": _NESTED, "user": _NESTED, "log": _NESTED,
        **dict.fromkeys(_KEYS, _SCALARS),
    },
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(_FIELDS, min_size=1, max_size=6), st.booleans(), st.sampled_from(["", "evidence/logs/api"]))
def test_any_lines_read_the_same_at_once_and_one_by_one(
    records: list[dict[str, object]], spaced: bool, folder: str
) -> None:
    """Whatever keys, types and characters: rows, ledger and findings are the same both ways."""
    separators = (", ", ": ") if spaced else (",", ":")
    lines = [json.dumps(record, separators=separators, ensure_ascii=False) for record in records]
    _assert_same([*lines, "plain", *lines], zone="Europe/Berlin", folder=folder)


def test_lines_of_a_shape_are_read_at_once() -> None:
    """Of a hundred alike lines none is left for the line by line reader."""
    reader = uniform.UniformReader("a", None, TimeReader(UTC))
    lines = pl.DataFrame({"line": range(1, 101), "raw": [PINO] * 100})
    read = reader.read(lines)
    assert [frame.height for frame in read] == [100]
    assert read[0].row(0, named=True)["attributes"] == '{"hostname":"vm","pid":1}'


@pytest.mark.parametrize(
    "other",
    [
        PINO.replace('"ok"', '{"a":1}'),
        PINO.replace("30", '"error"'),
        PINO.replace('"u1"', '""'),
        PINO.replace('"ok"', '"\\ud83d"'),
        PINO.replace('"ok"', '"\\u00e9"'),
        PINO.replace('"pid":1', '"pid":1,"pid":2'),
        PINO.replace('"pid":1', '"pid":01'),
        PINO.replace("1795402425409", "0"),
        PINO.replace('"pid":1', '"pid":12345678901234567890'),
        PINO + ",",
        PINO[:-1],
        "text",
        "    indented text",
        "2026-11-23T02:53:45Z ERROR text",
        "",
        "\0",
    ],
)
def test_line_that_breaks_the_shape_is_read_on_its_own_in_its_place(other: str) -> None:
    """A strange line among alike ones costs nothing but its own time."""
    frame = _assert_same([PINO] * 3 + [other, "  at x"] + [PINO] * 2 + [other] + [PINO])
    assert frame.filter(pl.col("raw") == PINO).height == 6
    assert frame["line"].is_sorted()


def test_shape_whose_every_line_needs_a_second_look_gives_no_rows_at_once() -> None:
    """Lines with an empty name are all read on their own; the empty remainder has the same columns."""
    _assert_same(['{"level":10,"name":""}'] * 3)


def test_text_before_and_after_a_run_of_alike_lines_is_not_joined() -> None:
    """A line that was read at once ends the text record before it, as it does line by line."""
    frame = _assert_same(["2026-11-23T02:53:45Z ERROR a", "more", PINO, PINO, "more", "  and more", PINO])
    assert frame["raw"].to_list() == ["2026-11-23T02:53:45Z ERROR a\nmore", PINO, PINO, "more\n  and more", PINO]


def test_records_go_on_over_the_ends_of_blocks(tmp_path: Path) -> None:
    """A stack trace that a block's end cuts is one record, and rows keep the order of lines."""
    path = tmp_path / "app.log"
    long_line = PINO.replace("ok", "x" * 5_000)
    lines = ([long_line] * 700 + ["2026-11-23T02:53:45Z ERROR a", *["  at x" * 100] * 3_000]) * 3
    path.write_text("\n".join(lines))
    frame = read_logs([path], root=tmp_path).frame.collect()
    assert frame.height == 3 * 701
    assert frame["line"].is_sorted()
    assert frame["raw"].str.split("\n").list.len().sum() == len(lines)


@pytest.mark.parametrize(
    "times",
    [
        ["2024-02-29T23:59:59Z", "1970-01-01T00:00:00.5Z", "2099-12-31T12:00:00.123456Z"],
        ["1969-12-31T23:59:59.000001Z"],
        ["2023-02-29T00:00:00Z", "2024-01-01T00:00:00Z"],
        ["2024-01-01T00:00:60Z", "2024-01-01T00:00:00Z"],
    ],
)
def test_times_in_utc_are_what_the_reader_of_times_makes_of_them(times: list[str]) -> None:
    """Leap days, fractions, times before 1970, and those that there are not."""
    _assert_same([f'{{"time":"{time}","level":"info","msg":"x"}}' for time in times])
