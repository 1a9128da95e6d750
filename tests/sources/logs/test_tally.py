"""The ledger's line and the findings of one file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.logs import read_logs

if TYPE_CHECKING:
    from pathlib import Path


def _lines(folder: Path, *lines: str) -> Path:
    path = folder / "app.log"
    path.write_text("\n".join(lines))
    return path


def test_ledger_tells_formats_counts_span_and_what_was_odd(tmp_path: Path) -> None:
    """Formats by number, the unreadable ones counted, and notes for times missing, assumed and running backwards."""
    path = _lines(
        tmp_path,
        '{"level":30,"time":1795402425409,"msg":"a"}',
        '{"level":30,"time":1795402420000,"msg":"back by five seconds"}',
        '{"level":30,"time":1795402419500,"msg":"back by half a second"}',
        '{"cut',
        "2026-11-23 02:54:00,000 INFO naive",
        "<131>Nov 23 02:56:45 vm a: x",
    )
    around = datetime(2026, 11, 1, tzinfo=UTC)
    assert read_logs([path], root=tmp_path, around=around).files == (
        FileReading(
            file="app.log",
            kind="logs",
            reader="pino+stdlib+syslog-3164",
            rows=6,
            unreadable=1,
            first_at=datetime(2026, 11, 23, 2, 53, 39, 500_000, tzinfo=UTC),
            last_at=datetime(2026, 11, 23, 2, 56, 45, tzinfo=UTC),
            notes=(
                "1 of 6 records without a time",
                "2 of 6 records with an assumed zone",
                "1 of 6 records over a second earlier than the one before",
            ),
        ),
    )


def test_assumed_zone_is_one_warning_a_file_only_without_a_zone(tmp_path: Path) -> None:
    """Where the bundle names a zone, the column says so; where it does not, a finding does."""
    path = _lines(tmp_path, "2026-11-23 02:54:00 INFO a", "2026-11-23 02:54:01 INFO b")
    findings = read_logs([path], root=tmp_path).findings
    assert [(finding.rule, finding.level, str(finding.where)) for finding in findings] == [
        ("log-zone-assumed", "warning", "app.log:1")
    ]
    assert read_logs([path], root=tmp_path, zone="Europe/Berlin").findings == ()


def test_unreadable_lines_are_a_finding_at_the_first(tmp_path: Path) -> None:
    """The finding counts them and points to the first."""
    path = _lines(tmp_path, '{"level":30,"msg":"a"}', '{"cut', '{"cut again')
    finding = read_logs([path], root=tmp_path).findings[0]
    assert (finding.rule, str(finding.where)) == ("log-lines-unreadable", "app.log:2")
    assert finding.message == "2 of 3 records could not be understood; they are kept as they were."


def test_ambiguous_hour_and_abbreviated_zone_are_findings(tmp_path: Path) -> None:
    """02:30 occurs twice in Berlin on 25 October 2026; EST is what PostgreSQL takes it for."""
    path = _lines(tmp_path, "2026-10-25 02:30:00 INFO a", "2026-10-25 02:30:00 EST INFO b")
    findings = read_logs([path], root=tmp_path, zone="Europe/Berlin").findings
    assert [(finding.rule, finding.seen) for finding in findings] == [
        ("log-zone-abbreviated", "EST"),
        ("log-time-ambiguous", ""),
    ]
