"""One history on every engine: the same values, statuses, reasons, dtypes and order of rows.

Compared are whole results, converted to polars once at the end, where a frame differs from another by a value, a null,
a dtype, a name or the place of a row.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from incident_analytics.analysis.history import load_incidents
from incident_analytics.analysis.milestones import ANCHORS
from incident_analytics.analysis.response_times import clock_pairs, response_times

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.runbook import Runbook

ROOT = Path(__file__).resolve().parents[2]
CLOCKS = ["default", "google", "atlassian", "pagerduty", "datadog", "rootly", "moogsoft", "dora"]
INSTANT = pl.Datetime("us", "UTC")

# Instants at which calendars turn: ISO week 1 of 2021 begins on 4 January, so 3 January is still week 53 of 2020.
BOUNDARIES = {
    "the last second of week 2020-W53": "2021-01-03T23:59:59Z",
    "the first second of week 2021-W01": "2021-01-04T00:00:00Z",
    "the last microsecond of 2023": "2023-12-31T23:59:59.999999Z",
    "the first of 2024": "2024-01-01T00:00:00Z",
    "a leap day": "2024-02-29T12:00:00Z",
    "summer time begins in Berlin": "2024-03-31T01:00:00Z",
    "the first 02:30 of Berlin's last Sunday of October": "2024-10-27T00:30:00Z",
    "the second 02:30 of that day": "2024-10-27T01:30:00Z",
    "summer time ends in New York": "2024-11-03T06:00:00Z",
    "before 1970": "1969-12-31T23:59:59.5Z",
}


def instants(*texts: str | None) -> list[datetime | None]:
    """The instants that the texts say."""
    return [datetime.fromisoformat(text).astimezone(UTC) if text else None for text in texts]


def synthetic() -> pl.DataFrame:
    """Every pair of boundaries as start and end, and rows with nulls, ranges, and a close without a resolution."""
    turns = instants(*BOUNDARIES.values())
    pairs = [(start, end) for start in turns for end in turns]
    columns: dict[str, list[datetime | None]] = {name: [None] * len(pairs) for name in ANCHORS}
    columns |= {f"{name}_latest": [None] * len(pairs) for name in ("started_at", "detected_at", "resolved_at")}
    columns |= {"started_at": [start for start, _ in pairs], "resolved_at": [end for _, end in pairs]}
    columns |= {"detected_at": [None if row % 3 == 0 else end for row, (_, end) in enumerate(pairs)]}
    columns |= {"detected_at_latest": [start if row % 5 == 0 else None for row, (start, _) in enumerate(pairs)]}
    columns |= {"acknowledged_at": [start if row % 7 else None for row, (start, _) in enumerate(pairs)]}
    whole = pl.DataFrame(columns, schema=dict.fromkeys(columns, INSTANT))
    return pl.concat([whole, pl.DataFrame(SPECIAL, schema=dict.fromkeys(SPECIAL, INSTANT))], how="diagonal")


# One row a case: closed and never resolved, open, a day that is known and no hour, nothing at all.
SPECIAL = {
    "started_at": instants("2024-12-29T23:00:00Z", "2024-12-29T23:00:00Z", "2024-12-30T00:00:00Z", None),
    "started_at_latest": instants(None, None, "2024-12-30T23:59:59.999999Z", None),
    "detected_at": instants("2024-12-30T00:30:00Z", "2024-12-29T23:05:00Z", "2024-12-30T06:00:00Z", None),
    "acknowledged_at": instants(None, None, "2024-12-31T06:00:00Z", None),
    "resolved_at": instants(None, None, "2025-01-01T00:00:00Z", None),
    "closed_at": instants("2025-01-01T00:00:00Z", None, None, None),
}


@pytest.fixture(scope="module")
def history() -> pl.DataFrame:
    """The sample history, two years of incidents with open and reopened ones."""
    return load_incidents(ROOT / "data" / "history", catalog=None).frame


def in_polars(frame: Any) -> pl.DataFrame:  # noqa: ANN401 -- a frame of any engine
    """The rows as polars, with what each engine calls a text or an instant in polars' own type."""
    if isinstance(frame, duckdb.DuckDBPyRelation):
        return frame.pl()
    if isinstance(frame, pd.DataFrame):
        return pl.from_pandas(frame)
    return frame.collect() if isinstance(frame, pl.LazyFrame) else frame


def computed(frame: Any, clock: str, runbook: Runbook) -> pl.DataFrame:  # noqa: ANN401 -- a frame of any engine
    """The columns that `response_times` adds, as polars."""
    names = [
        f"{metric}{end}"
        for metric in clock_pairs(runbook, clock)
        for end in ("_seconds", "_seconds_high", "_status", "_reason")
    ]
    return in_polars(response_times(frame, clock=clock, runbook=runbook)).select(names)


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_sample_history_has_the_same_times_on_every_engine(
    clock: str, history: pl.DataFrame, runbook: Runbook, on_engine: Callable[[pl.DataFrame], object]
) -> None:
    """All 242 incidents under every named clock, row by row, with the dtypes of the columns."""
    assert history.height == 242
    assert_frame_equal(
        computed(on_engine(history), clock, runbook), computed(history, clock, runbook), check_exact=True
    )


