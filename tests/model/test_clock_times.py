"""A bare clock time means one minute of the incident, however it is written."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.model.clock_times import Span, hyphened_range, read_clock_time, read_time
from incident_analytics.model.instants import ZoneRules

UTC_RULES = ZoneRules("UTC", {"EST": "-05:00"})
NEW_YORK = ZoneRules("America/New_York")


def at(text: str) -> datetime:
    """An instant of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def placed(written: object, after: str, end: str | None, rules: ZoneRules = UTC_RULES) -> tuple[str, str] | None:
    """Where a time lands in an incident that began at ``after``: earliest and latest without the zone."""
    span = Span(at(after), at(end) if end else None)
    instant = read_time(written, after=at(after), span=span, rules=rules)
    return (instant.earliest.isoformat()[:-6], instant.latest.isoformat()[:-6]) if instant else None


@pytest.mark.parametrize("written", ["14:15", "14:15:00", "2:15 PM", "2:15pm", "02:15 p.m.", "855", 855, time(14, 15)])
def test_every_way_to_write_a_quarter_past_two_is_that_time(written: object) -> None:
    """YAML 1.1 reads an unquoted 14:15 as 14 * 60 + 15 = 855 (ENGINES.md section 1)."""
    clock = read_clock_time(written)
    assert clock is not None
    assert clock.at == time(14, 15)


@pytest.mark.parametrize(
    ("written", "expected", "precision"),
    [
        *(("09:05", time(9, 5), "minute"), ("9:05", time(9, 5), "minute"), ("14:15:30", time(14, 15, 30), "second")),
        *((51330, time(14, 15, 30), "second"), ("12:00 AM", time(0, 0), "minute"), ("12:00 PM", time(12, 0), "minute")),
        *(("12:30 am", time(0, 30), "minute"), ("2 pm", time(14, 0), "minute"), ("00:00", time(0, 0), "minute")),
        *((0, time(0, 0), "minute"), (1439, time(23, 59), "minute"), (86399, time(23, 59, 59), "second")),
        *(("14:15:30.5", time(14, 15, 30, 500_000), "subsecond"), ("10 a.m.", time(10, 0), "minute")),
    ],
)
def test_a_clock_time_is_read_to_the_unit_written(written: object, expected: time, precision: str) -> None:
    """Noon is 12 PM and midnight 12 AM."""
    clock = read_clock_time(written)
    assert clock is not None
    assert (clock.at, clock.precision) == (expected, precision)


def test_a_whole_number_is_repaired_and_says_so() -> None:
    """It could have been meant otherwise."""
    clock = read_clock_time("855")
    assert clock is not None
    assert clock.note == "the number 855 was read as 14:15, a clock time in YAML's base 60"


@pytest.mark.parametrize("written", [1415, "1415"])
def test_four_digits_that_may_be_hours_and_minutes_say_both_readings(written: object) -> None:
    """Quotes change nothing: only a colon tells them apart."""
    clock = read_clock_time(written)
    assert clock is not None
    assert clock.at == time(23, 35)
    assert clock.note == (
        'the number 1415 was read as 23:35, a clock time in YAML\'s base 60; write "14:15" if that was meant'
    )


@pytest.mark.parametrize(
    "written",
    [
        *("", "soon", "24:00", "12:60", "14:15 PM", "13 pm", "0:30 am", "0905", "86400", -5, 14.25, True, None, []),
        *("2024-01-15", "14.15", "1:2:3:4", "\u0660\u0669:\u0660\u0665", "14:10-14:20", "09:10 - 09:30", "1705328100"),
    ],
)
def test_what_is_no_clock_time_is_none(written: object) -> None:
    """A stretch of time written with a hyphen would else be a time with an offset."""
    assert read_clock_time(written) is None


@pytest.mark.parametrize(
    ("written", "zone"),
    [("14:15 EST", "EST"), ("14:15Z", "Z"), ("14:15-05:00", "-05:00"), ("2:15 PM Europe/Berlin", "Europe/Berlin")],
)
def test_the_zone_beside_a_clock_time_is_kept(written: str, zone: str) -> None:
    """What it means, the zone rules say."""
    clock = read_clock_time(written)
    assert clock is not None
    assert (clock.at, clock.zone) == (time(14, 15), zone)


@pytest.mark.parametrize(
    ("written", "plain"),
    [("09:10-09:30", "09:10..09:30"), ("23:50 - 00:10", "23:50..00:10"), ("14:15-05:00", ""), ("14:15-0500", "")],
)
def test_a_hyphen_that_may_join_two_times_is_told(written: str, plain: str) -> None:
    """Up to six hours it may be a stretch of time; UTC-9:30 is an offset too."""
    assert hyphened_range(written) == plain


