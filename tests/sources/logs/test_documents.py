"""A whole file as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from incident_analytics.sources.logs import read_logs

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = [
    {"level": 30, "time": 1795402425409, "pid": 1, "hostname": "vm", "msg": "a"},
    {"level": 50, "time": 1795402425410, "pid": 1, "hostname": "vm", "msg": "b"},
]


def test_list_of_records_and_objects_over_many_lines(tmp_path: Path) -> None:
    """The same records; objects that follow one another know their lines."""
    (tmp_path / "list.json").write_text(json.dumps(RECORDS, indent=1))
    (tmp_path / "many.json").write_text("\n".join(json.dumps(record, indent=1) for record in RECORDS))
    for name, lines in (("list.json", [1, 1]), ("many.json", [1, 8])):
        frame = read_logs([tmp_path / name], root=tmp_path).frame.collect()
        assert frame.select("format", "severity_number", "message").rows() == [("pino", 9, "a"), ("pino", 17, "b")]
        assert frame["line"].to_list() == lines


def test_document_that_is_cut_off_is_kept_as_text(tmp_path: Path) -> None:
    """No record is made of half of it, and no line is lost."""
    text = json.dumps({"hits": {"hits": [{"_source": RECORDS[0]}]}}, indent=1)[:-20]
    path = tmp_path / "cut.json"
    path.write_text(text)
    frame = read_logs([path], root=tmp_path).frame.collect()
    assert "\n".join(frame["raw"]) == text
    assert frame["timestamp"].null_count() == frame.height
