"""Response times are the same on every engine, and unknown is never 0."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_analytics.analysis.milestones import ANCHORS
from incident_analytics.analysis.response_times import clock_pairs, response_times
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.runbook import Runbook

START = datetime(2024, 1, 15, 14, 15, tzinfo=UTC)
INSTANT = pl.Datetime("us", "UTC")
DEFAULT = ["time_to_detection", "time_to_acknowledgment", "time_to_engage", "time_to_mitigation", "time_to_resolution"]


def at(minutes: float | None) -> datetime | None:
    """So many minutes after a quarter past two; None stays None."""
    return None if minutes is None else START + timedelta(minutes=minutes)


def frame(**columns: list[float | None]) -> pl.DataFrame:
    """A frame of instants, in minutes after the start."""
    return pl.DataFrame(
        {name: [at(each) for each in values] for name, values in columns.items()},
        schema=dict.fromkeys(columns, INSTANT),
    )


def metric(result: pl.DataFrame, name: str) -> list[tuple[float | None, float | None, str, str | None]]:
    """Seconds, seconds at most, status and reason of each row."""
    return result.select(f"{name}{end}" for end in ("_seconds", "_seconds_high", "_status", "_reason")).rows()


# One row a case: the template, never acknowledged and open, never acknowledged and resolved, an end before its
# start, ranges, ranges that overlap, ranges out of order, nothing at all, a detection in the same second.
CASES = frame(
    started_at=[0, 0, 0, 0, -5, -5, 10, None, 0],
    started_at_latest=[None, None, None, None, 5, 5, 20, None, None],
    detected_at=[0, 1, 1, 1, 6, 0, 1, None, 0],
    detected_at_latest=[None, None, None, None, None, 10, 5, None, 0],
    acknowledged_at=[3, None, None, 0, 7, 7, 7, None, 1 / 60],
    resolved_at=[90, None, 90, -10, 90, 90, 90, None, 0],
)
EXPECTED = {
    "time_to_detection": [
        (0.0, None, "derived", None),
        (60.0, None, "derived", None),
        (60.0, None, "derived", None),
        (60.0, None, "derived", None),
        (60.0, 660.0, "derived", None),
        (0.0, 900.0, "derived", None),
        (None, None, "invalid", "detected_at lies before started_at"),
        (None, None, "unknown", "neither started_at nor detected_at is recorded"),
        (0.0, None, "derived", None),
    ],
    "time_to_acknowledgment": [
        (180.0, None, "derived", None),
        (None, None, "pending", "the incident is open and acknowledged_at is not recorded yet"),
        (None, None, "unknown", "acknowledged_at is not recorded"),
        (None, None, "invalid", "acknowledged_at lies before detected_at"),
        (60.0, None, "derived", None),
        (0.0, 420.0, "derived", None),
        (120.0, 360.0, "derived", None),
        (None, None, "unknown", "neither detected_at nor acknowledged_at is recorded"),
        (1.0, None, "derived", None),
    ],
    "time_to_resolution": [
        (5400.0, None, "derived", None),
        (None, None, "pending", "the incident is open and resolved_at is not recorded yet"),
        (5400.0, None, "derived", None),
        (None, None, "invalid", "resolved_at lies before started_at"),
        (5100.0, 5700.0, "derived", None),
        (5100.0, 5700.0, "derived", None),
        (4200.0, 4800.0, "derived", None),
        (None, None, "unknown", "neither started_at nor resolved_at is recorded"),
        (0.0, None, "derived", None),
    ],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_case_is_as_worked_out_by_hand(name: str) -> None:
    """In seconds; a duration of 0 is a value, a missing one is null with its reason."""
    assert metric(response_times(CASES), name) == EXPECTED[name]


def test_every_engine_gives_the_same_rows(on_engine: Callable[..., object], rows_of: Callable[..., object]) -> None:
    """On pandas with numpy and pyarrow, polars eager and lazy, DuckDB; nulls included, rows in order."""
    result = response_times(on_engine(CASES))
    assert rows_of(result) == rows_of(response_times(CASES))


def test_the_kind_of_frame_that_comes_out_is_the_one_that_went_in(on_engine: Callable[..., object]) -> None:
    """Eager or lazy, and its own columns first."""
    given_frame = on_engine(CASES)
    result: Any = response_times(given_frame)
    assert type(result) is type(given_frame)
    names = result.collect_schema().names() if isinstance(result, pl.LazyFrame) else list(result.columns)
    assert names[:6] == CASES.columns
    assert names[6:10] == [f"time_to_detection{end}" for end in ("_seconds", "_seconds_high", "_status", "_reason")]
    assert len(names) == 6 + 4 * len(DEFAULT)


def test_an_absent_column_is_an_anchor_that_nobody_recorded(
    on_engine: Callable[..., object], rows_of: Callable[..., list[tuple[object, ...]]]
) -> None:
    """Detection is not start by default."""
    result = rows_of(
        response_times(on_engine(frame(started_at=[0.0], resolved_at=[90.0])), metrics=["time_to_detection"])
    )
    assert result[0][2:] == (None, None, "unknown", "detected_at is not recorded")


def test_an_empty_frame_stays_empty_with_all_columns(
    on_engine: Callable[..., object], rows_of: Callable[..., object]
) -> None:
    """And no row is made up."""
    assert rows_of(response_times(on_engine(CASES.head(0)))) == []
    assert metric(response_times(pl.DataFrame()), "time_to_detection") == []


def test_columns_of_nothing_but_nulls_are_unknown(
    on_engine: Callable[..., object], rows_of: Callable[..., list[tuple[object, ...]]]
) -> None:
    """Whatever type the engine gives them."""
    nothing = frame(started_at=[None, None], detected_at=[None, None])
    found = rows_of(response_times(on_engine(nothing), metrics=["time_to_detection"]))
    assert [row[4] for row in found] == ["unknown", "unknown"]


@pytest.mark.parametrize(
    "nulls",
    [
        pl.DataFrame({"started_at": [None], "detected_at": [None]}),
        pd.DataFrame({"started_at": [None], "detected_at": [None]}),
        pd.DataFrame({"started_at": [pd.NaT], "detected_at": [float("nan")]}),
    ],
    ids=["polars null", "pandas object", "pandas NaT and NaN"],
)
def test_nulls_without_a_type_are_nulls(nulls: Any, rows_of: Callable[..., list[tuple[object, ...]]]) -> None:  # noqa: ANN401
    """A column nobody filled in."""
    (row,) = rows_of(response_times(nulls, metrics=["time_to_detection"]))
    assert row[2:] == (None, None, "unknown", "neither started_at nor detected_at is recorded")


NAIVE = datetime(2024, 1, 15, 14, 15)  # noqa: DTZ001 -- that it is naive is the point


@pytest.mark.parametrize(
    ("naive", "found"),
    [
        (pl.DataFrame({"started_at": [NAIVE]}), "Datetime"),
        (pd.DataFrame({"started_at": [NAIVE]}), "Datetime"),
        (pd.DataFrame({"started_at": [NAIVE]}).astype(object), "2024-01-15 14:15:00"),
        (pl.DataFrame({"started_at": ["2024-01-15T14:15:00Z"]}), "String"),
        (pl.DataFrame({"started_at": [1_705_328_100]}), "Int64"),
    ],
    ids=["polars naive", "pandas naive", "pandas naive objects", "text", "number"],
)
def test_a_column_that_holds_no_instants_is_refused_by_name(naive: Any, found: str) -> None:  # noqa: ANN401
    """No zone is guessed, and no unit."""
    with pytest.raises(ParameterError, match=f"column started_at: expected instants with a zone.*, found '{found}"):
        response_times(naive)


def test_instants_of_another_zone_are_the_same_instants() -> None:
    """15:15 in Berlin is 14:15 UTC."""
    berlin = CASES.with_columns(pl.all().dt.convert_time_zone("Europe/Berlin"))
    names = [column for column in response_times(CASES).columns if column.startswith("time_to")]
    assert response_times(berlin).select(names).equals(response_times(CASES).select(names))


def test_a_duration_over_the_change_to_summer_time_is_what_a_stopwatch_shows() -> None:
    """From 01:30 to 03:30 in Berlin on 2024-03-31 is one hour."""
    local = pl.DataFrame(
        {
            "started_at": [datetime(2024, 3, 31, 0, 30, tzinfo=UTC)],
            "resolved_at": [datetime(2024, 3, 31, 1, 30, tzinfo=UTC)],
        }
    ).with_columns(pl.all().dt.convert_time_zone("Europe/Berlin"))
    assert local["resolved_at"][0].hour == 3
    assert response_times(local)["time_to_resolution_seconds"].to_list() == [3600.0]


def test_microseconds_are_kept() -> None:
    """Nothing is cut to whole minutes or hours."""
    exact = frame(started_at=[0.0]).with_columns(resolved_at=pl.col("started_at") + pl.duration(microseconds=1_000_001))
    assert response_times(exact)["time_to_resolution_seconds"].to_list() == [1.000001]


@pytest.mark.parametrize(
    "clock", ["default", "google", "atlassian", "pagerduty", "datadog", "rootly", "moogsoft", "dora"]
)
def test_every_named_clock_runs_on_every_engine(
    clock: str, runbook: Runbook, on_engine: Callable[..., object], rows_of: Callable[..., list[tuple[object, ...]]]
) -> None:
    """Milestones a minute apart, so each metric is the distance of its anchors in the list."""
    order = {name: 60.0 * index for index, name in enumerate(ANCHORS)}
    pairs = clock_pairs(runbook, clock)
    row = frame(**{name: [seconds / 60] for name, seconds in order.items()})
    (found,) = rows_of(response_times(on_engine(row), clock=clock))
    values = found[len(ANCHORS) :: 4]
    expected = [order[end] - order[start] for start, end in pairs.values()]
    assert list(values) == [None if each < 0 else each for each in expected]


def test_one_metric_alone_can_be_asked_for() -> None:
    """Its four columns are all that is added."""
    assert response_times(CASES, metrics=["time_to_resolution"]).width == CASES.width + 4


def test_an_unknown_clock_or_metric_names_the_known_ones() -> None:
    """As an error of the parameter."""
    with pytest.raises(ParameterError, match=r"there is no such clock: expected default, .*, found 'swatch'"):
        response_times(CASES, clock="swatch")
    with pytest.raises(ParameterError, match=r"the clock google has no such metric: expected .*, found 'mttr'"):
        response_times(CASES, clock="google", metrics=["mttr"])


def test_what_is_no_frame_is_refused() -> None:
    """With its kind."""
    with pytest.raises(ParameterError, match=r"not a frame: .* found 'builtins\.list'"):
        response_times([1, 2])  # type: ignore[type-var]


def test_columns_of_its_own_are_untouched_and_old_results_replaced() -> None:
    """Running it twice is running it once."""
    once = response_times(CASES.with_columns(id=pl.int_range(pl.len())))
    assert once["id"].to_list() == list(range(9))
    assert response_times(once).select(sorted(once.columns)).equals(once.select(sorted(once.columns)))


MINUTES = st.one_of(st.none(), st.integers(-10_000, 10_000))
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(CASES.columns, MINUTES)), min_size=1, max_size=20)


def of_rows(rows: list[dict[str, int | None]], hours: int = 0) -> pl.DataFrame:
    """A frame of such rows, so many hours later; an anchor known to a range needs its earliest."""
    columns: dict[str, list[float | None]] = {name: [] for name in CASES.columns}
    for row in rows:
        for name, minutes in row.items():
            early = row.get(name.removesuffix("_latest")) if name.endswith("_latest") else minutes
            value = None if minutes is None or early is None else max(minutes, early)
            columns[name].append(None if value is None else value + 60.0 * hours)
    return frame(**columns)


def added(result: pl.DataFrame) -> list[tuple[object, ...]]:
    """The computed columns alone."""
    return result.drop(CASES.columns).rows()


@settings(deadline=None, max_examples=25)
@given(ROWS, st.integers(-1000, 1000))
def test_an_hour_later_is_the_same_incident(rows: list[dict[str, int | None]], hours: int) -> None:
    """Shifting all times changes no duration."""
    assert added(response_times(of_rows(rows, hours))) == added(response_times(of_rows(rows)))


@settings(deadline=None, max_examples=25)
@given(ROWS)
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, int | None]]) -> None:
    """Each row is its own incident."""
    assert added(response_times(of_rows(rows[::-1]))) == added(response_times(of_rows(rows)))[::-1]


@settings(deadline=None, max_examples=25)
@given(ROWS)
def test_a_value_is_there_exactly_where_the_status_says_derived(rows: list[dict[str, int | None]]) -> None:
    """Never negative; a high end lies above the low one; a reason stands where no value does."""
    result = response_times(of_rows(rows))
    for name in DEFAULT:
        for low, high, status, reason in metric(result, name):
            assert (low is not None) == (status == "derived") == (reason is None)
            assert low is None or low >= 0
            assert high is None or (low is not None and high > low)
