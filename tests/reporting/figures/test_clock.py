"""Tests of the clock of a figure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.reporting.figures.clock import FigureClock

if TYPE_CHECKING:
    from collections.abc import Callable


def test_ticks_stand_at_round_times(moment: Callable[..., datetime]) -> None:
    """In the figure's zone, as dense as the words allow."""
    clock = FigureClock.of("UTC", moment(14, 12, 40), moment(15, 45))
    assert [tick.text for tick in clock.ticks(560, 13, room=20)] == [
        *("14:20", "14:30", "14:40", "14:50", "15:00", "15:10", "15:20", "15:30", "15:40")
    ]
    assert [tick.text for tick in clock.ticks(276, 12, room=10)] == ["14:30", "15:00", "15:30"]


def test_tick_that_would_stick_out_is_left_away(moment: Callable[..., datetime]) -> None:
    """Half of a word at the edge would be clipped."""
    clock = FigureClock.of("UTC", moment(14, 0), moment(16, 0))
    assert [tick.text for tick in clock.ticks(300, 12, room=5)] == ["14:30", "15:00", "15:30"]
    assert [tick.text for tick in clock.ticks(300, 12, room=20)] == ["14:00", "14:30", "15:00", "15:30", "16:00"]


def test_new_days_are_named_below_their_first_time(moment: Callable[..., datetime]) -> None:
    """From 20:00 to 04:00 there are two."""
    clock = FigureClock.of("UTC", moment(20, 0), moment(4, 0, day=16))
    texts = [tick.text for tick in clock.ticks(300, 12, room=20)]
    assert texts == ["20:00<br>15 Jan", "22:00", "00:00<br>16 Jan", "02:00", "04:00"]
    assert clock.name() == "times in UTC"


def test_times_are_those_of_the_zone() -> None:
    """The position on plotly's axis is local time too, so that a hover box agrees with the labels."""
    start = datetime(2024, 7, 1, 12, 0, tzinfo=UTC)
    clock = FigureClock.of("America/New_York", start, datetime(2024, 7, 1, 13, 0, 30, tzinfo=UTC))
    assert clock.position(start) == "2024-07-01 08:00"
    assert clock.time(clock.end) == "09:00:30"
    assert clock.name() == "1 Jul 2024, times in America/New_York"


def test_clock_does_not_change_within_a_figure() -> None:
    """New York went to summer time on 10 March 2024 at 07:00 UTC; an axis cannot skip an hour."""
    clock = FigureClock.of(
        "America/New_York", datetime(2024, 3, 10, 6, 0, tzinfo=UTC), datetime(2024, 3, 10, 9, 0, tzinfo=UTC)
    )
    assert clock.zone == "UTC-05:00"
    assert clock.span() == "01:00 to 04:00 UTC-05:00 on 10 Mar 2024"


def test_zone_that_nobody_knows_is_utc(moment: Callable[..., datetime]) -> None:
    """And the axis says so."""
    assert FigureClock.of("EST5000", moment(14, 0), moment(15, 0)).name() == "15 Jan 2024, times in UTC"


def test_seconds_are_shown_where_there_are_any(moment: Callable[..., datetime]) -> None:
    """Over two minutes the ticks carry them too."""
    clock = FigureClock.of("UTC", moment(14, 15), moment(14, 17))
    assert [tick.text for tick in clock.ticks(560, 13, room=20)] == ["14:15:30", "14:16:00", "14:16:30"]


def test_years_are_marked_in_steps_of_years(moment: Callable[..., datetime]) -> None:
    """No step is too long for the axis."""
    clock = FigureClock.of("UTC", moment(0, 0), datetime(2034, 1, 1, tzinfo=UTC))
    assert [tick.text for tick in clock.ticks(276, 12, room=10)][:1] != []
