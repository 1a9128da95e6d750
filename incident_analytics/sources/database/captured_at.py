"""When a snapshot was taken: PostgreSQL's answers do not carry it, so it is told by what is around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePosixPath

# 2024-01-15T142730Z, 2024-01-15T14-27-30Z, 2024-01-15T14:27:30Z, 20240115T142730Z
_STAMP = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})T(\d{2})[-:]?(\d{2})(?:[-:]?(\d{2}))?Z")
# A folder is named before the queries run; they may take this much longer.
_CAPTURE_TAKES = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class CaptureTime:
    """When a snapshot was taken, and how that is known.

    Args:
        at: The instant, the same for all files of one folder. None where nothing tells it.
        note: How it is known, for the ledger.
        queried_at: When this file's query ran, where a later timestamp in it tells that it was after ``at``.
        disagrees: Whether a time in the file is later than its folder's name allows.
    """

    at: datetime | None
    note: str
    queried_at: datetime | None = None
    disagrees: bool = False


def capture_time(file: PurePosixPath, column: datetime | None, newest: datetime | None) -> CaptureTime:
    """When a file's snapshot was taken.

    A column of the file that says so comes first, then the name of the file or of a folder around it,
    such as ``2024-01-15T142730Z``, then the newest timestamp in the file, which is the earliest it can
    have been. Names are whole seconds and given before the queries ran: where the newest timestamp is
    later by up to two minutes, durations count up to it.

    Args:
        file: The file relative to the bundle.
        column: What the file's own column of capture times says.
        newest: The newest timestamp in the file.
    """
    if column is not None:
        return CaptureTime(column, "captured at the time in its own column")
    named = next((at for part in (file.name, *map(str, reversed(file.parent.parts))) if (at := _in_name(part))), None)
    if named is None:
        if newest is None:
            return CaptureTime(None, "nothing tells when it was captured")
        return CaptureTime(newest, "captured at its newest timestamp or later")
    if newest is None or newest <= named:
        return CaptureTime(named, "captured at the time in its name")
    if newest - named <= _CAPTURE_TAKES:
        return CaptureTime(named, "captured at the time in its name, its query shortly after", queried_at=newest)
    return CaptureTime(named, "captured at the time in its name, though it holds later times", disagrees=True)


def _in_name(name: str) -> datetime | None:
    match = _STAMP.search(name)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(each or 0) for each in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
