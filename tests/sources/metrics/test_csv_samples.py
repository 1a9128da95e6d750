"""CSV of metrics, long and wide, becomes samples."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.sources.metrics import SAMPLE_SCHEMA, SampleReading, read_samples
from incident_analytics.sources.metrics.csv_samples import sniff

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2024, 1, 15, 14, 15, tzinfo=UTC)


def read(tmp_path: Path, content: str | bytes, *, zone: str | None = None, name: str = "cpu.csv") -> SampleReading:
    """A file with this content, read."""
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_samples([tmp_path / name], root=tmp_path, zone=zone)


def rules(reading: SampleReading) -> list[str]:
    """The rules of its findings."""
    return [finding.rule for finding in reading.findings]


def test_a_long_table_gives_a_sample_a_row(tmp_path: Path) -> None:
    """Its other columns are labels, an empty one left out."""
    text = "time,metric,value,host,zone\n2024-01-15T14:15:00Z,cpu_percent,12.5,a,\n2024-01-15T14:15:00Z,up,1,b,east\n"
    frame = read(tmp_path, text).frame.collect()
    assert frame.schema == SAMPLE_SCHEMA
    assert frame.rows() == [
        (AT, "cpu_percent", '{"host": "a"}', 12.5, "percent", "csv", None, "cpu.csv", 2),
        (AT, "up", '{"host": "b", "zone": "east"}', 1.0, None, "csv", None, "cpu.csv", 3),
    ]


def test_a_wide_table_gives_a_sample_a_cell(tmp_path: Path) -> None:
    """Metric by metric, each in the order of the rows."""
    text = "Time,Pod,CPU(%),Memory\n1705328100,a,12.5,7\n1705328160,a,NaN,\n"
    reading = read(tmp_path, text)
    frame = reading.frame.select("metric", "labels", "value", "unit", "line").collect()
    assert frame.rows() == [
        ("CPU(%)", '{"Pod": "a"}', 12.5, "%", 2),
        ("CPU(%)", '{"Pod": "a"}', None, "%", 3),
        ("Memory", '{"Pod": "a"}', 7.0, None, 2),
        ("Memory", '{"Pod": "a"}', None, None, 3),
    ]
    assert (reading.files[0].rows, reading.files[0].unreadable) == (2, 0)
    assert reading.files[0].notes == ("2 cells are empty or NaN", "read as labels: Pod")


def test_a_table_of_time_and_value_takes_the_files_name(tmp_path: Path) -> None:
    """As the Numenta benchmark and Grafana write it."""
    assert read(tmp_path, "timestamp,value\n1705328100,1\n").frame.collect()["metric"].to_list() == ["cpu"]


def test_a_unit_column_is_used(tmp_path: Path) -> None:
    """An empty cell falls back to the name."""
    text = "time,name,value,unit\n1705328100,a_seconds,1,ms\n1705328100,a_seconds,1,\n"
    assert read(tmp_path, text).frame.collect()["unit"].to_list() == ["ms", "seconds"]


def test_marks_line_ends_semicolons_and_decimal_commas_are_read(tmp_path: Path) -> None:
    """As a German spreadsheet writes them, and told."""
    reading = read(tmp_path, "\ufefftime;cpu\r\n2024-01-15T14:15:00Z;12,5\r\n")
    assert reading.frame.collect()["value"].to_list() == [12.5]
    assert rules(reading) == ["decimal-comma"]
    assert reading.files[0].notes == ("cells are separated by ;", "numbers are read with a decimal comma")


def test_utf_16_with_tabs_is_read(tmp_path: Path) -> None:
    """Grafana's Excel mode; its columns are quoted and its last line is blank."""
    text = '"Time"\t"active"\r\n2024-01-15 14:15:00\t1\r\n\r\n'
    reading = read(tmp_path, text.encode("utf-16"))
    assert reading.frame.collect()["timestamp"].to_list() == [AT]
    assert "read as UTF-16" in reading.files[0].notes


def test_a_zone_that_is_assumed_is_told(tmp_path: Path) -> None:
    """As a guess where the bundle names none, as the bundle's where it does."""
    text = "time,cpu\n2024-01-15 14:15:00,1\n"
    guessed = read(tmp_path, text)
    assert guessed.frame.collect()["timestamp"].to_list() == [AT]
    assert [(finding.rule, finding.level) for finding in guessed.findings] == [("zone-assumed", "warning")]
    assert guessed.files[0].notes == ("time carries no zone; read as UTC, a guess",)
    known = read(tmp_path, text, zone="America/New_York")
    assert known.frame.collect()["timestamp"].to_list() == [AT.replace(hour=19)]
    assert [(finding.rule, finding.level) for finding in known.findings] == [("zone-assumed", "info")]


