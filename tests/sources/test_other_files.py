"""Files that make no rows still have a line of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.sources.contents import sort_contents
from incident_analytics.sources.other_files import other_lines

if TYPE_CHECKING:
    from pathlib import Path


def test_each_file_is_told_once_with_what_became_of_it(tmp_path: Path) -> None:
    """The record and timeline.csv have lines of their own, so they are not told here."""
    names = ("MANIFEST.json", "README.md", "incident.json", "incident.yaml", "postmortem.md", "timeline.csv", "x.png")
    for name in names:
        (tmp_path / name).write_bytes(b"\x89PNG")
    lines = other_lines(sort_contents(tmp_path), tmp_path, listed=3, record=tmp_path / "incident.yaml")
    assert [(line.file, line.kind, line.rows, line.notes) for line in lines] == [
        ("MANIFEST.json", "manifest", 3, ()),
        ("README.md", "other", 0, ("for people, not read",)),
        ("incident.json", "other", 0, ("not read: another file is the record",)),
        ("postmortem.md", "prose", 0, ()),
        ("x.png", "other", 0, ("not read: kind unknown",)),
    ]
