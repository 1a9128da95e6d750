"""Files of metrics are read together, each with its line of the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.sources.metrics import SAMPLE_SCHEMA, read_samples, sniff

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "metrics"
WINDOW = (datetime(2022, 8, 22, 3, 0, tzinfo=UTC), datetime(2022, 8, 22, 5, 0, tzinfo=UTC))


def test_all_recordings_are_read_in_order_of_their_names() -> None:
    """250 samples, counted in the files."""
    reading = read_samples(RECORDED.iterdir(), root=RECORDED)
    names = [each.file for each in reading.files]
    assert names == sorted(names)
    assert len(names) == 20
    assert reading.frame.collect().height == 250
    assert [finding.rule for finding in reading.findings] == [
        "prometheus-empty",
        "prometheus-error",
        "prometheus-error",
        "no-numbers",
    ]


def test_no_files_give_an_empty_frame_with_its_columns(tmp_path: Path) -> None:
    """So that later steps need no exception for it."""
    reading = read_samples([], root=tmp_path)
    assert reading.frame.collect().schema == SAMPLE_SCHEMA
    assert (reading.files, reading.findings) == ((), ())


def test_one_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """A missing one, a folder and one cut off beside a good one."""
    (tmp_path / "cut.json").write_text('{"status":"success","data":{')
    (tmp_path / "good.csv").write_text("time,cpu\n1661140279,1\n")
    (tmp_path / "folder.csv").mkdir()
    paths = [tmp_path / name for name in ("missing.json", "good.csv", "folder.csv", "cut.json")]
    reading = read_samples(paths, root=tmp_path)
    assert [(each.file, each.unreadable) for each in reading.files] == [
        ("cut.json", 1),
        ("folder.csv", 1),
        ("good.csv", 0),
        ("missing.json", 1),
    ]
    assert [finding.rule for finding in reading.findings] == ["unreadable-file"] * 3
    assert reading.frame.collect().height == 1


def test_samples_far_outside_the_window_are_kept_and_told(tmp_path: Path) -> None:
    """More than 30 days: the second of three rows; weeks of history are no finding."""
    text = "time,cpu\n2022-07-25T00:00:00Z,1\n2028-12-22T23:24:39Z,2\n2022-08-22T03:51:19Z,3\n"
    (tmp_path / "cpu.csv").write_text(text)
    reading = read_samples([tmp_path / "cpu.csv"], root=tmp_path, window=WINDOW)
    assert reading.frame.collect().height == 3
    finding = reading.findings[0]
    assert finding.rule == "time-outside-window"
    assert finding.message == (
        "1 of 3 samples lie more than 30 days outside the incident; "
        "one wrong digit would explain it: 1661140279 (2022-08-22T03:51:19Z)."
    )
    assert str(finding.where) == "cpu.csv:3"
    assert (finding.seen, finding.expected) == ("2028-12-22T23:24:39Z", "2022-08-22T03:00:00Z to 2022-08-22T05:00:00Z")


def test_the_window_says_which_of_two_times_is_right(tmp_path: Path) -> None:
    """Here the calendar time has the wrong year."""
    (tmp_path / "cpu.csv").write_text("Time,TimeStamp,cpu\n2028-08-22T03:51:19Z,1661140279,1\n")
    reading = read_samples([tmp_path / "cpu.csv"], root=tmp_path, window=WINDOW)
    assert reading.frame.collect()["timestamp"].to_list() == [datetime(2022, 8, 22, 3, 51, 19, tzinfo=UTC)]


def test_without_a_window_the_other_files_say_it(tmp_path: Path) -> None:
    """A second file of the same hour, whose time nobody doubts."""
    (tmp_path / "cpu.csv").write_text("Time,TimeStamp,cpu\n2028-08-22T03:51:19Z,1661140279,1\n")
    (tmp_path / "memory.csv").write_text("Time,memory\n2022-08-22T03:51:19Z,1\n")
    reading = read_samples(tmp_path.iterdir(), root=tmp_path)
    assert reading.frame.collect()["timestamp"].dt.year().to_list() == [2022, 2022]


def test_a_query_without_answer_is_a_finding(tmp_path: Path) -> None:
    """One with its answer is a line of the ledger only."""
    for name in ("orders.query.yaml", "lost.query.yaml"):
        (tmp_path / name).write_text("query: x\n")
    (tmp_path / "orders.json").write_text(
        '{"status":"success","data":{"result":[{"metric":{},"values":[[1661140279,"1"]]}]}}'
    )
    reading = read_samples(tmp_path.iterdir(), root=tmp_path)
    assert [each.file for each in reading.files] == ["orders.json", "lost.query.yaml", "orders.query.yaml"]
    assert [(each.rule, str(each.where)) for each in reading.findings] == [("query-without-answer", "lost.query.yaml")]


def test_an_unknown_zone_is_refused(tmp_path: Path) -> None:
    """Before any file is opened."""
    with pytest.raises(ParameterError, match="found 'EST'"):
        read_samples([], root=tmp_path, zone="EST")


def test_sniffing_is_the_surest_of_the_readers() -> None:
    """JSON, CSV and the query beside them."""
    assert sniff(b'{"status":"error","errorType":"bad_data","error":"x"}', "a.txt") == 0.95
    assert sniff(b"time,metric,value\n1705328100,cpu,1\n", "a.csv") == 0.9
    assert sniff(b"query: x\n", "a.query.yaml") == 1.0