@pytest.mark.parametrize("clock", CLOCKS)
def test_boundaries_nulls_and_ranges_are_the_same_on_every_engine(
    clock: str, runbook: Runbook, on_engine: Callable[[pl.DataFrame], object]
) -> None:
    """Ends of weeks, years and summer time in every combination, ends before starts included."""
    rows = synthetic()
    assert rows.height == 104
    assert_frame_equal(computed(on_engine(rows), clock, runbook), computed(rows, clock, runbook), check_exact=True)


def test_durations_over_boundaries_are_as_counted_by_hand(
    runbook: Runbook, on_engine: Callable[[pl.DataFrame], object]
) -> None:
    """A second over the turn of a week, a microsecond over that of a year, an hour between the two 02:30."""
    found = computed(on_engine(synthetic()), "default", runbook)["time_to_resolution_seconds"]
    size = len(BOUNDARIES)
    assert [found[place * size + place + 1] for place in (0, 2, 6)] == [1.0, 0.000001, 3600.0]
    # 1,609,718,399 s from 1970 to 2021-01-03T23:59:59Z (date -u +%s), and half a second before 1970
    assert found[9 * size] == 1_609_718_399.5


def test_special_rows_are_as_worked_out_by_hand(runbook: Runbook, on_engine: Callable[[pl.DataFrame], object]) -> None:
    """What is closed waits for nothing, what is open does, a range stays one, nothing is unknown."""
    found = computed(on_engine(synthetic()), "default", runbook).tail(4)
    detection = found.select(pl.col("^time_to_detection_.*$")).rows()
    assert detection == [
        (5400.0, None, "derived", None),
        (300.0, None, "derived", None),
        (0.0, 21600.0, "derived", None),
        (None, None, "unknown", "neither started_at nor detected_at is recorded"),
    ]
    resolution = found.select(pl.col("^time_to_resolution_.*$")).rows()
    assert resolution == [
        (None, None, "unknown", "resolved_at is not recorded"),
        (None, None, "pending", "the incident is open and resolved_at is not recorded yet"),
        (86400.000001, 172800.0, "derived", None),
        (None, None, "unknown", "neither started_at nor resolved_at is recorded"),
    ]


def test_columns_of_ones_own_keep_name_place_and_order(
    history: pl.DataFrame, on_engine: Callable[[pl.DataFrame], object]
) -> None:
    """The new columns stand after them."""
    result = in_polars(response_times(on_engine(history)))
    assert result.columns[: history.width] == history.columns
    assert result["id"].to_list() == history["id"].to_list()


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_the_unit_an_engine_counts_in_makes_no_difference(unit: Any, runbook: Runbook) -> None:  # noqa: ANN401
    """Milliseconds, microseconds and pandas' former nanoseconds; the history has whole seconds."""
    rows = pl.DataFrame(SPECIAL, schema=dict.fromkeys(SPECIAL, INSTANT)).with_columns(pl.all().dt.truncate("1s"))
    other = rows.with_columns(pl.all().dt.cast_time_unit(unit))
    for frame in (other, other.lazy(), other.to_pandas(), other.to_pandas(use_pyarrow_extension_array=True)):
        assert_frame_equal(computed(frame, "default", runbook), computed(rows, "default", runbook), check_exact=True)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu"])
def test_the_zone_of_a_duckdb_session_makes_no_difference(zone: str, runbook: Runbook) -> None:
    """DuckDB shows instants in the session's zone; durations are between instants."""
    rows = synthetic()
    with duckdb.connect() as session:
        session.execute(f"SET TimeZone = '{zone}'")
        found = computed(session.from_arrow(rows.to_arrow()), "default", runbook)
    assert_frame_equal(found, computed(rows, "default", runbook), check_exact=True)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_rows_stay_in_order_where_an_engine_works_in_pieces(engine: str, runbook: Runbook) -> None:
    """DuckDB hands 122,880 rows at a time to a thread; here are more than three such pieces."""
    count = 400_000
    start = datetime(2024, 1, 1, tzinfo=UTC)
    rows = pl.DataFrame({"started_at": pl.Series([start]).cast(INSTANT).extend_constant(start, count - 1)})
    rows = rows.with_columns(resolved_at=pl.col("started_at") + pl.duration(seconds=pl.int_range(count)))
    frame = duckdb.from_arrow(rows.to_arrow()) if engine == "duckdb" else rows.lazy()
    found = computed(frame, "default", runbook)["time_to_resolution_seconds"]
    assert found.equals(pl.Series("time_to_resolution_seconds", range(count), dtype=pl.Float64))
