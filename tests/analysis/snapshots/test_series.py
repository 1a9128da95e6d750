"""One series as arrays: in order, finite, one value a time, and an account of what was set aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from incident_analytics.analysis.snapshots.series import outside, series_of, window
from incident_analytics.errors import ParameterError

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MICROSECONDS = 1_705_320_000_000_000


def samples(rows: list[tuple[int | None, float | None]], **more: str) -> pl.DataFrame:
    """Values so many minutes after noon."""
    frame = pl.DataFrame(
        {
            "timestamp": [None if minute is None else NOON + MINUTE * minute for minute, _ in rows],
            "value": [value for _, value in rows],
        },
        schema={"timestamp": pl.Datetime("us", "UTC"), "value": pl.Float64},
    )
    return frame.with_columns(**{name: pl.lit(text) for name, text in more.items()})


def test_samples_are_put_in_order_and_what_is_no_sample_is_counted() -> None:
    """No time, no value, not a number, infinite, and a second value of a time: five of seven."""
    rows = [(2, 20.0), (None, 1.0), (1, None), (3, float("nan")), (4, float("inf")), (0, 10.0), (2, 21.0)]
    found = series_of(samples(rows, unit="ms"))
    assert found.at.tolist() == [MICROSECONDS, MICROSECONDS + 120_000_000]
    assert found.value.tolist() == [10.0, 20.0]
    assert (found.unit, found.set_aside, found.step) == ("ms", 5, 120_000_000)


@pytest.mark.parametrize("rows", [[], [(None, 1.0)]])
def test_a_series_without_samples_has_no_step(rows: list[tuple[int | None, float | None]]) -> None:
    """An empty frame, and one whose only sample has no time."""
    found = series_of(samples(rows))
    assert (found.at.size, found.step, found.unit, found.set_aside) == (0, 0, "", len(rows))


def test_a_single_sample_has_no_step() -> None:
    """There is nothing to be apart from."""
    assert series_of(samples([(0, 1.0)])).step == 0


def test_a_part_has_its_first_instant_and_not_its_last() -> None:
    """Two of four minutes."""
    part = series_of(samples([(minute, float(minute)) for minute in range(4)])).part(
        MICROSECONDS + 60_000_000, MICROSECONDS + 180_000_000
    )
    assert part.value.tolist() == [1.0, 2.0]


def test_an_incident_holds_both_its_ends() -> None:
    """Quiet are the minutes before the first and after the last."""
    at = series_of(samples([(minute, 1.0) for minute in range(6)])).at
    assert outside(at, [(NOON + MINUTE, NOON + 3 * MINUTE)]).tolist() == [True, False, False, False, True, True]
    assert outside(at, []).tolist() == [True] * 6
    assert outside(np.zeros(0, dtype=np.int64), [(NOON, NOON)]).tolist() == []


def test_a_window_needs_a_zone_and_a_length() -> None:
    """Noon to noon is none, and noon alone is somewhere else everywhere."""
    assert window(NOON, NOON + MINUTE) == (MICROSECONDS, MICROSECONDS + 60_000_000)
    with pytest.raises(ParameterError, match="until: expected an instant after 2024-01-15T12:00:00"):
        window(NOON, NOON)
    with pytest.raises(ParameterError, match="zone"):
        window(NOON.replace(tzinfo=None), NOON)


def test_a_clock_change_does_not_disturb_the_order() -> None:
    """Instants are UTC: 02:30 on the night clocks go back comes once before and once after."""
    both = pl.Series([datetime(2024, 10, 27, 2, 30), datetime(2024, 10, 27, 2, 30)])  # noqa: DTZ001 -- local times
    told = pl.DataFrame({"at": both, "ambiguous": ["latest", "earliest"], "value": [2.0, 1.0]}).select(
        timestamp=pl.col("at")
        .dt.replace_time_zone("Europe/Berlin", ambiguous=pl.col("ambiguous"))
        .dt.convert_time_zone("UTC"),
        value="value",
    )
    assert series_of(told).value.tolist() == [1.0, 2.0]
