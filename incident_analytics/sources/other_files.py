"""The ledger's lines of files that make no rows: for people, about other files, or of no kind that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.sources.contents import PROSE, RECORD_NAMES
from incident_analytics.sources.ledger import FileReading
from incident_analytics.sources.manifest import MANIFEST
from incident_analytics.sources.timeline_csv import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from incident_analytics.sources.contents import Contents


def other_lines(contents: Contents, root: Path, *, listed: int, record: Path | None) -> Iterator[FileReading]:
    """One line a file.

    Args:
        contents: The files of the bundle.
        root: Its folder.
        listed: How many files the manifest lists.
        record: The file that is the record; None without one.
    """
    for file in (*contents.about, *contents.other):
        name = file.relative_to(root).as_posix()
        if name == MANIFEST:
            yield FileReading(name, "manifest", "manifest", listed)
        elif name == PROSE:
            yield FileReading(name, "prose", "", 0)
        elif name in RECORD_NAMES and file != record:
            yield FileReading(name, "other", "", 0, notes=("not read: another file is the record",))
        elif file in contents.other:
            yield FileReading(name, "other", "", 0, notes=("not read: kind unknown",))
        elif name not in RECORD_NAMES and name != TIMELINE:
            yield FileReading(name, "other", "", 0, notes=("for people, not read",))
