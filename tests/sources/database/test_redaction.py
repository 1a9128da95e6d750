"""Queries lose their values and keep their shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.sources.database import read_database, redacted_query

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "database"


@pytest.mark.parametrize(
    ("query", "redacted"),
    [
        ("select 1;", "select ?;"),
        ("where mail = 'o''neil@x.y' and n=-1.5e3", "where mail = ? and n=-?"),
        (r"E'it\'s' || $tag$ secret 'x' $tag$ || $$a$$", "? || ? || ?"),
        ('select "Name 7" from t2 where a = $1', 'select "Name 7" from t2 where a = $1'),
        ("select /* for Ann */ x -- 555-1234\nfrom t", "select  x \nfrom t"),
        ("where token = 'cut off by track_activity_query_si", "where token = ?"),
        ("x'1F', B'10', N'a', U&'b'", "?, ?, ?, ?"),
        ("in (1,2, 3)", "in (?,?, ?)"),
    ],
)
def test_literals_become_question_marks(query: str, redacted: str) -> None:
    """Each of PostgreSQL's quotes; names and parameters stay."""
    assert redacted_query(query) == redacted


def test_a_reading_is_redacted_on_request_and_says_so() -> None:
    """The recorded update sets a status."""
    reading = read_database([RECORDED / "db_long_running.csv"], root=RECORDED, redact=True)
    assert reading.activity["query"].to_list()[:2] == [
        "update orders set status=? where id=?;",
        "update orders set status=?\n where id=?;",
    ]
    assert reading.files[0].notes[-1] == "literals were replaced by ? in 11 of 11 queries"
    assert reading.files[0].redacted == 11
