"""What is kept of a large log file gives the same reading, and only while it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from polars.testing import assert_frame_equal

from incident_analytics.sources import kept_logs
from incident_analytics.sources.logs import read_logs
from incident_analytics.sources.logs.prefilter import Wanted, wanted_records

if TYPE_CHECKING:
    from pathlib import Path

LINES = (
    '{"level":"info","time":"2024-01-15T14:00:00","msg":"paid"}\n'
    '{"level":"error","time":"2024-01-15T14:10:00","msg":"refused"}\n'
    "Jan 15 14:11:00 db sshd[7]: a line without a year\n"
    '{"level":"error","time":"2024-01-15T14\n'
)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Four lines: two with a time, one without a year, one cut off."""
    file = tmp_path / "app.log"
    file.write_text(LINES, encoding="utf-8")
    return file


def unread(*_: object, **__: object) -> None:
    """Stands for a reader that nobody may call."""
    raise AssertionError("the file is read again")


def test_the_second_reading_is_the_first_without_reading(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, ledger and findings are the same, in several parts."""
    monkeypatch.setattr(kept_logs, "ROWS_A_PART", 3)
    plain = read_logs([log], root=log.parent)
    first = kept_logs.read_logs_once(log, root=log.parent, folder=log.parent / "derived")
    assert len(list((log.parent / "derived").glob("logs-*.parquet"))) == 2
    monkeypatch.setattr(kept_logs, "read_logs", unread)
    second = kept_logs.read_logs_once(log, root=log.parent, folder=log.parent / "derived")
    for kept in (first, second):
        assert_frame_equal(kept.frame.collect(), plain.frame.collect())
        assert (kept.files, kept.findings) == (plain.files, plain.findings)
    errors = [Wanted(errors=True)]
    found = kept_logs.read_logs_once(log, root=log.parent, folder=log.parent / "derived", wanted=errors)
    assert_frame_equal(found.frame.collect(), plain.frame.filter(wanted_records(errors)).collect())


def test_a_changed_file_is_read_again(log: Path) -> None:
    """One line more."""
    folder = log.parent / "derived"
    assert kept_logs.read_logs_once(log, root=log.parent, folder=folder).frame.collect().height == 4
    log.write_text(LINES + LINES, encoding="utf-8")
    assert kept_logs.read_logs_once(log, root=log.parent, folder=folder).frame.collect().height == 8


@pytest.mark.parametrize("pattern", ["logs-*.parquet", "logs-*.ndjson"])
def test_what_is_broken_is_written_again(log: Path, pattern: str) -> None:
    """A part or what is told of the parts, cut off."""
    folder = log.parent / "derived"
    expected = kept_logs.read_logs_once(log, root=log.parent, folder=folder).frame.collect()
    broken = next(folder.glob(pattern))
    whole = broken.read_bytes()
    broken.write_bytes(whole[:-7])
    assert_frame_equal(kept_logs.read_logs_once(log, root=log.parent, folder=folder).frame.collect(), expected)
    assert broken.read_bytes() == whole


def test_another_zone_is_another_reading(log: Path) -> None:
    """Times without a zone move with it."""
    folder = log.parent / "derived"
    utc = kept_logs.read_logs_once(log, root=log.parent, folder=folder).frame.collect()["timestamp"][0]
    berlin = kept_logs.read_logs_once(log, root=log.parent, folder=folder, zone="Europe/Berlin").frame.collect()
    assert (utc - berlin["timestamp"][0]).total_seconds() == 3600


def test_a_folder_that_cannot_be_written_keeps_nothing(log: Path) -> None:
    """A file lies where the folder would be."""
    (log.parent / "derived").write_text("x", encoding="utf-8")
    assert kept_logs.read_logs_once(log, root=log.parent, folder=log.parent / "derived").frame.collect().height == 4
