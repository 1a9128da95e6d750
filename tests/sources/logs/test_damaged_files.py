"""Files in bad states: what can be read is read, the rest is counted, nothing raises."""

from __future__ import annotations

import gzip
import random
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.logs import read_logs

if TYPE_CHECKING:
    from pathlib import Path

    from incident_analytics.sources.logs import LogReading

ACCESS = '10.0.0.1 - - [23/Nov/2026:02:55:{n:02} +0000] "GET /{n} HTTP/1.1" 200 {n} "-" "curl"\n'
SIZE = 1_000_000


def _read(folder: Path, content: bytes, name: str = "app.log") -> LogReading:
    path = folder / name
    path.write_bytes(content)
    return read_logs([path], root=folder, around=datetime(2026, 11, 23, tzinfo=UTC))


def test_cut_gzip_gives_the_lines_before_the_cut(tmp_path: Path) -> None:
    """Access lines up to the cut, a finding, and the cut line as it is."""
    content = "".join(ACCESS.format(n=n % 60) for n in range(20_000)).encode()
    packed = gzip.compress(content)
    read = _read(tmp_path, packed[: len(packed) // 2], "app.log.gz")
    frame = read.frame.collect()
    assert frame.height > 5_000
    assert frame["timestamp"].null_count() <= 1
    assert [finding.rule for finding in read.findings] == ["log-file-truncated"]


def test_noise_between_lines_is_counted(tmp_path: Path) -> None:
    """Random bytes hold lines of noise; the lines around them are read."""
    noise = random.Random(7).randbytes(20_000)  # noqa: S311 -- a seeded test
    content = (ACCESS.format(n=1) * 100).encode() + noise + b"\n" + (ACCESS.format(n=2) * 100).encode()
    read = _read(tmp_path, content)
    frame = read.frame.collect()
    assert frame.filter(format="access").height == 200
    assert read.files[0].unreadable > 10
    assert any("not UTF-8" in note for note in read.files[0].notes)


@pytest.mark.parametrize(
    "line",
    [
        '{"level":30,"time":1795402425409,"msg":"' + "x" * SIZE + '"}',
        '10.0.0.1 - - [23/Nov/2026:02:55:01 +0000] "' + "a" * SIZE,
        "a.log" * (SIZE // 5),
        'level="a" msg="b" ' * (SIZE // 18),
        "2026-11-23 02:53:45,123 - INFO  [" + "a:b@" * (SIZE // 4),
        "2026-11-23 02:53:45.123 UTC " + "ERROR: " * (SIZE // 7),
        "<13>1 - h a - - " + '[a b="c"]' * (SIZE // 9) + "x",
        "[2026-11-23 02:53:45,123] INFO " + " (a" * (SIZE // 3),
        "Nov 23 02:53:45 h tag: " + "y" * SIZE,
        "[" * SIZE,
        "\0" * SIZE,
    ],
    ids=lambda line: line[:12].strip("\0"),
)
def test_line_of_a_megabyte_costs_no_more_than_a_second(tmp_path: Path, line: str) -> None:
    """Each of a kind that makes a careless pattern quadratic; the line is kept whole."""
    began = time.process_time()
    frame = _read(tmp_path, f"{line}\nnext\n".encode()).frame.collect()
    assert time.process_time() - began < 1
    assert frame["raw"][0].startswith(line)


def test_long_message_is_kept_whole(tmp_path: Path) -> None:
    """Patterns see the beginning of a line; the message has all of it."""
    frame = _read(tmp_path, ("Nov 23 02:53:45 h tag: " + "y" * SIZE).encode()).frame.collect()
    assert (frame["format"][0], frame["message"].str.len_chars()[0]) == ("syslog-3164", SIZE)


def test_bytes_that_are_not_utf8_are_replaced_in_their_line_alone(tmp_path: Path) -> None:
    """Latin-1 inside a text line: time and level are read."""
    read = _read(tmp_path, b"2026-11-23 02:55:01,000 ERROR caf\xe9 closed\n2026-11-23 02:55:02,000 INFO ok\n")
    assert read.frame.collect()["message"].to_list() == ["caf\ufffd closed", "ok"]
    assert "lines with bytes that are not UTF-8, replaced: 1" in read.files[0].notes


def test_clock_that_runs_backwards_and_stands_still_keeps_the_order(tmp_path: Path) -> None:
    """Times stay as written, in the order of the lines; the ledger counts the steps back, not the repetitions."""
    numbers = [5, 5, 5, 40, 3, 3] * 30
    read = _read(tmp_path, "".join(ACCESS.format(n=n) for n in numbers).encode())
    assert read.frame.collect()["timestamp"].dt.second().to_list() == numbers
    assert read.files[0].notes == ("30 of 180 records over a second earlier than the one before",)
