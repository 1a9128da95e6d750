"""PostgreSQL's answers become sessions, locks and counts; the recordings are of a real blocked lock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.sources.database import (
    ACTIVITY_SCHEMA,
    COUNT_SCHEMA,
    LOCK_SCHEMA,
    DatabaseReading,
    read_database,
)

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "database"


def read(*names: str, zones: dict[str, str] | None = None) -> DatabaseReading:
    """Some of our recordings."""
    return read_database([RECORDED / name for name in names], root=RECORDED, zones=zones)


def written(
    tmp_path: Path, text: str | bytes, name: str = "2024-01-15T142730Z/pg_stat_activity.csv"
) -> DatabaseReading:
    """A file with this content, read."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_database([path], root=tmp_path)


def test_the_long_running_query_has_eleven_sessions() -> None:
    """Durations as PostgreSQL printed them; the second query spans lines 3 and 4."""
    reading = read("db_long_running.csv")
    rows = reading.activity.select("pid", "duration_seconds", "query", "line").rows()
    assert len(rows) == 11
    assert rows[:3] == [
        (18737, 7.512883, "update orders set status='hold' where id=1;", 2),
        (18764, 4.589494, "update orders set status='paid'\n where id=1;", 3),
        (18765, 4.557801, "select 1;", 5),
    ]
    assert reading.activity["captured_at"].null_count() == 11
    assert reading.files[0].notes == ("nothing tells when it was captured",)
    assert [finding.rule for finding in reading.findings] == ["capture-time-unknown"]


def test_pg_stat_activity_tells_durations_from_its_capture_time() -> None:
    """Captured 21:52:50.965407 at the earliest; 18737's query began 21:52:43.458059, 7.507348 s before."""
    reading = read("db_pg_stat_activity.csv")
    assert reading.activity.height == 23
    assert reading.activity.schema == ACTIVITY_SCHEMA
    session = reading.activity.filter(pl.col("pid") == 18737).row(0, named=True)
    assert session["captured_at"] == datetime(2026, 11, 23, 2, 52, 50, 965407, tzinfo=UTC)
    assert session["duration_seconds"] == 7.507348
    assert (session["state"], session["application"]) == ("idle in transaction", "payments-worker")
    assert (session["user"], session["wait_event_type"], session["wait_event"]) == ("postgres", "Client", "ClientRead")
    assert session["blocked_by"] is None
    assert session["line"] == 12
    assert reading.files[0].notes == (
        "captured at its newest timestamp or later",
        "durations are the capture time less query_start",
    )


def test_a_background_process_has_no_duration() -> None:
    """Five of the 23 run no query; nothing unknown is 0."""
    assert read("db_pg_stat_activity.csv").activity["duration_seconds"].null_count() == 5


def test_states_of_the_recorded_sessions() -> None:
    """Counted by hand: 10 idle, 7 active, 1 idle in transaction, 5 background processes."""
    states = read("db_pg_stat_activity.csv").activity.group_by("state").len()
    assert dict(states.iter_rows()) == {"idle": 10, "active": 7, "idle in transaction": 1, None: 5}


def test_the_blocking_chain_is_read() -> None:
    """18737 blocks 18764, which blocks 18768; the application's name holds quotes and a comma."""
    activity = read("db_blocking.csv").activity
    assert activity.select("pid", "blocked_by", "application", "duration_seconds").rows() == [
        (18764, [18737], 'api "v2", eu', 4.608186),
        (18768, [18764], "api", 4.575913),
    ]


def test_locks_are_read_with_what_they_wait_for() -> None:
    """21 locks, two of them not granted, each waiting since it says."""
    locks = read("db_pg_locks.csv").locks
    assert locks.height == 21
    assert locks.schema == LOCK_SCHEMA
    waiting = locks.filter(~pl.col("granted")).select("pid", "locktype", "mode", "relation", "waitstart")
    assert waiting.rows() == [
        (18764, "transactionid", "ShareLock", None, datetime(2026, 11, 23, 2, 52, 46, 382448, tzinfo=UTC)),
        (18768, "tuple", "AccessExclusiveLock", "16385", datetime(2026, 11, 23, 2, 52, 46, 414533, tzinfo=UTC)),
    ]
    assert read("db_lock_waits.csv").locks.height == 2


