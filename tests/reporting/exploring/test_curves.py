"""Curves of the share done."""

from __future__ import annotations

from incident_analytics.analysis.statistics.durations import durations
from incident_analytics.reporting.blocks import FigureBlock
from incident_analytics.reporting.exploring import curves


def test_each_group_is_a_line_that_its_words_tell_too() -> None:
    """Two of them, the first as what the second is held against."""
    groups = {"2022": durations([60, 120, 180, 240]), "2023": durations([30, 60, 90, 120], [False, False, False, True])}
    figure = curves(groups, "time_to_acknowledgment")
    assert isinstance(figure, FigureBlock)
    assert figure.alt.startswith("Time to acknowledgment: share of incidents done: 2022, n 4")
    assert "2023, n 4" in figure.alt


def test_nothing_is_said_and_not_drawn() -> None:
    """A group without incidents has no line."""
    told = curves({"2022": durations([])}, "time_to_acknowledgment").plain()
    assert told == "Nothing to draw. No incident of these groups has a duration."
