"""A whole file as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

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


@pytest.mark.parametrize("indent", [None, 1])
def test_records_before_the_cut_are_read_and_the_rest_is_one_that_is_not(tmp_path: Path, indent: int | None) -> None:
    """A list, and an answer of a log store, cut in the middle of the second record."""
    loki = {"stream": {"app": "pay"}, "values": [["1795402425409123456", "a"], ["1795402425410123456", "bbb"]]}
    answers = [RECORDS, {"hits": {"hits": [{"_source": record} for record in RECORDS]}}, {"streams": [loki]}]
    for answer in answers:
        text = json.dumps(answer, indent=indent)
        path = tmp_path / "cut.json"
        path.write_text(text[: text.rindex("b")])
        read = read_logs([path], root=tmp_path)
        first, rest = read.frame.collect().iter_rows(named=True)
        assert (first["message"], f"{first['timestamp']:%H:%M:%S.%f}"[:12]) == ("a", "02:53:45.409")
        assert (rest["format"], rest["timestamp"], rest["raw"].startswith(",")) == ("unreadable", None, True)
        assert text[: text.rindex("b")].endswith(rest["raw"])
        assert (read.files[0].rows, read.files[0].unreadable) == (2, 1)


def test_a_lone_cut_object_is_kept_as_text(tmp_path: Path) -> None:
    """No record is made of half of it, and no line is lost."""
    text = json.dumps({"hits": {"hits": [{"_source": RECORDS[0]}]}}, indent=1)[:60]
    path = tmp_path / "cut.json"
    path.write_text(text)
    frame = read_logs([path], root=tmp_path).frame.collect()
    assert "\n".join(frame["raw"]) == text
    assert frame["timestamp"].null_count() == frame.height


def test_lines_below_a_cut_one_are_lines(tmp_path: Path) -> None:
    """The first of them broke; nothing is taken for the rest of a document."""
    path = tmp_path / "app.ndjson"
    path.write_text("".join(f"{line}\n" for line in ('[{"a": 1}, {"b', *map(json.dumps, RECORDS))))
    frame = read_logs([path], root=tmp_path).frame.collect()
    assert frame["message"].to_list()[1:] == ["a", "b"]
