"""PostgreSQL's csvlog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.sources.logs import read_logs, sniff

if TYPE_CHECKING:
    from pathlib import Path

LINES = (
    '2026-11-22 21:52:46.885 EST,"postgres","payments",18764,"127.0.0.1:47086",6b03aa7e.494c,3,"UPDATE waiting",'
    '2026-11-22 21:52:46 EST,6/2,739,LOG,00000,"process 18764 still waiting","Process holding the lock: 18737.",,,,'
    '"while updating","update orders\n set status=\'paid\'",,,"api","client backend",,0\n'
    "2026-11-22 21:52:49.436 EST,,,18818,,6b03aa81.4982,3,,2026-11-22 21:52:49 EST,,0,FATAL,53300,"
    '"remaining ""slots"" are reserved",,,,,,,,,""\n'
    "2026-11-22 21:52:49.436 EST,cut\n"
)


def test_rows_without_a_header_are_read_by_position(tmp_path: Path) -> None:
    """Queries over several lines, doubled quotes, the 23 columns of older versions; a cut row is kept."""
    path = tmp_path / "postgresql.csv"
    path.write_text(LINES)
    assert sniff(LINES.encode(), "postgresql.csv") == 1.0
    read = read_logs([path], root=tmp_path, zone="UTC")
    frame = read.frame.collect()
    assert frame.select("format", "severity_number", "severity_text", "message", "line").rows() == [
        ("postgresql", 9, "LOG", "process 18764 still waiting", 1),
        ("postgresql", 21, "FATAL", 'remaining "slots" are reserved', 3),
        ("unreadable", None, None, None, 4),
    ]
    assert frame["timestamp"][0].isoformat() == "2026-11-23T02:52:46.885000+00:00"
    assert frame["zone_assumed"].to_list() == [True, True, False]
    assert [finding.rule for finding in read.findings] == ["log-lines-unreadable", "log-zone-abbreviated"]
