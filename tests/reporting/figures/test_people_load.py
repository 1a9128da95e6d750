"""Tests of the bars of interruptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incident_analytics.analysis.trends.people_load import ByHours
from incident_analytics.reporting.figures.people_load import people_load_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Spec = Callable[[FigureBlock | None], dict[str, Any]]

BARS = [("payments", ByHours(76, 41, 16, 133)), ("data", ByHours(5, 1, 0, 6))]


def test_each_kind_of_hour_is_a_part_of_the_bar(spec: Spec) -> None:
    """Business, off, sleep, from left to right."""
    drawn = spec(people_load_figure(BARS, caption="By team."))
    assert [trace["x"] for trace in drawn["data"]] == [[76, 5], [41, 1], [16, 0]]
    assert drawn["layout"]["barmode"] == "stack"


def test_counts_stand_in_their_parts_where_they_fit(spec: Spec) -> None:
    """Of the short bar only its sum is written, at its end."""
    layout = spec(people_load_figure(BARS, caption="By team."))["layout"]
    texts = [each["text"] for each in layout["annotations"]]
    assert texts[:7] == ["payments", "data", "<b>133</b>", "76", "41", "16", "<b>6</b>"]
    assert texts[-3:] == ["business hours", "off hours", "sleep hours"]


def test_alternative_tells_all_numbers() -> None:
    """For those who cannot see them."""
    figure = people_load_figure(BARS, caption="By team.")
    assert figure is not None
    assert figure.alt == (
        "How often people were pulled in, by kind of hour. payments 133: 76 in business hours, 41 in off hours, "
        "16 in sleep hours; data 6: 5 in business hours, 1 in off hours, 0 in sleep hours."
    )


def test_nothing_counted_has_no_figure() -> None:
    """No bar, no figure."""
    assert people_load_figure([("payments", ByHours(0, 0, 0, 0))], caption="By team.") is None
