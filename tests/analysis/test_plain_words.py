"""Times and durations in plain words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from incident_analytics.analysis.plain_words import clock_words, duration_words, span_words, zone_of
from incident_analytics.model.incident import Incident
from incident_analytics.model.instants import Instant
from incident_analytics.model.runbook import load_runbook

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (299, "4 min 59 s"),
        (300, "5 min"),
        (5400, "1 h 30 min"),
        (7230, "2 h 30 s"),
        (172_800, "48 h"),
        (259_200, "3 d"),
        (266_400, "3 d 2 h"),
        (-60, "1 min"),
    ],
)
def test_a_duration_keeps_what_decides_at_a_limit(seconds: float, words: str) -> None:
    """Seconds stay beside hours, and two days stay hours as the runbook writes them."""
    assert duration_words(seconds) == words


def test_a_time_of_day_is_told_in_its_zone() -> None:
    """Seconds are shown only where there are any."""
    berlin = timezone(timedelta(hours=1))
    assert (clock_words(NOON, berlin), clock_words(NOON + timedelta(seconds=9), UTC)) == ("13:00", "12:00:09")


def test_a_stretch_over_midnight_names_its_days() -> None:
    """In a zone where both ends fall on one day, no day is named."""
    start, end = NOON.replace(hour=23, minute=50), NOON + timedelta(hours=12, minutes=30)
    assert span_words(start, end, UTC) == ("23:50 on 15 Jan", "00:30 on 16 Jan")
    assert span_words(start, end, timezone(timedelta(hours=-5))) == ("18:50", "19:30")


def test_an_incident_without_a_zone_has_that_of_its_start() -> None:
    """Its own zone wins, then the start's, then UTC."""
    runbook = load_runbook()
    start = Instant(NOON, NOON, "07:00 EST", "minute", "EST")
    hours = timedelta(hours=-5)
    assert zone_of(Incident(id="INC-1", started_at=start), runbook).utcoffset(NOON) == hours
    assert zone_of(Incident(id="INC-1", started_at=start, timezone="UTC"), runbook) is UTC
    assert zone_of(Incident(id="INC-1"), runbook) is UTC
