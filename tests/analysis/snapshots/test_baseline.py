"""Series against their baseline: quantiles counted by hand (linear, between the neighbours)."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_analytics.analysis.snapshots import against_baseline
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    OnEngine = Callable[[pl.DataFrame], Any]
    RowsOf = Callable[[object], list[tuple[Any, ...]]]


MIDNIGHT = dt.datetime(2024, 1, 16, tzinfo=dt.UTC)
WINDOW = {"start": MIDNIGHT, "end": MIDNIGHT + dt.timedelta(minutes=20)}
SCHEMA = {
    "timestamp": pl.Datetime("us", "UTC"),
    "metric": pl.String,
    "labels": pl.String,
    "unit": pl.String,
    "value": pl.Float64,
}
ONE_TO_FIVE = [(-60, 1.0), (-50, 2.0), (-40, 3.0), (-30, 4.0), (-20, 5.0)]
FIVES = [(-60, 5.0), (-50, 5.0), (-40, 5.0), (-30, 5.0)]


def minutes(count: float) -> dt.datetime:
    """An instant around midnight."""
    return MIDNIGHT + dt.timedelta(minutes=count)


def series(
    values: list[tuple[float | None, float | None]], metric: str = "cpu", labels: str = "{}", unit: str | None = "%"
) -> pl.DataFrame:
    """One series: minutes from midnight and values."""
    rows = [(None if at is None else minutes(at), metric, labels, unit, value) for at, value in values]
    return pl.DataFrame(rows, orient="row", schema=SCHEMA)


def judged(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """metric, status, moved of each row."""
    return [(row[0], row[3], row[4]) for row in rows]


def test_a_series_that_moved_on_every_engine(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Baseline 10 to 14: quartiles 11 and 13, 5th percentile 10.2, 95th 13.8; from 12 to 34 are 22 / 2 spreads."""
    values = [(-60, 10.0), (-50, 11.0), (-40, 12.0), (-30, 13.0), (-20, 14.0), (0, 30.0), (10, 34.0), (20, 34.0)]
    outside = [(-61, 999.0), (20.1, 999.0), (None, 999.0)]
    (row,) = rows_of(against_baseline(on_engine(series(outside + values)), **WINDOW))
    assert row[:4] == ("cpu", "{}", "%", "moved")
    assert row[4:12] == pytest.approx((11.0, 12.0, 10.2, 13.8, 34.0, 30.0, 34.0, 1.0))
    assert row[12:] == (34.0, minutes(10), 5, 3, 0)