@pytest.mark.parametrize(
    ("written", "after", "end", "expected"),
    [
        ("14:18", "2024-01-15T14:15", "2024-01-15T15:45", "2024-01-15T14:18:00"),
        ("14:15", "2024-01-15T14:15", "2024-01-15T15:45", "2024-01-15T14:15:00"),
        ("00:10", "2024-01-15T23:50", "2024-01-16T00:40", "2024-01-16T00:10:00"),
        ("00:10", "2024-01-15T23:50", None, "2024-01-16T00:10:00"),
        ("23:50", "2024-12-31T23:40", None, "2024-12-31T23:50:00"),
        ("00:10", "2024-02-28T23:50", None, "2024-02-29T00:10:00"),
        ("13:58", "2024-01-15T14:15", "2024-01-15T15:45", "2024-01-15T13:58:00"),
        ("13:58", "2024-01-15T14:15", None, "2024-01-15T13:58:00"),
        ("23:50", "2024-01-16T00:05", "2024-01-16T00:40", "2024-01-15T23:50:00"),
        ("16:20", "2024-01-15T14:15", "2024-01-15T15:45", "2024-01-15T16:20:00"),
        ("09:00", "2024-01-15T14:15", "2024-01-16T10:00", "2024-01-16T09:00:00"),
        ("14:15 EST", "2024-01-15T14:15", "2024-01-15T20:00", "2024-01-15T19:15:00"),
        ("9:15 am EST", "2024-01-15T14:15", "2024-01-15T15:45", "2024-01-15T14:15:00"),
    ],
)
def test_a_clock_time_takes_the_day_that_fits(written: str, after: str, end: str | None, expected: str) -> None:
    """Forward over midnight; a day back only where that is nearer to the incident."""
    assert placed(written, after, end) == (expected, expected)


def test_a_local_clock_time_takes_the_local_day() -> None:
    """22:30 in New York is 03:30 UTC of the next day."""
    assert placed("22:30", "2024-01-16T03:15", None, NEW_YORK) == ("2024-01-16T03:30:00",) * 2


def test_in_the_hour_that_occurs_twice_both_instants_are_kept() -> None:
    """01:30 in New York was at 05:30 and at 06:30 UTC."""
    assert placed("01:30", "2024-11-03T04:15", "2024-11-03T08:15", NEW_YORK) == (
        "2024-11-03T05:30:00",
        "2024-11-03T06:30:00",
    )


def test_in_the_hour_that_does_not_occur_both_readings_are_kept() -> None:
    """02:30 in New York would be 06:30 on the new clock and 07:30 on the old one."""
    assert placed("02:30", "2024-03-10T05:15", "2024-03-10T10:15", NEW_YORK) == (
        "2024-03-10T06:30:00",
        "2024-03-10T07:30:00",
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("14:10..14:20", ("2024-01-15T14:10:00", "2024-01-15T14:20:00")),
        ("14:20 to 14:25", ("2024-01-15T14:20:00", "2024-01-15T14:25:00")),
        ("between 14:20 and 14:25", ("2024-01-15T14:20:00", "2024-01-15T14:25:00")),
        ("14:20–14:25", ("2024-01-15T14:20:00", "2024-01-15T14:25:00")),
        ({"earliest": "14:20", "latest": "14:25"}, ("2024-01-15T14:20:00", "2024-01-15T14:25:00")),
        ("2024-01-15T14:20Z..14:25", ("2024-01-15T14:20:00", "2024-01-15T14:25:00")),
        ("15:40..00:10", ("2024-01-15T15:40:00", "2024-01-16T00:10:00")),
    ],
)
def test_two_clock_times_are_the_range_between_them(written: object, expected: tuple[str, str]) -> None:
    """The second goes forward from the first."""
    assert placed(written, "2024-01-15T14:15", "2024-01-15T15:45") == expected


@pytest.mark.parametrize("written", ["14:15 IST", "14:20..soon", "soon", {"earliest": "14:20"}, "14:10-14:20"])
def test_what_has_no_meaning_has_no_place(written: object) -> None:
    """An abbreviation that nobody explains is no zone."""
    assert placed(written, "2024-01-15T14:15", "2024-01-15T15:45") is None


def test_a_clock_time_without_any_date_is_none() -> None:
    """No day is guessed; a full timestamp needs none."""
    assert read_time("14:15", after=None, span=None, rules=UTC_RULES) is None
    instant = read_time("2024-01-15T14:10Z..14:20", after=None, span=None, rules=UTC_RULES)
    assert instant is not None
    assert instant.latest == at("2024-01-15T14:20")


@pytest.mark.parametrize(("after", "written"), [("9999-12-31T23:59", "00:10"), ("0001-01-01T00:10", "00:05")])
def test_at_the_ends_of_the_calendar_there_is_no_next_day(after: str, written: str) -> None:
    """A placeholder date in a record does not end the program."""
    assert placed(written, after, after) in {None, ("0001-01-01T00:05:00",) * 2}


@given(st.times(), st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_time_that_goes_forward_lies_within_the_next_day(clock: time, start: datetime) -> None:
    """For an incident that lasts two days, in UTC, the next such time is taken."""
    after = start.replace(tzinfo=UTC)
    span = Span(after, after + timedelta(days=2))
    instant = read_time(f"{clock:%H:%M:%S.%f}", after=after, span=span, rules=UTC_RULES)
    assert instant is not None
    assert after <= instant.earliest < after + timedelta(days=1)
    assert instant.earliest.time() == clock.replace(fold=0)
