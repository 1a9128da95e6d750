"""When a snapshot was taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest

from incident_analytics.sources.database.captured_at import CaptureTime, capture_time

AT = datetime(2024, 1, 15, 14, 27, 30, tzinfo=UTC)
IN_FOLDER = PurePosixPath("evidence/database/2024-01-15T142730Z/pg_locks.csv")
PLAIN = PurePosixPath("evidence/database/pg_locks.csv")


@pytest.mark.parametrize(
    "file",
    [
        "evidence/database/2024-01-15T142730Z/pg_locks.csv",
        "evidence/database/2024-01-15T14-27-30Z/pg_locks.csv",
        "evidence/2024-01-15T14:27:30Z/database/pg_locks.csv",
        "evidence/database/pg_locks_20240115T142730Z.csv",
    ],
)
def test_a_folders_or_files_name_tells_it(file: str) -> None:
    """In the spellings that file systems allow."""
    assert capture_time(PurePosixPath(file), None, None) == CaptureTime(AT, "captured at the time in its name")


def test_a_column_of_its_own_comes_first() -> None:
    """The capture wrote it down."""
    at = AT + timedelta(seconds=3)
    assert capture_time(IN_FOLDER, at, None) == CaptureTime(at, "captured at the time in its own column")


def test_the_newest_timestamp_is_the_earliest_it_can_have_been() -> None:
    """Where no name tells it."""
    assert capture_time(PLAIN, None, AT) == CaptureTime(AT, "captured at its newest timestamp or later")


def test_a_timestamp_just_after_the_folders_name_tells_when_the_query_ran() -> None:
    """The folder is made first, its name in whole seconds."""
    newest = AT + timedelta(seconds=0.4)
    note = "captured at the time in its name, its query shortly after"
    assert capture_time(IN_FOLDER, None, newest) == CaptureTime(AT, note, queried_at=newest)


def test_a_timestamp_long_after_the_folders_name_disagrees() -> None:
    """Two minutes are the limit."""
    assert not capture_time(IN_FOLDER, None, AT + timedelta(minutes=2)).disagrees
    late = capture_time(IN_FOLDER, None, AT + timedelta(minutes=3))
    assert (late.at, late.disagrees) == (AT, True)


def test_nothing_known_is_said() -> None:
    """A name that only looks like a time is none."""
    assert capture_time(PLAIN, None, None).at is None
    assert capture_time(PurePosixPath("2024-13-45T142730Z/a.csv"), None, None).at is None
