"""Which rows were taken together: the answers of one folder, told apart by time where it holds several captures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from incident_analytics.sources.database import DatabaseReading

Cell: TypeAlias = "str | int | float | bool | datetime | list[int] | None"
Row: TypeAlias = "dict[str, Cell]"

# Files without a stamp are dated by their newest timestamp, which differs by seconds from answer to answer.
TOGETHER: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Capture:
    """The rows of one look at the database.

    Args:
        at: When it was taken; None where nothing tells.
        folder: The folder of its files.
        activity: Rows of sessions; a session may stand in several files.
        locks: Rows of locks.
        counts: Rows of counts.
        settings: Rows of settings.
    """

    at: datetime | None
    folder: str
    activity: tuple[Row, ...] = ()
    locks: tuple[Row, ...] = ()
    counts: tuple[Row, ...] = ()
    settings: tuple[Row, ...] = ()


def captures_of(reading: DatabaseReading) -> tuple[Capture, ...]:
    """The captures of a reading, in order of folder and time.

    Rows of one folder whose capture times lie within 10 seconds are one capture. Rows without a time belong to the
    first capture of their folder.
    """
    frames = {
        "activity": list(_rows(reading.activity)),
        "locks": list(_rows(reading.locks)),
        "counts": list(_rows(reading.counts)),
        "settings": list(_rows(reading.settings)),
    }
    folders: dict[str, set[datetime]] = {}
    for rows in frames.values():
        for row in rows:
            known = folders.setdefault(_folder(row), set())
            if isinstance(at := row["captured_at"], datetime):
                known.add(at)
    found = []
    for folder, known in sorted(folders.items()):
        starts = _starts(sorted(known))
        for start in (*starts,) or (None,):
            own = {name: tuple(_of(rows, folder, start, starts)) for name, rows in frames.items()}
            times = [at for rows in own.values() for row in rows if isinstance(at := row["captured_at"], datetime)]
            found.append(Capture(max(times, default=None), folder, **own))
    return tuple(found)


def _rows(frame: pl.DataFrame) -> Iterator[Row]:
    for row in frame.iter_rows(named=True):
        # polars gives zoneinfo's UTC; the package's instants carry datetime's own.
        yield {key: cell.astimezone(UTC) if isinstance(cell, datetime) else cell for key, cell in row.items()}


def _folder(row: Row) -> str:
    return str(PurePosixPath(str(row["file"])).parent)


def _starts(times: Sequence[datetime]) -> list[datetime]:
    starts: list[datetime] = []
    for at in times:
        if not starts or at - starts[-1] > TOGETHER:
            starts.append(at)
    return starts


def _of(rows: Sequence[Row], folder: str, start: datetime | None, starts: Sequence[datetime]) -> Iterator[Row]:
    for row in rows:
        if _folder(row) != folder:
            continue
        at = row["captured_at"]
        own = max((each for each in starts if each <= at), default=None) if isinstance(at, datetime) else None
        if (own or (starts[0] if starts else None)) == start:
            yield row