def test_a_connection_count_is_a_total_or_grouped(tmp_path: Path) -> None:
    """State and application are null in a total."""
    total = read("db_connection_count.csv").counts
    assert total.schema == COUNT_SCHEMA
    assert total.select("state", "application", "count").rows() == [(None, None, 23)]
    text = "state,application_name,count\nactive,api,7\nidle,,10\n"
    counts = written(tmp_path, text, "2024-01-15T142730Z/connection_count.csv").counts
    assert counts.select("state", "application", "count").rows() == [("active", "api", 7), ("idle", None, 10)]
    assert counts["captured_at"].to_list() == [datetime(2024, 1, 15, 14, 27, 30, tzinfo=UTC)] * 2


def test_zone_abbreviations_are_a_finding_unless_explained() -> None:
    """The SQL and the German datestyle print EST; with its meaning both are read."""
    names = ("db_datestyle_sql.csv", "db_long_verbose_german.csv")
    reading = read(*names)
    assert [(each.rule, str(each.where)) for each in reading.findings if each.rule == "zone-unknown"] == [
        ("zone-unknown", "db_datestyle_sql.csv:2"),
        ("zone-unknown", "db_long_verbose_german.csv:2"),
    ]
    assert [each.unreadable for each in reading.files] == [1, 1]
    assert reading.activity["duration_seconds"].to_list() == [None, 12.058622]
    explained = read(*names, zones={"EST": "America/New_York"})
    assert explained.activity["captured_at"].to_list() == [datetime(2026, 11, 23, 2, 58, 25, 274827, tzinfo=UTC)] * 2
    assert explained.findings == ()


def test_intervals_of_the_iso_style_are_read() -> None:
    """The seed's query with intervalstyle=iso_8601."""
    assert read("db_long_iso8601.csv").activity["duration_seconds"].to_list() == [11.937085]


def test_a_table_we_do_not_know_is_told() -> None:
    """Its row counts as not understood."""
    reading = read("db_types.csv")
    assert (reading.files[0].reader, reading.files[0].rows, reading.files[0].unreadable) == ("", 1, 1)
    assert [finding.rule for finding in reading.findings] == ["not-database"]


def test_the_folders_name_is_the_capture_time(tmp_path: Path) -> None:
    """14:27:30 less 14:20:00 are 450 seconds."""
    reading = written(tmp_path, "pid,state,query_start,query\n7,active,2024-01-15 14:20:00+00,select 1\n")
    assert reading.activity["duration_seconds"].to_list() == [450.0]
    at = datetime(2024, 1, 15, 14, 27, 30, tzinfo=UTC)
    assert (reading.files[0].first_at, reading.files[0].last_at) == (at, at)


def test_files_of_one_folder_share_their_capture_time(tmp_path: Path) -> None:
    """The folder is made at 14:27:30, the query runs 0.4 s later; it began at 14:27:30.1."""
    header = "pid,state,query_start,state_change,query\n"
    text = header + "7,active,2024-01-15 14:27:30.1+00,2024-01-15 14:27:30.4+00,select 1\n"
    row = written(tmp_path, text).activity.row(0, named=True)
    assert row["captured_at"] == datetime(2024, 1, 15, 14, 27, 30, tzinfo=UTC)
    assert row["duration_seconds"] == 0.3


def test_each_row_may_carry_its_own_capture_time(tmp_path: Path) -> None:
    """A sampler that appends writes several."""
    text = (
        "captured_at,pid,state,query_start,query\n"
        "2024-01-15 14:20:10+00,7,active,2024-01-15 14:20:00+00,select 1\n"
        "2024-01-15 14:20:20+00,7,active,2024-01-15 14:20:00+00,select 1\n"
    )
    reading = written(tmp_path, text, "samples.csv")
    assert reading.activity["duration_seconds"].to_list() == [10.0, 20.0]


