"""Times written without a zone, and what one of them tells of the zone it was written in."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from incident_analytics.analysis.events import Event
from incident_analytics.analysis.source_clocks import clock_findings, clocks_compared
from incident_analytics.analysis.source_clocks.bare_times import names_no_zone
from incident_analytics.model.instants import ZoneRules, read_instant


def told(source: str, written: str, text: str = "Rolled back config 881", ref: str = "c-881") -> Event:
    """An event with its time as it was written, read as UTC where it names no zone."""
    at = read_instant(written, ZoneRules("UTC", {}))
    assert at is not None
    return Event(at, text, ("rolled_back",), source, ref=ref)


@pytest.mark.parametrize(
    ("written", "is_bare"),
    [
        ("2026-03-10T15:30:20", True),
        ("2026-03-10 15:30", True),
        ("2026-03-10T15:30:20Z", False),
        ("2026-03-10T15:30:20+01:00", False),
    ],
)
def test_a_time_names_a_zone_or_not(written: str, *, is_bare: bool) -> None:
    """By how it is written."""
    assert names_no_zone(told("chat", written)) is is_bare


def test_one_event_tells_that_a_chat_without_zone_was_in_another() -> None:
    """The same rollback, an hour later than the tool that names its zone."""
    compared = clocks_compared([told("config", "2026-03-10T14:30:00Z"), told("chat", "2026-03-10T15:30:20")])
    (finding,) = clock_findings(compared, UTC)
    assert (finding.rule, finding.level) == ("clock-zone", "warning")
    assert finding.message == (
        "chat looks 1 h late against config: were its times written in another zone? (1 event told by both; "
        "2026-03-10T15:30:20 names no zone and was read as UTC; nothing was shifted)"
    )


@pytest.mark.parametrize("late", [timedelta(minutes=7), timedelta(minutes=15), timedelta(minutes=50)])
def test_one_event_that_lies_apart_by_no_half_hour_tells_no_zone(late: timedelta) -> None:
    """It is two times for one event, and no more."""
    first = told("config", "2026-03-10T14:30:00Z")
    second = told("chat", f"{first.moment + late:%Y-%m-%dT%H:%M:%S}")
    assert [each.rule for each in clock_findings(clocks_compared([first, second]), UTC)] == ["sources-conflict"]


def test_one_event_between_two_sources_that_name_their_zones_is_a_conflict() -> None:
    """Both say what they mean; it takes two events to doubt that."""
    events = [told("config", "2026-03-10T14:30:00Z"), told("chat", "2026-03-10T15:30:20Z")]
    assert [each.rule for each in clock_findings(clocks_compared(events), UTC)] == ["sources-conflict"]
