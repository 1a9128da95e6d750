"""What was taken against what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.snapshots.amounts import Course
from incident_analytics.reporting.figures.demand import demand_figure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from incident_analytics.reporting.blocks.figure import FigureBlock

    Moment = Callable[..., datetime]
    Spec = Callable[[FigureBlock | None], dict[str, Any]]


@pytest.fixture
def figure(moment: Moment) -> FigureBlock:
    """Six steps of ten minutes from 14:00; two thirds are missing in the third and fourth."""
    course = Course(moment(14, 0), 600.0, (90.0, 90.0, 30.0, 30.0, None, 95.0), (90.0, 90.0, 90.0, 90.0, 90.0, 90.0))
    made = demand_figure(
        course,
        title="Revenue per minute",
        unit="EUR",
        impact=(moment(14, 20), moment(14, 40)),
        not_taken="€1,200 (€1,000 to €1,400)",
        window=None,
        zone="UTC",
    )
    assert made is not None
    return made


def test_the_area_between_actual_and_expected_is_filled(figure: FigureBlock, spec: Spec) -> None:
    """Its outline goes there along what was expected and back along what was taken, at the middle of each step."""
    area, actual, expected = spec(figure)["data"]
    assert (area["fill"], area["y"]) == ("toself", [90, 90, 30, 30])
    assert [x[-5:] for x in area["x"]] == ["14:25", "14:35", "14:35", "14:25"]
    assert actual["y"] == [90, 90, 30, 30, None, 95]
    assert (expected["y"], expected["line"]["dash"]) == ([90] * 6, "dot")


def test_the_words_carry_the_amount_with_its_interval(figure: FigureBlock) -> None:
    """The caption and the text alternative."""
    assert figure.caption.replace("\u00a0", " ") == (
        "Filled: €1,200 (€1,000 to €1,400) not taken while the impact lasted. Dashed: expected. Between the upright "
        "lines: the impact as measured, 14:20 to 14:40."
    )
    assert figure.alt == (
        "Revenue per minute, 14:00 to 15:00 UTC on 15 Jan 2024: lowest at 14:20 with 30 EUR, where 90 EUR was "
        "expected. Not taken from 14:20 to 14:40: €1,200 (€1,000 to €1,400)."
    )


def test_without_anything_expected_there_is_no_figure(moment: Moment) -> None:
    """A line alone would say nothing of a loss."""
    impact = moment(14, 20), moment(14, 40)
    assert demand_figure(None, title="Orders", unit="", impact=impact, not_taken="", window=None, zone="UTC") is None