def test_a_query_after_the_capture_has_no_duration(tmp_path: Path) -> None:
    """The folder's name is wrong by an hour; both facts are told."""
    reading = written(tmp_path, "pid,state,query_start,query\n7,active,2024-01-15 15:27:00+00,select 1\n")
    assert reading.activity["duration_seconds"].to_list() == [None]
    assert [finding.rule for finding in reading.findings] == ["query-after-capture", "capture-time-disagrees"]


def test_cells_that_cannot_be_read_are_counted_with_their_line(tmp_path: Path) -> None:
    """Two of three rows; the rows stay."""
    text = "pid,duration,query,blocked_by\n7,00:05:01,a,{}\nseven,a while,b,\n8,00:06:00,c,nobody\n"
    reading = written(tmp_path, text)
    assert (reading.files[0].rows, reading.files[0].unreadable) == (3, 2)
    assert reading.activity.select("pid", "duration_seconds", "blocked_by").rows() == [
        (7, 301.0, []),
        (None, None, None),
        (8, 360.0, None),
    ]
    assert [(each.rule, str(each.where), each.seen) for each in reading.findings] == [
        ("unreadable-number", "2024-01-15T142730Z/pg_stat_activity.csv:3", "seven"),
        ("unreadable-interval", "2024-01-15T142730Z/pg_stat_activity.csv:3", "a while"),
        ("unreadable-array", "2024-01-15T142730Z/pg_stat_activity.csv:4", "nobody"),
    ]


def test_times_without_zone_are_told(tmp_path: Path) -> None:
    """As a guess, since no zone is known."""
    reading = written(tmp_path, "pid,state,query_start,query\n7,active,2024-01-15 14:20:00,select 1\n")
    assert [(each.rule, each.level) for each in reading.findings] == [("zone-assumed", "warning")]


def test_marks_line_ends_and_semicolons_are_read(tmp_path: Path) -> None:
    """A spreadsheet saved it anew."""
    reading = written(tmp_path, "\ufeffpid;duration;query\r\n7;00:05:01;select 1\r\n")
    assert reading.activity.select("pid", "duration_seconds").rows() == [(7, 301.0)]


def test_bytes_that_are_not_utf_8_keep_the_rows(tmp_path: Path) -> None:
    """A database with SQL_ASCII holds what was put in."""
    reading = written(tmp_path, b"pid,duration,query\n7,00:05:01,select 'M\xfcnchen'\n")
    assert reading.activity["query"].to_list() == ["select 'M\ufffdnchen'"]
    assert [finding.rule for finding in reading.findings] == ["not-text"]


def test_a_file_cut_off_within_a_query_keeps_the_rows_before(tmp_path: Path) -> None:
    """The cut row is counted."""
    reading = written(tmp_path, 'pid,duration,query\n7,00:05:01,a\n8,00:05:02,"select\n')
    assert (reading.files[0].rows, reading.files[0].unreadable) == (2, 1)
    assert [(each.rule, each.where.line if each.where else None) for each in reading.findings] == [("broken-row", 3)]


def test_missing_files_and_noise_do_not_stop_the_others(tmp_path: Path) -> None:
    """One line of the ledger each."""
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)))
    reading = read_database([tmp_path / "missing.csv", tmp_path / "noise.csv"], root=tmp_path)
    assert [finding.rule for finding in reading.findings] == ["unreadable-file", "not-database"]


def test_no_files_give_empty_frames_with_their_columns(tmp_path: Path) -> None:
    """So that later steps need no exception for it."""
    reading = read_database([], root=tmp_path)
    assert reading.activity.schema == ACTIVITY_SCHEMA
    assert reading.locks.schema == LOCK_SCHEMA
    assert reading.counts.schema == COUNT_SCHEMA


def test_an_unknown_zone_is_refused(tmp_path: Path) -> None:
    """Before any file is opened."""
    with pytest.raises(ParameterError, match="found 'EST'"):
        read_database([], root=tmp_path, zone="EST")
