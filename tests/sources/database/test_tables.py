"""Answers that are no CSV: what psql prints, and rows as JSON; the recordings are of the same blocked lock."""

from __future__ import annotations

from pathlib import Path

from incident_analytics.sources.database import read_database
from incident_analytics.sources.database.tables import table_of

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "database"


def test_an_aligned_table_is_read_as_the_query_printed_it() -> None:
    """Eleven sessions; the second one's query spans two lines with a plus between."""
    reading = read_database([RECORDED / "db_long_running_aligned.txt"], root=RECORDED)
    assert (reading.files[0].rows, reading.files[0].unreadable) == (11, 0)
    first, second = reading.activity.select("pid", "duration_seconds", "query", "line").rows()[:2]
    assert first == (18737, 7.655348, "update orders set status='hold' where id=1;", 3)
    assert second == (18764, 4.731959, "update orders set status='paid'\nwhere id=1;", 4)


def test_rows_as_json_are_the_rows_of_pg_stat_activity() -> None:
    """COPY doubled the backslashes, which broke the row of the application with quotes in its name."""
    reading = read_database([RECORDED / "db_pg_stat_activity.ndjson"], root=RECORDED)
    assert (reading.files[0].rows, reading.files[0].unreadable) == (23, 0)
    rows = {row["pid"]: row for row in reading.activity.iter_rows(named=True)}
    assert rows[18764]["application"] == 'api "v2", eu'
    assert rows[18764]["query"] == "update orders set status='paid'\n where id=1;"
    assert rows[18737]["state"] == "idle in transaction"
    assert rows[13454]["state"] is None


def test_a_broken_json_line_is_counted_and_arrays_are_postgresqls() -> None:
    """The rest is read."""
    table = table_of('{"pid": 7, "blocked_by": [1, 2], "waiting": true}\n{"pid": \n')
    assert table.rows == (("7", "{1,2}", "true"),)
    assert (table.lost, table.broken[0].line) == (1, 2)
