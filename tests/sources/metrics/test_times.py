"""Times of a column, in every spelling that metrics come in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.errors import ParameterError
from incident_analytics.sources.metrics.times import read_epoch_numbers, read_times

AT = datetime(2022, 8, 22, 3, 51, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2022-08-22T03:51:19Z", AT),
        ("2022-08-22 03:51:19+00:00", AT),
        ("2022-08-22T09:21:19+0530", AT),
        ("2022-08-21 22:51:19-05", AT),
        ("2022/08/22 03:51:19 UTC", AT),
        ("20220822T035119Z", AT),
        ("2022-08-22 03:51:19.799087274 +0000 UTC m=+0.305041286", AT.replace(microsecond=799087)),
        ("2022-08-22 09:21:19 +0530 +0530", AT),
        ("2022-08-22T03:51:19,5Z", AT.replace(microsecond=500000)),
        ("1661140279", AT),
        ("1661140279.25", AT.replace(microsecond=250000)),
        ("1661140279123", AT.replace(microsecond=123000)),
        ("1661140279123456", AT.replace(microsecond=123456)),
        ("1661140279123456789", AT.replace(microsecond=123456)),
        (" 1661140279 ", AT),
    ],
)
def test_spellings_of_one_instant(cell: str, expected: datetime) -> None:
    """1661140279 is 2022-08-22 03:51:19 UTC, as date(1) says."""
    times = read_times([cell], zone="Asia/Tokyo")
    assert times.at.to_list() == [expected]
    assert times.naive.to_list() == [False]


@pytest.mark.parametrize(
    "cell",
    [
        *("", "x", "NaN", "0", "15", "2022-02-30 00:00:00", "2022-08-22 25:00:00", "2022-08-22 03:51:19 EST"),
        *("08/22/2022 03:51:19", "99999999999", "-1661140279", "0001-01-01T00:00:00Z", "03:51:19", "9" * 30),
    ],
)
def test_what_is_no_time_is_null(cell: str) -> None:
    """An abbreviation, an American date and elapsed seconds are not guessed."""
    assert read_times([cell], zone="UTC").at.to_list() == [None]


def test_a_time_without_zone_takes_the_given_one_and_says_so() -> None:
    """New York is five hours behind in January."""
    times = read_times(["2024-01-15 14:15", "2024-01-15", "2024-01-15 14:15:00Z"], zone="America/New_York")
    assert times.at.to_list() == [
        datetime(2024, 1, 15, 19, 15, tzinfo=UTC),
        datetime(2024, 1, 15, 5, 0, tzinfo=UTC),
        datetime(2024, 1, 15, 14, 15, tzinfo=UTC),
    ]
    assert times.naive.to_list() == [True, True, False]


def test_an_hour_that_occurs_twice_is_marked() -> None:
    """Clocks in New York went back on 2024-11-03 at 02:00; the earlier instant is used."""
    times = read_times(["2024-11-03 01:30:00", "2024-11-03 03:30:00"], zone="America/New_York")
    assert times.at.to_list()[0] == datetime(2024, 11, 3, 5, 30, tzinfo=UTC)
    assert times.ambiguous.to_list() == [True, False]


def test_an_hour_that_is_skipped_is_null() -> None:
    """Clocks in New York went forward on 2024-03-10 at 02:00."""
    assert read_times(["2024-03-10 02:30:00"], zone="America/New_York").at.to_list() == [None]


def test_an_offset_serves_as_a_zone() -> None:
    """A record may say +01:00."""
    assert read_times(["2024-01-15 14:15"], zone="+01:00").at.to_list() == [datetime(2024, 1, 15, 13, 15, tzinfo=UTC)]


def test_a_column_is_an_epoch_when_most_cells_are_numbers() -> None:
    """The kind decides which of two columns is believed."""
    assert read_times(["1661140279", "1661140339"], zone="UTC").kind == "epoch"
    assert read_times(["2022-08-22 03:51:19Z"], zone="UTC").kind == "calendar"
    assert read_times([], zone="UTC").kind == "calendar"


def test_an_unknown_zone_is_refused() -> None:
    """EST means different offsets to different people."""
    with pytest.raises(ParameterError, match=r"there is no such zone: expected an IANA name .* found 'EST'"):
        read_times(["2024-01-15 14:15"], zone="EST")


def test_epoch_numbers_of_no_use_are_null() -> None:
    """NaN, infinity, negative ones and what is too large."""
    numbers = [1661140279.0, None, float("nan"), float("inf"), -5.0, 1e300]
    assert read_epoch_numbers(numbers).to_list() == [AT, None, None, None, None, None]


@given(
    st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2200, 1, 1)),  # noqa: DTZ001 -- a local time
    st.integers(min_value=-14 * 60, max_value=14 * 60),
)
def test_print_then_parse_gives_the_same_instant(local: datetime, offset_minutes: int) -> None:
    """For every local time and offset."""
    sign, minutes = "-" if offset_minutes < 0 else "+", abs(offset_minutes)
    text = f"{local:%Y-%m-%d %H:%M:%S.%f} {sign}{minutes // 60:02}{minutes % 60:02}"
    expected = local.replace(tzinfo=UTC) - timedelta(minutes=offset_minutes)
    assert read_times([text], zone="UTC").at.to_list() == [expected]
