"""PostgreSQL's four spellings of an interval."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.sources.database.intervals import interval_seconds

RECORDED = Path(__file__).parents[2] / "data" / "recorded" / "intervals" / "postgresql_15.csv"
STYLES = ("postgres", "postgres_verbose", "sql_standard", "iso_8601")


@pytest.mark.parametrize("style", STYLES)
def test_each_style_is_read_as_postgresql_counts_it(style: str) -> None:
    """21 intervals as PostgreSQL 15 prints them, negative ones and mixed signs too, beside its extract(epoch)."""
    with RECORDED.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 21
    assert [interval_seconds(row[style]) for row in rows] == [float(row["epoch"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        # postgres
        ("00:00:07.512883", 7.512883),
        ("00:05", 300.0),
        ("1 day 02:03:04.5", 93784.5),
        ("-1 days +02:03:04", -79016.0),
        ("3 days", 259200.0),
        ("1 mon 1 day", 2678400.0),
        ("-00:00:01.5", -1.5),
        # postgres_verbose
        ("@ 12.058622 secs", 12.058622),
        ("@ 1 day 2 hours 3 mins 4.5 secs", 93784.5),
        ("@ 1 min ago", -60.0),
        ("@ 0", 0.0),
        # iso_8601
        ("PT11.937085S", 11.937085),
        ("P1DT2H3M4.5S", 93784.5),
        ("PT-1.5S", -1.5),
        ("PT0S", 0.0),
        # sql_standard
        ("1 2:03:04.5", 93784.5),
        ("0:00:07.5", 7.5),
        ("-1 2:03:04", -93784.0),
        ("0-1 +1 +0:00:01", 2678401.0),
        # extract(epoch from ...)
        ("11.937085", 11.937085),
    ],
)
def test_one_interval_in_many_spellings(text: str, seconds: float) -> None:
    """1 day 2 h 3 min 4.5 s are 86400 + 7200 + 180 + 4.5 seconds; a month counts 30 days as in PostgreSQL."""
    assert interval_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "x", "P", "PT", "@", "@ ago", "1 day ago", "5 parsecs", "00:00:07 EST", "P1DT"])
def test_what_is_no_interval_is_none(text: str) -> None:
    """Nothing unknown is 0."""
    assert interval_seconds(text) is None


@given(st.integers(min_value=0, max_value=40), st.integers(min_value=0, max_value=86_399))
def test_every_spelling_of_the_same_interval_is_the_same(days: int, seconds: int) -> None:
    """As PostgreSQL prints days and seconds in each style."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    spellings = [
        f"{days} days {hours:02}:{minutes:02}:{rest:02}",
        f"@ {days} days {hours} hours {minutes} mins {rest} secs",
        f"P{days}DT{hours}H{minutes}M{rest}S",
        f"{days} {hours}:{minutes:02}:{rest:02}",
    ]
    assert {interval_seconds(text) for text in spellings} == {days * 86_400.0 + seconds}
