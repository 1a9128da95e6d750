"""Few points of a series that still show its extremes."""

from __future__ import annotations

import datetime as dt
import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_analytics.analysis.snapshots import downsampled
from incident_analytics.errors import ParameterError

MIDNIGHT = dt.datetime(2024, 1, 16, tzinfo=dt.UTC)


def series(values: list[float | None]) -> pl.DataFrame:
    """One sample a minute from midnight."""
    at = [MIDNIGHT + dt.timedelta(minutes=minute) for minute in range(len(values))]
    return pl.DataFrame(
        {"timestamp": at, "value": values}, schema={"timestamp": pl.Datetime("us", "UTC"), "value": pl.Float64}
    )


def minutes_and_values(frame: pl.DataFrame) -> list[tuple[float, float | None]]:
    """Minutes from midnight and values."""
    return [((at - MIDNIGHT).total_seconds() / 60, value) for at, value in frame.rows()]


def test_each_stretch_keeps_its_lowest_and_highest() -> None:
    """Eight minutes in two stretches of four: 1 and 9 of the first, 2 and 3 of the second, in order of time."""
    found = downsampled(series([5, 9, 1, 5, 3, 2, 3, 2]), points=4)
    assert minutes_and_values(found) == [(1, 9), (2, 1), (4, 3), (5, 2)]


def test_a_flat_stretch_keeps_one_sample() -> None:
    """The earliest of equals is both lowest and highest."""
    assert minutes_and_values(downsampled(series([4, 4, 4, 4, 7, 7, 7, 7]), points=4)) == [(0, 4), (4, 7)]


def test_a_short_series_keeps_every_sample_in_order_of_time() -> None:
    """Nothing is lost that could be drawn."""
    assert minutes_and_values(downsampled(series([3, 1, 2]).reverse(), points=3)) == [(0, 3), (1, 1), (2, 2)]


def test_values_that_cannot_be_drawn_break_the_line() -> None:
    """A stretch of NaN, infinity or nothing gives one null; beside finite values they are left out."""
    found = downsampled(series([1, math.nan, 2, 3, math.nan, math.inf, None, -math.inf]), points=4)
    assert minutes_and_values(found) == [(0, 1), (3, 3), (4, None)]
    short = downsampled(series([1, math.nan, -math.inf]), points=4)
    assert minutes_and_values(short) == [(0, 1), (1, None), (2, None)]


def test_an_empty_series_and_one_sample_stay_as_they_are() -> None:
    """Nothing to leave out."""
    assert downsampled(series([])).rows() == []
    assert minutes_and_values(downsampled(series([7.5]), points=2)) == [(0, 7.5)]


def test_samples_without_a_time_are_left_out() -> None:
    """They cannot be drawn."""
    timeless = series([1, 2]).with_columns(timestamp=pl.lit(None, dtype=pl.Datetime("us", "UTC")))
    assert downsampled(pl.concat([timeless, series([3])])).rows() == [(MIDNIGHT, 3.0)]


def test_samples_at_one_instant_are_one_stretch() -> None:
    """Two values at the same time, many times over."""
    frame = series([1, 2] * 10).with_columns(timestamp=pl.lit(MIDNIGHT).cast(pl.Datetime("us", "UTC")))
    assert downsampled(frame, points=4).rows() == [(MIDNIGHT, 1.0), (MIDNIGHT, 2.0)]


def test_fewer_than_two_points_are_refused() -> None:
    """A lowest and a highest need two."""
    with pytest.raises(ParameterError, match=r"^points: expected at least 2, found '1'"):
        downsampled(series([1, 2]), points=1)


@settings(deadline=None, max_examples=60)
@given(
    values=st.lists(st.one_of(st.none(), st.floats()), max_size=80),
    points=st.integers(min_value=2, max_value=20),
)
def test_extremes_survive_and_points_are_not_exceeded(values: list[float | None], points: int) -> None:
    """For any series, in any order."""
    found = downsampled(series(values), points=points)
    assert found.equals(downsampled(series(values).reverse(), points=points))
    assert found.height <= points
    assert found["timestamp"].is_sorted()
    finite = [value for value in values if value is not None and math.isfinite(value)]
    drawn = found["value"].drop_nulls().to_list()
    assert (min(drawn, default=None), max(drawn, default=None)) == (
        min(finite, default=None),
        max(finite, default=None),
    )
