"""Tests of the section about people."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

from incident_analytics.analysis.trends.people_load import ByHours
from incident_analytics.reporting.blocks import FigureBlock
from incident_analytics.reporting.trend_sections.people import people

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.people_load import PeopleLoad
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport


def shown(load: PeopleLoad) -> tuple[Block, ...]:
    """The section of a load."""
    return people(SimpleNamespace(people=load))  # type: ignore[arg-type]


def test_sample_says_how_often_and_when(sample_trends: TrendReport) -> None:
    """First the sentence, then the teams, then how evenly it falls."""
    blocks = people(sample_trends)
    assert blocks[0].plain() == (
        "People were pulled in 420 times: 196 of them outside business hours, 65 in sleep hours."
    )
    figure = blocks[1]
    assert isinstance(figure, FigureBlock)
    assert figure.caption == (
        "How often somebody was pulled into an incident, by team; 228 of 242 incidents name somebody."
    )
    assert blocks[2].plain() == (
        "It fell on 16 people or rotas: the middle one was pulled in 25 times, the busiest 41 times, 10 % of all "
        "(6 % would be even)."
    )
    assert blocks[3].plain() == ("Of 242 incidents 136 began in business hours, 69 in off hours and 37 in sleep hours.")


def test_nobody_is_named(sample_trends: TrendReport) -> None:
    """Not even a rota."""
    page = "".join(block.html() for block in people(sample_trends))
    assert "on-call" not in page
    assert "payments" in page


def test_how_it_was_counted_is_told(sample_trends: TrendReport) -> None:
    """Which hours are which, what an interruption is, who was left out."""
    told = people(sample_trends)[-1].plain()
    assert "An interruption is the first instant that the record tells of a person in an incident" in told
    assert "sleep hours 22:00 to 07:00 every night" in told
    assert "14 left out: its record names nobody at a known time." in told


def test_without_teams_one_bar_stands_for_all(sample_trends: TrendReport) -> None:
    """And the caption says that no record tells of teams."""
    figure = shown(replace(sample_trends.people, teams=()))[1]
    assert isinstance(figure, FigureBlock)
    assert "all 420: 224 in business hours" in figure.alt
    assert "no record tells of teams" in figure.caption


def test_rows_of_tables_tell_when_but_not_whom(sample_trends: TrendReport) -> None:
    """The beginnings, and why nothing else is known."""
    load = replace(sample_trends.people, interruptions=None, reason="no records: rows of tables tell of no such thing")
    told = [block.plain() for block in shown(load)]
    assert told[0] == "Of 242 incidents 136 began in business hours, 69 in off hours and 37 in sleep hours."
    assert told[1] == "Whom they pulled in is not known. No records: rows of tables tell of no such thing."


def test_all_in_business_hours_is_said_plainly(sample_trends: TrendReport) -> None:
    """Without two zeros; and one person carries all of it."""
    load = replace(
        sample_trends.people, interruptions=ByHours(3, 0, 0, 3), people=1, per_person=(3,), busiest_share=1.0
    )
    told = [block.plain() for block in shown(load)]
    assert told[0] == "People were pulled in 3 times, always in business hours."
    assert told[2] == "All of it fell on 1 person or rota."


def test_no_incidents_say_so(sample_trends: TrendReport) -> None:
    """One line."""
    (only,) = shown(replace(sample_trends.people, n=0))
    assert only.plain() == "Nothing is known of people. No incidents."