def test_the_baseline_ends_where_the_trouble_is_known_to_have_begun(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """It rose five minutes before the recorded start: those minutes are in neither window."""
    values = [(-66, 9.0), (-60, 10.0), (-50, 11.0), (-40, 12.0), (-30, 13.0), (-3, 30.0), (-2, 31.0), (5, 34.0)]
    (row,) = rows_of(against_baseline(on_engine(series(values)), calm_until=minutes(-5), **WINDOW))
    assert row[5:8] == pytest.approx((11.5, 10.15, 12.85))
    assert row[14:] == (4, 1, 0)
    (row,) = rows_of(against_baseline(on_engine(series([(-65, 9.0), *values[1:]])), calm_until=minutes(-5), **WINDOW))
    assert row[14:] == (5, 1, 0)


def test_a_fall_is_a_negative_move(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """From a median of 3 with quartiles 2 and 4 down to -1: minus two spreads; the lowest is the most extreme."""
    (row,) = rows_of(against_baseline(on_engine(series([*ONE_TO_FIVE, (5, -1.0), (6, -1.0), (7, 0.0)])), **WINDOW))
    assert row[3:5] == ("moved", -2.0)
    assert row[12:14] == (-1.0, minutes(5))


def test_the_order_of_rows_on_every_engine(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Moved by size, then steady by size, then what has no baseline, then what has no samples; ties by name."""
    frame = pl.concat(
        [
            series([*ONE_TO_FIVE], metric="silent"),
            series([(0, 3.0)], metric="new b"),
            series([(0, 3.0)], metric="new a"),
            series([(-600, 3.0)], metric="long gone"),
            series([*ONE_TO_FIVE, (0, 3.0)], metric="same"),
            series([*FIVES, (0, 5.0)], metric="flat and still"),
            series([*ONE_TO_FIVE, (0, 4.5)], metric="a little"),
            series([*ONE_TO_FIVE, (0, -7.0)], metric="down"),
            series([*ONE_TO_FIVE, (0, 7.0)], metric="up"),
            series([*FIVES, (0, 5.5)], metric="left a flat baseline"),
        ]
    )
    assert judged(rows_of(against_baseline(on_engine(frame), **WINDOW))) == [
        ("left a flat baseline", "moved", None),
        ("down", "moved", -5.0),
        ("up", "moved", 2.0),
        ("a little", "steady", 0.75),
        ("same", "steady", 0.0),
        ("flat and still", "steady", None),
        ("new a", "no baseline", None),
        ("new b", "no baseline", None),
        ("long gone", "no samples", None),
        ("silent", "no samples", None),
    ]


def test_what_is_not_known_is_null(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Without a baseline nothing is extreme; without samples nothing has a median; three samples have no spread."""
    frame = pl.concat(
        [
            series([(0, 2.0), (10, 4.0)], metric="new", unit=None),
            series([(-30, 1.0), (-20, 2.0), (-10, 3.0), (0, 9.0)], metric="three"),
            series([*ONE_TO_FIVE], metric="silent"),
        ]
    )
    rows = rows_of(against_baseline(on_engine(frame), **WINDOW))
    new = ("new", "{}", None, "no baseline", None, None, None, None, 3.0, 2.0, 4.0, None, None, None, 0, 2, 0)
    assert rows[0] == new
    assert rows[1][:4] == ("three", "{}", "%", "no baseline")
    assert rows[1][4:12] == (None, 2.0, pytest.approx(1.1), pytest.approx(2.9), 9.0, 9.0, 9.0, 1.0)
    assert rows[1][12:] == (9.0, minutes(0), 3, 1, 0)
    assert rows[2][3:6] == ("no samples", None, 3.0)
    assert rows[2][8:] == (None, None, None, None, None, None, 5, 0, 0)


def test_values_that_are_not_finite_are_set_aside_and_counted(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """NaN, both infinities and null, two in each window; one more lies outside both and is not counted."""
    strange = [(-45, math.nan), (-35, None), (5, math.inf), (15, -math.inf), (-90, math.nan)]
    (row,) = rows_of(against_baseline(on_engine(series([*strange, *ONE_TO_FIVE, (0, 3.0)])), **WINDOW))
    assert row[3:6] == ("steady", 0.0, 3.0)
    assert row[8:] == (3.0, 3.0, 3.0, 0.0, 3.0, minutes(0), 5, 1, 4)


def test_only_strange_values_during_the_incident_are_no_samples(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """A series of NaN measured nothing."""
    (row,) = rows_of(against_baseline(on_engine(series([*ONE_TO_FIVE, (0, math.nan)])), **WINDOW))
    assert (row[3], row[15], row[16]) == ("no samples", 0, 1)


def test_the_instant_of_the_start_belongs_to_the_incident(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """The baseline begins with its first instant and ends before the start; the end is included."""
    edges = [(-60, 1.0), (-60.01, 100.0), (-0.01, 1.0), (0, 9.0), (20, 9.0), (20.01, 100.0)]
    (row,) = rows_of(against_baseline(on_engine(series(edges)), **WINDOW))
    assert row[14:] == (2, 2, 0)


def test_the_earliest_of_equally_extreme_values_is_told(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """5 and 1 are as far from 3; 1 came first. At one instant the larger is told."""
    (row,) = rows_of(against_baseline(on_engine(series([*ONE_TO_FIVE, (4, 5.0), (2, 1.0), (6, 5.0)])), **WINDOW))
    assert row[12:14] == (1.0, minutes(2))
    (row,) = rows_of(against_baseline(on_engine(series([*ONE_TO_FIVE, (2, 1.0), (2, 5.0)])), **WINDOW))
    assert row[12:14] == (5.0, minutes(2))


def test_a_value_on_the_edge_of_the_usual_is_inside(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """The 95th percentile of 1 to 5 is 4.8, whatever an engine's last digit says."""
    (row,) = rows_of(against_baseline(on_engine(series([*ONE_TO_FIVE, (0, 4.8)])), **WINDOW))
    assert row[3] == "steady"
    (row,) = rows_of(against_baseline(on_engine(series([*ONE_TO_FIVE, (0, 4.81)])), **WINDOW))
    assert row[3] == "moved"


def test_a_flat_baseline_of_decimals_has_no_spread(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """Interpolating between 0.1 and 0.1 must not make a spread out of rounding."""
    tenths = [(at, 0.1) for at in range(-60, 0)]
    (row,) = rows_of(against_baseline(on_engine(series([*tenths, (0, 0.1)])), **WINDOW))
    assert row[3:5] == ("steady", None)


def test_a_quarter_of_the_samples_outside_is_moved(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """One of four is enough although the median stays, one of five is not: trouble is shorter than its window."""
    calm = [(1, 3.0), (2, 3.0), (3, 3.0)]
    (row,) = rows_of(against_baseline(on_engine(series([*ONE_TO_FIVE, (0, 9.0), *calm])), **WINDOW))
    assert (row[3], row[4], row[8], row[11]) == ("moved", 3.0, 3.0, 0.25)
    (row,) = rows_of(against_baseline(on_engine(series([*ONE_TO_FIVE, (0, 9.0), *calm, (4, 3.0)])), **WINDOW))
    assert (row[3], row[4], row[8]) == ("steady", 3.0, 3.0)
    assert row[11] == pytest.approx(0.2)


def test_label_sets_and_units_are_series_of_their_own(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """The same name with other labels or another unit is another row."""
    frame = pl.concat(
        [
            series([*FIVES, (0, 5.0)], labels='{"pod": "b"}'),
            series([*FIVES, (0, 5.0)], labels='{"pod": "a"}'),
            series([*FIVES, (0, 5.0)], labels='{"pod": "a"}', unit="cores"),
        ]
    )
    assert [row[1:3] for row in rows_of(against_baseline(on_engine(frame), **WINDOW))] == [
        ('{"pod": "a"}', "%"),
        ('{"pod": "a"}', "cores"),
        ('{"pod": "b"}', "%"),
    ]


def test_an_empty_frame_has_no_series(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """No samples, no rows."""
    assert rows_of(against_baseline(on_engine(series([])), **WINDOW)) == []


def test_one_sample_before_and_none_during(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """One row whose numbers are that sample or null."""
    (row,) = rows_of(against_baseline(on_engine(series([(-1, 7.0)])), **WINDOW))
    assert row[3:] == ("no samples", None, 7.0, 7.0, 7.0, None, None, None, None, None, None, 1, 0, 0)


def test_samples_without_a_time_are_in_no_window(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """The series is still told."""
    (row,) = rows_of(against_baseline(on_engine(series([(None, 7.0), (None, None)])), **WINDOW))
    assert row[3:] == ("no samples", None, None, None, None, None, None, None, None, None, None, 0, 0, 0)


def test_a_longer_baseline_reaches_further_back(on_engine: OnEngine, rows_of: RowsOf) -> None:
    """A day before instead of the hour."""
    frame = on_engine(series([(-1440, 1.0), (-600, 2.0), (-120, 3.0), (-61, 4.0), (0, 2.5)]))
    assert judged(rows_of(against_baseline(frame, **WINDOW))) == [("cpu", "no baseline", None)]
    assert judged(rows_of(against_baseline(frame, **WINDOW, baseline=dt.timedelta(days=1)))) == [("cpu", "steady", 0.0)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"end": MIDNIGHT - dt.timedelta(seconds=1)},
            r"^end: expected an instant not before 2024-01-16T00:00:00\+00:00",
        ),
        ({"baseline": dt.timedelta(0)}, "^baseline: expected a duration above zero, found '0:00:00'"),
        ({"start": dt.datetime(2024, 1, 16)}, "^an instant needs a zone: expected an aware datetime"),  # noqa: DTZ001
    ],
)
def test_windows_that_are_none_are_refused(change: dict[str, object], message: str) -> None:
    """The error names the argument."""
    with pytest.raises(ParameterError, match=message):
        against_baseline(series(ONE_TO_FIVE), **{**WINDOW, **change})


SAMPLES = st.lists(
    st.tuples(
        st.integers(min_value=-70, max_value=30),
        st.sampled_from(["cpu", "memory"]),
        st.sampled_from([0.0, 1.0, 2.5, 9.0, math.nan, None]),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=40)
@given(samples=SAMPLES, data=st.data())
def test_row_order_does_not_matter(samples: list[tuple[int, str, float | None]], data: st.DataObject) -> None:
    """The same samples in another order give the same rows."""
    frame = pl.concat([series([]), *[series([(at, value)], metric=metric) for at, metric, value in samples]])
    shuffled = frame[data.draw(st.permutations(range(frame.height)))]
    assert against_baseline(shuffled, **WINDOW).equals(against_baseline(frame, **WINDOW))


@settings(deadline=None, max_examples=40)
@given(samples=SAMPLES)
def test_shifting_all_times_by_an_hour_shifts_the_extreme_by_an_hour(
    samples: list[tuple[int, str, float | None]],
) -> None:
    """And nothing else."""
    hour = dt.timedelta(hours=1)
    frame = pl.concat([series([]), *[series([(at, value)], metric=metric) for at, metric, value in samples]])
    later = against_baseline(
        frame.with_columns(pl.col("timestamp") + hour), start=WINDOW["start"] + hour, end=WINDOW["end"] + hour
    )
    assert later.equals(against_baseline(frame, **WINDOW).with_columns(pl.col("most_extreme_at") + hour))
