"""Lines of one text format read at once: the same records as one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incident_analytics.sources.logs import read_logs, uniform_text

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl


LINES = {
    "access": '10.0.0.{n} - ann [23/Nov/2026:02:55:{n} +0000] "GET /p/{n}\\"x HTTP/1.1" 502 {n} "-" "a \\x22b"',
    "common": '10.0.0.{n} - - [23/Nov/2026:02:55:{n} +0000] "-" 200 -',
    "nginx": "2026/11/23 02:55:{n} [error] 7#8: *{n} failed é {n}",
    "apache": "[Mon Nov 23 02:55:{n} 2026] [notice] child {n}",
    "log4j": "[2026-11-23 02:55:{n},123] WARN pool {n} (com.shop.Pool)",
    "zookeeper": "2026-11-23 02:55:{n},123 - INFO  [main:Quorum@{n}] - vote {n}",
    "stdlib": "2026-11-23 02:55:{n},123 ERROR __main__ no connection {n}",
    "klog": "E1123 02:55:{n}.123456    7 sync.go:{n}] cannot sync {n}",
    "postgresql": "2026-11-23 02:55:{n}.123 EST [42] app@shop ERROR:  deadlock {n}",
    "oslo": "2026-11-23 02:55:{n}.123 7 INFO nova.wsgi [-] done {n}",
    "ambiguous": "2026/10/25 02:30:{n} [info] 7#8: twice {n}",
}
DISTURBANCES = ("    at indented", "Caused by: x", "", '{{"level":30,"msg":"json"}}', "trailing  ", "\0\0", "plain")


def _read(path: Path, monkeypatch: pytest.MonkeyPatch, *, one_by_one: bool) -> tuple[pl.DataFrame, object, object]:
    with monkeypatch.context() as patch:
        if one_by_one:
            patch.setattr(uniform_text, "FEWEST_LINES", 1 << 60)
        read = read_logs([path], root=path.parent, zone="Europe/Berlin")
        return read.frame.collect(), read.files, read.findings


@pytest.mark.parametrize("name", LINES)
def test_both_ways_give_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Frames, ledger and findings are equal, with continuations, blank lines and other formats between."""
    lines = []
    for number in range(10, 60):
        lines += [LINES[name].format(n=number)] * 3
        lines.append(DISTURBANCES[number % len(DISTURBANCES)].format() if number % 3 == 0 else lines[-1] + " ")
    path = tmp_path / "app.log"
    path.write_text("\n".join(lines))
    at_once, one_by_one = (_read(path, monkeypatch, one_by_one=each) for each in (False, True))
    assert at_once[0].equals(one_by_one[0])
    assert at_once[1:] == one_by_one[1:]
    assert at_once[0].height > 150


def test_format_is_found_and_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shorter way is taken: no line goes through the format one by one but the last of the block."""
    path = tmp_path / "app.log"
    path.write_text("\n".join(LINES["nginx"].format(n=10 + number % 50) for number in range(500)))
    sizes = []
    whole = uniform_text.UniformTextReader.read

    def counted(self: uniform_text.UniformTextReader, lines: pl.DataFrame) -> list[pl.DataFrame]:
        read = whole(self, lines)
        sizes.append(sum(frame.height for frame in read))
        return read

    monkeypatch.setattr(uniform_text.UniformTextReader, "read", counted)
    assert read_logs([path], root=tmp_path).frame.collect().height == 500
    assert sizes == [499]
