"""A file is the old one or the new one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from incident_analytics.atomic_write import atomic_write
from incident_analytics.errors import ReportError

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    """What lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_text_is_written_as_it_is_and_missing_folders_are_made(tmp_path: Path) -> None:
    """No newline is translated; nothing else stays behind."""
    file = tmp_path / "new" / "folder" / "report.md"
    assert atomic_write(file, "é\r\n\n") == file
    assert file.read_bytes() == b"\xc3\xa9\r\n\n"
    assert names(file.parent) == ["report.md"]


def test_the_same_bytes_leave_the_file_alone(tmp_path: Path) -> None:
    """Its time keeps meaning when it changed."""
    file = tmp_path / "report.md"
    atomic_write(file, b"one")
    os.utime(file, (1, 1))
    atomic_write(file, "one")
    assert file.stat().st_mtime == 1
    atomic_write(file, "two")
    assert file.stat().st_mtime > 1
    assert file.read_bytes() == b"two"


def test_a_failure_keeps_the_old_file_and_leaves_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk is full."""
    file = tmp_path / "report.md"
    atomic_write(file, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReportError, match=r"report\.md: this cannot be written \(no space left on device\)"):
        atomic_write(file, "new")
    assert file.read_text() == "old"
    assert names(tmp_path) == ["report.md"]


def test_a_folder_in_the_way_is_one_clear_error(tmp_path: Path) -> None:
    """The folder stays."""
    (tmp_path / "report.md").mkdir()
    with pytest.raises(ReportError, match=r"report\.md: this cannot be written \(is a directory\)"):
        atomic_write(tmp_path / "report.md", "new")
    assert names(tmp_path) == ["report.md"]


def test_a_file_where_a_folder_is_needed_is_one_clear_error(tmp_path: Path) -> None:
    """The file stays."""
    (tmp_path / "reports").write_text("a note")
    with pytest.raises(ReportError, match="this cannot be written"):
        atomic_write(tmp_path / "reports" / "a.md", "new")
    assert (tmp_path / "reports").read_text() == "a note"


def test_an_old_file_keeps_its_mode_and_a_new_one_takes_the_umask(tmp_path: Path) -> None:
    """A person with umask 077 does not share reports by accident."""
    before = os.umask(0o077)
    try:
        assert atomic_write(tmp_path / "new", "x").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)
    (tmp_path / "new").chmod(0o640)
    assert atomic_write(tmp_path / "new", "y").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it points at is written."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "prose.md").write_text("old")
    (tmp_path / "prose.md").symlink_to(tmp_path / "real" / "prose.md")
    atomic_write(tmp_path / "prose.md", "new")
    assert (tmp_path / "prose.md").is_symlink()
    assert (tmp_path / "real" / "prose.md").read_text() == "new"


def test_what_a_killed_run_left_behind_is_no_obstacle(tmp_path: Path) -> None:
    """In a container every run may have the same process id."""
    (tmp_path / f".incident-{os.getpid()}-1.part").write_text("half")
    atomic_write(tmp_path / "report.md", "new")
    assert names(tmp_path) == [f".incident-{os.getpid()}-1.part", "report.md"]


def test_a_name_as_long_as_a_file_system_allows_is_written(tmp_path: Path) -> None:
    """255 bytes; the temporary file has a name of its own."""
    assert atomic_write(tmp_path / ("x" * 255), "new").read_text() == "new"
