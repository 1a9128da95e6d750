"""Zones are offsets and names; what is neither is nobody's guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from incident_analytics.model.zones import is_skipped, localized, zone_named

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        *(("Z", 0), ("utc", 0), ("GMT", 0), ("+01:00", 60), ("-0530", -330), ("+5", 300), ("UTC+2", 120)),
        *(("GMT-3:30", -210), ("+14:00", 840), ("-12:00", -720), ("+05:45", 345), ("Asia/Kolkata", 330)),
    ],
)
def test_an_offset_or_a_name_is_a_zone(name: str, minutes: int) -> None:
    """Offsets in minutes, on a winter's day."""
    zone = zone_named(name)
    assert zone is not None
    assert zone.utcoffset(datetime(2024, 1, 15)) == timedelta(minutes=minutes)  # noqa: DTZ001 -- a wall clock


@pytest.mark.parametrize(
    "name",
    [
        *("EST", "CET", "IST", "PST8PDT", "", "+25:00", "-14:20", "+14:15", "-12:15", "+01:07", "+01:60"),
        *("Mars/Base", "../../etc/passwd", "America/", "/etc/localtime", "a/\x00", "a/\ud800", "x/" + "y" * 5000),
    ],
)
def test_what_is_no_zone_in_use_is_none(name: str) -> None:
    """An abbreviation means different offsets to different people; no land lies past +14 or -12."""
    assert zone_named(name) is None


def test_a_plain_local_time_is_one_instant() -> None:
    """New York is five hours behind in January."""
    local = datetime(2024, 1, 15, 9, 15)  # noqa: DTZ001 -- a wall clock
    assert localized(local, NEW_YORK) == (datetime(2024, 1, 15, 14, 15, tzinfo=UTC),) * 2
    assert not is_skipped(local, NEW_YORK)


def test_the_hour_that_occurs_twice_has_two_instants() -> None:
    """Summer time ended at 06:00 UTC: 01:30 was at 05:30 and again at 06:30."""
    local = datetime(2024, 11, 3, 1, 30)  # noqa: DTZ001 -- a wall clock
    assert localized(local, NEW_YORK) == (
        datetime(2024, 11, 3, 5, 30, tzinfo=UTC),
        datetime(2024, 11, 3, 6, 30, tzinfo=UTC),
    )
    assert not is_skipped(local, NEW_YORK)


def test_the_hour_that_does_not_occur_has_the_readings_of_both_clocks() -> None:
    """Summer time began at 07:00 UTC: 02:30 is 06:30 on the new clock and 07:30 on the old one."""
    local = datetime(2024, 3, 10, 2, 30)  # noqa: DTZ001 -- a wall clock
    assert localized(local, NEW_YORK) == (
        datetime(2024, 3, 10, 6, 30, tzinfo=UTC),
        datetime(2024, 3, 10, 7, 30, tzinfo=UTC),
    )
    assert is_skipped(local, NEW_YORK)
