"""Full timestamps are instants in UTC; uncertain ones are ranges, and assumptions are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.model.instants import Instant, ZoneRules, read_instant, time_of, unknown_zone

BERLIN = ZoneRules("Europe/Berlin")
NOTHING = ZoneRules()
EST = ZoneRules(abbreviations={"EST": "-05:00"})
QUARTER_PAST_TWO = datetime(2024, 1, 15, 14, 15, tzinfo=UTC)


def ends(instant: Instant | None) -> tuple[str, str]:
    """The earliest and the latest, as ISO text without the zone (it is UTC)."""
    assert instant is not None
    assert instant.earliest.tzinfo is UTC
    assert instant.latest.tzinfo is UTC
    return instant.earliest.isoformat()[:-6], instant.latest.isoformat()[:-6]


@pytest.mark.parametrize(
    "written",
    [
        *("2024-01-15T14:15:00Z", "2024-01-15 14:15:00Z", "2024-01-15T14:15Z", "2024-01-15T14:15:00.000Z"),
        *("2024-01-15T14:15:00+00:00", "2024-01-15T09:15:00-05:00", "2024-01-15T09:15:00-0500", "2024-01-15T09:15-05"),
        *("2024-01-15 15:15 Europe/Berlin", "2024-01-15T15:15:00+01:00[Europe/Berlin]", "2024-01-15 2:15 PM UTC"),
        *(
            "2024-01-15 2:15 p.m. Z",
            "20240115T141500Z",
            "20240115T1415Z",
            "2024-01-15, 14:15 GMT",
            "2024-01-15 09:15 EST",
        ),
        *("1705328100", "1705328100000", "1705328100000000", "1705328100000000000", 1705328100, 1705328100.0),
    ],
)
def test_every_way_to_write_a_quarter_past_two_is_the_same_instant(written: object) -> None:
    """`date -u -d '2024-01-15 14:15' +%s` says 1705328100."""
    instant = read_instant(written, EST)
    assert instant is not None
    assert (instant.earliest, instant.latest) == (QUARTER_PAST_TWO, QUARTER_PAST_TWO)
    assert (instant.zone_assumed, instant.note) == (False, "")


@pytest.mark.parametrize(
    ("written", "rules", "earliest", "assumed"),
    [
        ("2024-01-15T14:15:00", NOTHING, "2024-01-15T14:15:00", True),
        ("2024-01-15T14:15:00", BERLIN, "2024-01-15T13:15:00", False),
        ("2024-07-15T14:15:00", BERLIN, "2024-07-15T12:15:00", False),
        ("2024-01-15T14:15:00Z", BERLIN, "2024-01-15T14:15:00", False),
    ],
)
def test_a_time_without_zone_takes_the_known_one_or_tells_that_utc_is_a_guess(
    written: str, rules: ZoneRules, earliest: str, *, assumed: bool
) -> None:
    """Berlin is an hour ahead in winter and two in summer."""
    instant = read_instant(written, rules)
    assert ends(instant) == (earliest, earliest)
    assert instant is not None
    assert instant.zone_assumed is assumed


@pytest.mark.parametrize(
    ("written", "precision"),
    [
        *(("2024-01-15T14:15Z", "minute"), ("20240115T1415Z", "minute"), ("2024-01-15T14:15:00Z", "second")),
        *(
            ("20240115T141500Z", "second"),
            ("2024-01-15T14:15:00.5Z", "subsecond"),
            ("2024-01-15T14:15:00,5Z", "subsecond"),
        ),
        *(("2024-01-15", "day"), ("1705328100", "second"), ("1705328100123", "subsecond")),
    ],
)
def test_the_precision_is_the_finest_unit_written(written: str, precision: str) -> None:
    """A minute is not the same as its zeroth second."""
    instant = read_instant(written, NOTHING)
    assert instant is not None
    assert instant.precision == precision


def test_a_day_alone_is_the_range_of_that_day_in_its_zone() -> None:
    """To its last microsecond; the day on which summer time began in Berlin had 23 hours."""
    assert ends(read_instant("2024-01-15", NOTHING)) == ("2024-01-15T00:00:00", "2024-01-15T23:59:59.999999")
    assert ends(read_instant("2024-03-31", BERLIN)) == ("2024-03-30T23:00:00", "2024-03-31T21:59:59.999999")


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-15T14:10Z..2024-01-15T14:20Z",
        "2024-01-15T14:10Z to 2024-01-15T14:20Z",
        "2024-01-15T14:10Z – 2024-01-15T14:20Z",
        "between 2024-01-15T14:10Z and 2024-01-15T14:20Z",
        {"earliest": "2024-01-15T14:10Z", "latest": "2024-01-15T14:20Z"},
    ],
)
def test_two_timestamps_are_the_range_between_them(written: object) -> None:
    """However they are joined; the text tells both."""
    instant = read_instant(written, NOTHING)
    assert ends(instant) == ("2024-01-15T14:10:00", "2024-01-15T14:20:00")
    assert instant is not None
    assert instant.text == "2024-01-15T14:10Z..2024-01-15T14:20Z"
    assert instant.is_range


def test_a_range_whose_second_end_names_no_zone_is_an_assumption_too() -> None:
    """One guessed end makes the range a guess."""
    instant = read_instant("2024-01-15T14:10Z..2024-01-15T14:20", NOTHING)
    assert instant is not None
    assert instant.zone_assumed


def test_an_hour_that_occurs_twice_is_a_range_with_a_note() -> None:
    """Berlin set its clocks back at 01:00 UTC on 2024-10-27."""
    instant = read_instant("2024-10-27T02:30:00", BERLIN)
    assert ends(instant) == ("2024-10-27T00:30:00", "2024-10-27T01:30:00")
    assert instant is not None
    assert instant.note == "this hour occurs twice in Europe/Berlin; both readings are kept"


def test_an_hour_that_does_not_occur_is_a_range_with_a_note() -> None:
    """Berlin set its clocks forward at 01:00 UTC on 2024-03-31."""
    instant = read_instant("2024-03-31T02:30:00", BERLIN)
    assert ends(instant) == ("2024-03-31T00:30:00", "2024-03-31T01:30:00")
    assert instant is not None
    assert instant.note == "clocks in Europe/Berlin skip this hour; both readings are kept"


def test_an_offset_tells_which_of_the_two_hours_is_meant() -> None:
    """Summer time was +02:00."""
    assert ends(read_instant("2024-10-27T02:30:00+02:00", BERLIN)) == ("2024-10-27T00:30:00",) * 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1705328100.123456", "2024-01-15T14:15:00.123456"),
        ("1705328100123456789", "2024-01-15T14:15:00.123457"),
        ("1736478514.897649", "2025-01-10T03:08:34.897649"),
    ],
)
def test_parts_of_a_second_since_1970_are_exact(written: str, expected: str) -> None:
    """Slack's ids are such times; floats would lose the last digits of nanoseconds."""
    assert ends(read_instant(written, NOTHING))[0] == expected


