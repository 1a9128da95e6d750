"""Tests of the section about when incidents begin."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.statistics.calendar_heat import CalendarHeat
from incident_analytics.reporting.blocks import FigureBlock
from incident_analytics.reporting.trend_sections.calendar import calendar

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.calendar import CalendarTrend
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport


def shown(trend: CalendarTrend) -> tuple[Block, ...]:
    """The section of a map."""
    return calendar(SimpleNamespace(calendar=trend))  # type: ignore[arg-type]


@pytest.fixture
def even(sample_trends: TrendReport) -> CalendarTrend:
    """The sample's map as if chance had made it."""
    trend = sample_trends.calendar
    still = tuple(replace(part, stands_out=False) for part in trend.weekdays)
    hours = tuple(replace(part, stands_out=False) for part in trend.hours)
    return replace(trend, test=CalendarHeat(0.38, (), (), 242, 1.44, "Monte Carlo"), weekdays=still, hours=hours)


def test_sample_begins_on_weekdays_and_at_work(sample_trends: TrendReport) -> None:
    """The weekdays and hours that the test names, and none of the cells."""
    blocks = calendar(sample_trends)
    assert blocks[0].plain() == (
        "Some hours stand out beyond chance: more on Monday and Tuesday, and from 10 to 12, 14 to 15 and 16 to 17; "
        "fewer on Saturday and Sunday, and from 01 to 02, 03 to 04, 05 to 06 and 23 to 00."
    )
    figure = blocks[1]
    assert isinstance(figure, FigureBlock)
    assert figure.caption.endswith(
        "the week is uneven beyond chance (p below 0.001). Single cells do not mean anything at these numbers."
    )


def test_confounds_are_said(sample_trends: TrendReport) -> None:
    """The map tells when, not why."""
    assert "the map says when incidents began, not why." in calendar(sample_trends)[2].plain()


def test_map_that_chance_makes_names_no_hour(even: CalendarTrend) -> None:
    """However high single cells are."""
    blocks = shown(even)
    assert blocks[0].plain() == (
        "No hours stand out: a map as uneven as this comes by chance 38 times in 100, with 242 incidents."
    )
    assert "no more uneven than chance (p 0.38)" in blocks[1].caption  # type: ignore[attr-defined]


def test_uneven_map_without_one_part_that_differs_says_so(even: CalendarTrend) -> None:
    """The whole may be uneven where no margin is."""
    trend = replace(even, test=replace(even.test, p_value=0.01))
    assert shown(trend)[0].plain() == ("Some hours stand out beyond chance, though no single weekday or hour does.")


def test_map_that_cannot_be_tested_says_why(even: CalendarTrend) -> None:
    """All at the instant the report is seen from."""
    trend = replace(even, test=CalendarHeat(None, (), (), 242, 1.44, "", "no time was looked at"))
    assert shown(trend)[0].plain() == "Whether some hours stand out cannot be told: no time was looked at."


def test_no_incidents_have_no_map(even: CalendarTrend) -> None:
    """One line instead."""
    (only,) = shown(replace(even, n=0))
    assert only.plain() == "There is no map. No incidents."