def test_a_zone_in_the_header_is_no_assumption(tmp_path: Path) -> None:
    """Time (UTC) says it all."""
    reading = read(tmp_path, "Time (UTC),cpu\n2024-01-15 14:15:00,1\n", zone="America/New_York")
    assert reading.frame.collect()["timestamp"].to_list() == [AT]
    assert reading.findings == ()


def test_cells_that_cannot_be_read_are_counted_with_their_line(tmp_path: Path) -> None:
    """Two rows: one time, one number."""
    text = "time,cpu\n2024-01-15T14:15:00Z,1\nlater,2\n2024-01-15T14:16:00Z,35 %\n"
    reading = read(tmp_path, text)
    assert (reading.files[0].rows, reading.files[0].unreadable) == (3, 2)
    assert [(each.rule, str(each.where), each.seen) for each in reading.findings] == [
        ("unreadable-time", "cpu.csv:3", "later"),
        ("unreadable-number", "cpu.csv:4", "35 %"),
    ]
    assert reading.frame.select("value").collect()["value"].to_list() == [1.0, 2.0, None]


def test_broken_rows_are_counted_and_their_cells_kept(tmp_path: Path) -> None:
    """The last line was cut off while it was written."""
    reading = read(tmp_path, "time,cpu,memory\n2024-01-15T14:15:00Z,1,2\n2024-01-15T14:16:00Z,3")
    assert (reading.files[0].rows, reading.files[0].unreadable) == (2, 1)
    assert rules(reading) == ["broken-row"]
    assert reading.frame.filter(pl.col("metric") == "cpu").collect()["value"].to_list() == [1.0, 3.0]


def test_a_day_and_a_clock_in_two_columns_are_one_time(tmp_path: Path) -> None:
    """Read apart, the day alone would be midnight."""
    reading = read(tmp_path, "Date,Time,cpu\n2024-01-15,14:15:00,1\n", zone="UTC")
    assert reading.frame.collect()["timestamp"].to_list() == [AT]


def test_an_hour_that_occurs_twice_is_a_finding(tmp_path: Path) -> None:
    """Clocks went back in New York."""
    reading = read(tmp_path, "time,cpu\n2024-11-03 01:30:00,1\n", zone="America/New_York")
    assert rules(reading) == ["zone-assumed", "ambiguous-local-time"]


def test_a_table_that_holds_no_samples_is_told(tmp_path: Path) -> None:
    """Every row counts as not understood."""
    reading = read(tmp_path, "Source,Target,Weight\na,b,1\nb,c,1\n")
    assert (reading.files[0].reader, reading.files[0].rows, reading.files[0].unreadable) == ("", 2, 2)
    assert rules(reading) == ["not-samples"]
    assert reading.frame.collect().schema == SAMPLE_SCHEMA


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    """No rows, no samples, no error."""
    reading = read(tmp_path, "time,cpu\n")
    assert reading.files[0].rows == 0
    assert reading.frame.collect().height == 0


def test_binary_noise_is_told(tmp_path: Path) -> None:
    """Bytes 0 to 255, twice."""
    reading = read(tmp_path, bytes(range(256)) * 2)
    assert rules(reading) == ["not-samples"]


def test_sniffing_knows_metrics_from_other_tables() -> None:
    """Long surer than wide; logs, timelines and database answers are others'."""
    assert sniff(b"time,metric,value\n1705328100,cpu,1\n", "a.csv") == 0.9
    assert sniff(b"Time,CPU\n2024-01-15 14:15:00,1\n2024-01", "a.csv") == 0.8
    assert sniff(b"at,kind,actor,text,source,ref\n2024-01-15T14:15:00Z,note,x,5,y,z\n", "timeline.csv") == 0.0
    assert sniff(b"pid,duration,query\n1,00:05:01,select 1\n", "long_running.csv") == 0.0
    assert (
        sniff(b"Timestamp,TimeUnixNano,Node,PodName,Log\n2022-08-22T05:18:16Z,1661145496154000000,n,p,{}\n", "l.csv")
        == 0.0
    )
    assert sniff(b"time,cpu\n", "a.csv") == 0.0
    assert sniff(b"", "a.csv") == 0.0
