"""Tests of what evidence is seen in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.figures.window import framed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Moment = Callable[..., datetime]


def test_window_beside_the_data_is_shown_whole(moment: Moment) -> None:
    """The logs end ten minutes before the incident was resolved."""
    frame = framed("UTC", moment(14, 0), moment(15, 35), (moment(14, 15), moment(15, 45)))
    assert (frame.clock.start, frame.clock.end) == (moment(14, 0), moment(15, 45))
    assert frame.words() == "Shaded: the incident as recorded."


def test_window_far_from_the_data_is_left_out(moment: Moment) -> None:
    """Ten minutes of logs would be a hairline two hours away from it."""
    frame = framed("UTC", moment(10, 0), moment(10, 10), (moment(14, 15), moment(15, 45)))
    assert (frame.clock.start, frame.clock.end, frame.window) == (moment(10, 0), moment(10, 10), None)
    assert frame.words() == ""


def test_onset_outside_the_figure_is_not_drawn(moment: Moment) -> None:
    """It would be on the edge and tell nothing."""
    assert framed("UTC", moment(14, 0), moment(15, 0), None, moment(13, 0)).onset is None
    inside = framed("UTC", moment(14, 0), moment(15, 0), None, moment(14, 12))
    assert inside.words() == "Upright line: where the evidence says it began."


def test_one_instant_is_shown_as_a_minute(moment: Moment) -> None:
    """An axis needs two ends."""
    frame = framed("UTC", moment(14, 0), moment(14, 0), None)
    assert frame.clock.end == moment(14, 1)


def test_onset_and_end_are_told_as_measured(moment: Moment) -> None:
    """An end that the figure does not reach is not told."""
    frame = framed("UTC", moment(14, 0), moment(16, 0), None, moment(14, 12), moment(15, 2))
    assert frame.words() == "Between the upright lines: the impact as measured, 14:12 to 15:02."
    cut = framed("UTC", moment(14, 0), moment(15, 0), None, moment(14, 12), moment(15, 2))
    assert (cut.over, cut.words()) == (None, "Upright line: where the evidence says it began.")
