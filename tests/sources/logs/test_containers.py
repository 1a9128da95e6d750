"""Lines inside the wrappers of container runtimes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from incident_analytics.sources.logs import read_logs

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

AT = "2026-11-23T02:53:45.409123456Z"


def _read(folder: Path, *lines: str) -> pl.DataFrame:
    path = folder / "pod.log"
    path.write_text("\n".join(lines) + "\n")
    return read_logs([path], root=folder).frame.collect()


def _docker(text: str, stream: str = "stdout") -> str:
    return json.dumps({"log": text, "stream": stream, "time": AT})


def test_pieces_of_containerd_are_one_line(tmp_path: Path) -> None:
    """P goes on until F, each stream by itself; the record has all its lines."""
    lines = [
        f'{AT} stdout P {{"level":50,"time":17954024',
        f"{AT} stderr F ERROR:root:between",
        f'{AT} stdout F 25409,"msg":"no connection"}}',
        f"{AT} stdout F plain",
    ]
    frame = _read(tmp_path, *lines)
    assert frame.select("format", "message", "line").rows() == [
        ("pino", "no connection", 1), ("stdlib", "between", 2), ("plain", "plain", 4),
    ]  # fmt: skip
    assert frame["raw"][0] == f"{lines[0]}\n{lines[2]}"
    assert frame["timestamp"].dt.epoch("us").to_list() == [1795402425409000, 1795402425409123, 1795402425409123]
    assert frame["attributes"].to_list() == [
        '{"stream":"stdout"}', '{"logger":"root","stream":"stderr"}', '{"stream":"stdout"}',
    ]  # fmt: skip


def test_stack_trace_joins_over_its_wrappers(tmp_path: Path) -> None:
    """Docker wraps each line of a trace by itself; another stream ends it."""
    frame = _read(
        tmp_path,
        _docker("2026-11-23 02:53:45.400 ERROR boom\n"),
        _docker("Traceback (most recent call last):\n"),
        _docker('  File "a.py", line 1\n'),
        _docker("unrelated\n", "stderr"),
        _docker("2026-11-23 02:53:46.400 INFO fine\n"),
    )
    assert frame["message"].to_list() == [
        'boom\nTraceback (most recent call last):\n  File "a.py", line 1', "unrelated", "fine",
    ]  # fmt: skip
    assert frame["raw"][0].count("\n") == 2
    assert frame["line"].to_list() == [1, 4, 5]
    assert frame["zone_assumed"].any() is False


def test_docker_pieces_of_16_kib_are_one_line(tmp_path: Path) -> None:
    """A piece without a line end at Docker's limit goes on; a short one does not."""
    frame = _read(tmp_path, _docker("x" * 16_384), _docker("tail\n"), _docker("short"), _docker("next\n"))
    assert [len(message) for message in frame["message"]] == [16_388, 5, 4]


def test_last_piece_that_never_comes_leaves_the_others(tmp_path: Path) -> None:
    """What is there is read."""
    frame = _read(tmp_path, f"{AT} stdout P half")
    assert frame.select("message", "line").rows() == [("half", 1)]
