"""Columns of times: the same instants as one record's reader, all rows at once."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from incident_analytics.model.instants import ZoneRules, read_instant
from incident_analytics.sources.histories.times import TimeRules, read_times

WRITTEN = [
    "2024-01-15T14:15:00Z", "2024-01-15 14:15:00+05:30", "2024-01-15T14:15:00.123456-05:00", "2024-01-15T14:15",
    "2024-01-15 14:15:30", "2024-02-29T10:00:00Z", "2024-02-30T14:15:00Z", "2023-02-29T10:00:00", "2024-01-15",
    "2024-11-03 01:30", "2024-03-10T02:30:00", "1705328100", "1705328100123", "2024-01-15 2:15 PM", "20240115T141500Z",
    "2024-01-15T14:15:00 EST", "2024-01-15T14:15:00 IST", "2024-01-15 14:10..2024-01-15 14:20", "soon", "", "  ", None,
    "2024-01-15T24:00:00Z", "2024-01-15T14:15:60Z", "2024-01-15T14:15:00+15:00", "0001-01-01T00:00:00Z", "9999-12-31",
    "2024-04-31T14:15:00Z", "2024-01-15T14:15:00.1234567Z", "2024-01-15T14:15:00[Europe/Berlin]",
    " 2024-01-15T14:15:00Z ",
]  # fmt: skip


@pytest.mark.parametrize("zone", [None, "America/New_York", "Europe/Berlin", "-05:00", "UTC"])
def test_column_reads_as_its_cells_do(zone: str | None) -> None:
    """Every spelling, in each zone, hours that occur twice or never included."""
    rules = ZoneRules(zone, {"EST": "-05:00"})
    times = read_times(pl.Series(WRITTEN), TimeRules(rules))
    expected = [read_instant(text, rules) if text else None for text in WRITTEN]
    assert times.at.to_list() == [at and at.earliest for at in expected]
    assert times.latest.to_list() == [at.latest if at and at.is_range else None for at in expected]
    unread = [bool(text and text.strip() and at is None) for text, at in zip(WRITTEN, expected, strict=True)]
    assert times.unread.to_list() == unread
    assert sum(times.zones.values()) == sum(at is not None for at in expected)
    assert sum(times.zones_assumed.values()) == sum(at is not None and at.zone_assumed for at in expected)


def test_day_first_formats_read_both_spellings() -> None:
    """29-02-2016 and 29/2/2016 are the same day; a month of 13 is not read the other way round."""
    rules = TimeRules(ZoneRules("UTC"), ("%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M"))
    times = read_times(pl.Series(["29-02-2016 01:16", "29/2/2016 01:16", "02/13/2016 01:16"]), rules)
    leap_day = dt.datetime(2016, 2, 29, 1, 16, tzinfo=dt.UTC)
    assert times.at.to_list() == [leap_day, leap_day, None]
    assert times.unread.to_list() == [False, False, True]


def test_day_without_a_clock_is_a_range_of_that_day() -> None:
    """Nobody knows the hour, so the whole day is meant, in its zone."""
    times = read_times(pl.Series(["05.03.2024"]), TimeRules(ZoneRules("Europe/Berlin"), ("%d.%m.%Y",)))
    assert times.at[0].isoformat() == "2024-03-04T23:00:00+00:00"
    assert times.latest[0].isoformat() == "2024-03-05T22:59:59.999999+00:00"


def test_year_of_two_digits_is_not_the_year_16() -> None:
    """%Y takes 16 for the year 16; nothing is read then."""
    times = read_times(pl.Series(["5/3/16 10:00"]), TimeRules(ZoneRules("UTC"), ("%d/%m/%Y %H:%M",)))
    assert (times.at[0], times.unread[0]) == (None, True)


def test_hour_that_occurs_twice_keeps_both_readings() -> None:
    """In Berlin 02:30 occurs at 00:30 and 01:30 UTC when summer time ends, and never when it begins."""
    rules = TimeRules(ZoneRules("Europe/Berlin"))
    times = read_times(pl.Series(["2024-10-27T02:30:00", "2024-03-31T02:30:00"]), rules)
    assert [at.strftime("%H:%M") for at in times.at] == ["00:30", "00:30"]
    assert [at.strftime("%H:%M") for at in times.latest] == ["01:30", "01:30"]


def test_typed_columns_need_no_reading() -> None:
    """Datetimes with a zone are instants, those without take the rules' zone, dates are days."""
    aware = pl.Series([dt.datetime(2024, 1, 15, 14, 15)]).dt.replace_time_zone("America/New_York")  # noqa: DTZ001
    assert read_times(aware, TimeRules()).at[0].isoformat() == "2024-01-15T19:15:00+00:00"
    naive = pl.Series([dt.datetime(2024, 1, 15, 14, 15), None])  # noqa: DTZ001
    times = read_times(naive, TimeRules(ZoneRules("+01:00")))
    assert times.at[0].isoformat() == "2024-01-15T13:15:00+00:00"
    assert (times.at[1], times.zones, times.zones_assumed) == (None, {"+01:00": 1}, {})
    day = read_times(pl.Series([dt.date(2024, 1, 15)]), TimeRules())
    assert day.latest[0].isoformat() == "2024-01-15T23:59:59.999999+00:00"
    assert day.zones_assumed == {"UTC": 1}


def test_format_with_a_zone_of_its_own() -> None:
    """The offset written beside each time wins."""
    times = read_times(pl.Series(["15/01/2024 14:15 +0530"]), TimeRules(ZoneRules("UTC"), ("%d/%m/%Y %H:%M %z",)))
    assert times.at[0].isoformat() == "2024-01-15T08:45:00+00:00"
    assert times.zones == {"+0530": 1}


def test_column_of_nothing() -> None:
    """No rows, and rows without a time, are neither read nor unread."""
    assert read_times(pl.Series([], dtype=pl.String), TimeRules()).at.to_list() == []
    nothing = read_times(pl.Series([None, None], dtype=pl.String), TimeRules())
    assert (nothing.at.to_list(), nothing.unread.to_list(), nothing.zones) == ([None, None], [False, False], {})
