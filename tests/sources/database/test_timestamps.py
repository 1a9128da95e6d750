"""PostgreSQL's timestamps, and what is not guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from incident_analytics.model.instants import ZoneRules
from incident_analytics.sources.database.timestamps import Refused, TimestampReader

AT = datetime(2026, 11, 23, 2, 58, 25, 274827, tzinfo=UTC)
EST = ZoneRules(None, {"EST": "America/New_York"})


@pytest.mark.parametrize(
    "text",
    ["2026-11-22 21:58:25.274827-05", "2026-11-23 08:28:25.274827+05:30", "2026-11-23T02:58:25.274827Z"],
)
def test_offsets_of_hours_and_of_minutes(text: str) -> None:
    """One instant, as three sessions print it."""
    reader = TimestampReader(ZoneRules())
    assert reader.read(text, 2) == AT
    assert (reader.assumed, reader.refused) == ([], [])


@pytest.mark.parametrize("text", ["11/22/2026 21:58:25.274827 EST", "22.11.2026 21:58:25.274827 EST"])
def test_an_abbreviation_is_read_only_if_somebody_explained_it(text: str) -> None:
    """EST is five hours behind in New York and was ten ahead in Sydney."""
    reader = TimestampReader(ZoneRules())
    assert reader.read(text, 2) is None
    assert reader.refused == [Refused(2, text, "EST")]
    assert TimestampReader(EST).read(text, 2) == AT


def test_a_day_first_date_is_known_by_its_thirteenth_and_later() -> None:
    """SQL style prints either order."""
    assert TimestampReader(EST).read("22/11/2026 21:58:25.274827 EST", 2) == AT


def test_a_day_that_could_be_a_month_is_refused() -> None:
    """Unless both are the same."""
    reader = TimestampReader(EST)
    assert reader.read("05/06/2026 21:58:25 EST", 3) is None
    assert reader.refused == [Refused(3, "05/06/2026 21:58:25 EST")]
    assert reader.read("06/06/2026 00:00:00 EST", 4) == datetime(2026, 6, 6, 4, 0, tzinfo=UTC)


def test_a_time_without_zone_takes_the_incidents_and_is_told() -> None:
    """A column of type timestamp has none."""
    reader = TimestampReader(ZoneRules("America/New_York"))
    assert reader.read("2026-11-22 21:58:25.274827", 2) == AT
    assert reader.read("22.11.2026 21:58:25.274827", 3) == AT
    assert [each.line for each in reader.assumed] == [2, 3]


@pytest.mark.parametrize("text", ["", " ", "infinity", "-infinity"])
def test_no_time_is_no_problem(text: str) -> None:
    """An idle session has no query_start."""
    reader = TimestampReader(ZoneRules())
    assert reader.read(text, 2) is None
    assert reader.refused == []


@pytest.mark.parametrize(
    "text",
    [
        *("soon", "2026-02-30 00:00:00+00", "31.02.2026 00:00:00 UTC", "13/13/2026 00:00:00"),
        *("9999-12-31 23:59:59-14", "31.12.9999 23:59:59 -12"),
    ],
)
def test_what_is_no_timestamp_is_refused(text: str) -> None:
    """With its line."""
    reader = TimestampReader(ZoneRules())
    assert reader.read(text, 7) is None
    assert reader.refused == [Refused(7, text)]