@pytest.mark.parametrize(
    "written",
    [
        *("", "soon", "14:15", 855, True, None, [], 1.5, float("nan"), "999999999", "2024-13-01", "2024-02-30"),
        *("2024-01-15T25:00Z", "2024-01-15T24:00Z", "2024-01-15T14:60Z", "2024-01-15 13:15 PM", "2024-01-15 0:15 AM"),
        *("2024-01-15T14:15 IST", "2024-01-15T14:15+25:00", "9999-12-31", "0001-01-01T00:00+01:00", "٢٠٢٤-01-15"),
        *("2024-01-15T14:20Z..2024-01-15T14:10Z", "a..b..c", {"earliest": "2024-01-15"}, {}, "1705328100..soon"),
    ],
)
def test_what_is_no_full_timestamp_is_none(written: object) -> None:
    """Whoever asked knows the field, and says so."""
    assert read_instant(written, NOTHING) is None


def test_the_year_1_of_go_programs_is_an_instant() -> None:
    """Alertmanager writes it for an alert that has not ended; what it means is the reader's matter."""
    assert ends(read_instant("0001-01-01T00:00:00Z", NOTHING))[0] == "0001-01-01T00:00:00"


def test_a_zone_that_nobody_explains_is_named() -> None:
    """So that the message can say which word is missing from the runbook."""
    assert unknown_zone("2024-01-15T14:15 IST", EST) == "IST"
    assert unknown_zone("2024-01-15T14:15 EST", EST) == ""
    assert unknown_zone("soon", EST) == ""
    assert unknown_zone(None, EST) == ""


@pytest.mark.parametrize(
    ("clock", "half", "expected"),
    [
        *(("12:00", "AM", "00:00:00"), ("12:00", "PM", "12:00:00"), ("12:59", "am", "00:59:00")),
        *(("1:05", "p.m.", "13:05:00"), ("9:05", "", "09:05:00"), ("141530", "", "14:15:30")),
        *(("23:59:59.9999999", "", "23:59:59.999999"), ("14:15:30,25", "", "14:15:30.250000")),
    ],
)
def test_a_time_of_day_is_read_on_either_clock(clock: str, half: str, expected: str) -> None:
    """Midnight is 12 AM and noon 12 PM; digits past the microsecond are cut."""
    assert time_of(clock, half).isoformat() == expected


@pytest.mark.parametrize(("clock", "half"), [("13:00", "PM"), ("0:15", "AM"), ("24:00", ""), ("12:60", "")])
def test_a_time_that_no_clock_shows_is_refused(clock: str, half: str) -> None:
    """On either clock."""
    with pytest.raises(ValueError, match=r"twelve-hour clock|must be in"):
        time_of(clock, half)


def test_an_aware_datetime_is_an_instant_and_a_naive_one_is_refused() -> None:
    """What another program hands in."""
    five = timezone(timedelta(hours=-5))
    instant = Instant.exact(datetime(2024, 1, 15, 9, 15, tzinfo=five))
    assert (instant.earliest, instant.text) == (QUARTER_PAST_TWO, "2024-01-15T09:15:00-05:00")
    with pytest.raises(ValueError, match="has no zone"):
        Instant.exact(datetime(2024, 1, 15, 9, 15))  # noqa: DTZ001 -- that it is naive is the point


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.timezones()))  # noqa: DTZ001
def test_what_isoformat_prints_is_read_as_it_was(moment: datetime) -> None:
    """In any zone whose offset is whole quarters of an hour, to the microsecond."""
    offset = moment.utcoffset() or timedelta(0)
    instant = read_instant(moment.isoformat(), NOTHING)
    if offset % timedelta(minutes=15) == timedelta(0):
        assert instant is not None
        assert instant.earliest == instant.latest == moment.astimezone(UTC)


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.dictionaries(st.text(), st.text())))
def test_anything_else_is_an_instant_or_none(written: object) -> None:
    """Never an exception."""
    instant = read_instant(written, BERLIN)
    assert instant is None or instant.earliest <= instant.latest
