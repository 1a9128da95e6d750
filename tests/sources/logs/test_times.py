"""Times of log records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.sources.logs.times import TimeReader

# 2026-11-23T02:57:23.605Z; seconds counted with `date -u -d 2026-11-23T02:57:23 +%s`
MOMENT = 1795402643605000


@pytest.mark.parametrize(
    "written",
    [
        1795402643.605, 1795402643605, 1795402643605000, 1795402643605000000,
        "1795402643605", "1795402643.605", "1795402643605000123",
        "2026-11-23T02:57:23.605Z", "2026-11-23T02:57:23.605000123Z", "2026-11-22 21:57:23,605 -0500",
        "2026-11-23 02:57:23.605 +0000", "2026/11/23 02:57:23.605+00",
        "2026/11/23 02:57:23.605 UTC", "2026-11-23T08:27:23.605+05:30",
        "20261123T025723.605Z", "23/Nov/2026:02:57:23.605 +0000", "Mon, 23 Nov 2026 02:57:23.605 GMT",
    ],
)  # fmt: skip
def test_one_moment_is_read_from_every_way_of_writing_it(written: object) -> None:
    """Numbers by magnitude and text by shape mean the same instant, and nothing is assumed."""
    assert TimeReader(ZoneInfo("Europe/Berlin")).read(written) == (MOMENT, False)


@pytest.mark.parametrize(
    "written",
    [
        None, True, 0, -1, float("nan"), float("inf"), 1e30, {}, [], "", "soon", "12ms", "2026-11-23", "20261123",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00", "2026-13-45T00:00:00Z", "11/23/2026 2:57:23 AM", "2026-11-23T25:00:00", "é" * 20,
    ],
)  # fmt: skip
def test_what_is_no_time_is_unknown(written: object) -> None:
    """Zero times, lone dates, ambiguous orders of day and month and nonsense give no time."""
    assert TimeReader(UTC).read(written) is None


def test_time_without_a_zone_is_read_in_the_given_one_and_says_so() -> None:
    """02:57:23 in New York in November is five hours later in UTC."""
    assert TimeReader(ZoneInfo("America/New_York")).read("2026-11-22 21:57:23,605") == (MOMENT, True)


def test_hour_that_occurs_twice_counts_as_the_earlier() -> None:
    """In Berlin 02:30 on 25 October 2026 is 00:30 or 01:30 UTC."""
    times = TimeReader(ZoneInfo("Europe/Berlin"))
    read = times.read("2026-10-25 02:30:00")
    assert read is not None
    assert datetime.fromtimestamp(read[0] / 1e6, UTC).isoformat() == "2026-10-25T00:30:00+00:00"
    assert times.ambiguous == 1


def test_zone_abbreviation_counts_as_assumed() -> None:
    """EST is read as PostgreSQL reads it, five hours behind UTC, but people mean other things by it."""
    times = TimeReader(UTC)
    assert times.read("2026-11-22 21:57:23.605 EST") == (MOMENT, True)
    assert times.abbreviations == {"EST"}


@given(st.datetimes(min_value=datetime(1974, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001 -- made aware below
def test_printed_time_is_read_back(moment: datetime) -> None:
    """What isoformat prints is read to the microsecond."""
    aware = moment.replace(tzinfo=UTC)
    expected = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    assert TimeReader(UTC).read(aware.isoformat()) == (expected, False)


@given(st.integers(min_value=10**8, max_value=10**11 - 1))
def test_seconds_milliseconds_microseconds_and_nanoseconds_agree(seconds: int) -> None:
    """The magnitude tells the unit for every second between 1973 and 5138."""
    times = TimeReader(UTC)
    read = {times.read(seconds * 10**power) for power in (0, 3, 6, 9)}
    assert read == {(seconds * 10**6, False)}
