"""Tests of the axis of periods."""

from __future__ import annotations

from dataclasses import replace

import pytest

from incident_analytics.reporting.figures.period_axis import period_axis
from incident_analytics.reporting.figures.stack import PAGE, PHONE

QUARTERS = [f"{year}-Q{quarter}" for year in (2022, 2023) for quarter in (1, 2, 3, 4)]


def test_year_is_named_where_it_begins() -> None:
    """Eight quarters have room on a page."""
    axis = period_axis(QUARTERS, PAGE)
    assert axis["ticktext"] == ["Q1<br>2022", "Q2", "Q3", "Q4", "Q1<br>2023", "Q2", "Q3", "Q4"]
    assert axis["range"] == [-0.5, 7.5]


def test_phone_names_what_has_room() -> None:
    """Each second quarter: 47 px for "2022" and its distance, 32 px a quarter."""
    axis = period_axis(QUARTERS, replace(PHONE, left=40))
    assert axis["tickvals"] == [0, 2, 4, 6]
    assert axis["ticktext"] == ["Q1<br>2022", "Q3", "Q1<br>2023", "Q3"]


@pytest.mark.parametrize(
    ("labels", "texts"),
    [
        (["2023-12", "2024-01"], ["Dec<br>2023", "Jan<br>2024"]),
        (["2024-W01", "2024-W02"], ["W01<br>2024", "W02"]),
        ([], []),
    ],
)
def test_months_and_weeks_have_their_names(labels: list[str], texts: list[str]) -> None:
    """And no period has no name."""
    assert period_axis(labels, PAGE)["ticktext"] == texts
