"""What the JSON twin of a trend report tells the list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.errors import ReportError
from incident_analytics.reporting.site.entries import read_entry
from incident_analytics.reporting.site.trend_entry import TWIN_VERSION, TrendEntry
from incident_analytics.reporting.trends import twin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_trend_report_tells_title_instant_and_number(make_trends: Callable[..., Path]) -> None:
    """Its file names it."""
    assert read_entry(make_trends("trends-2024")) == TrendEntry(
        "trends-2024", "Incidents from 2023-Q1 to 2024-Q4", datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC), 242
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"title": None, "as_of": None, "cohort": None},
        {"title": "", "as_of": "soon", "cohort": {"n": "many"}},
        {"title": 7, "as_of": 7, "cohort": {"n": True}},
        {"cohort": [], "title": [], "as_of": []},
    ],
)
def test_what_cannot_be_read_is_left_out(make_trends: Callable[..., Path], changes: dict[str, Any]) -> None:
    """The name of the file stands for the title; no number is made up."""
    assert read_entry(make_trends(**changes)) == TrendEntry("trends", "trends", None, None)


def test_another_version_says_so(make_trends: Callable[..., Path]) -> None:
    """As of a post-mortem."""
    with pytest.raises(ReportError, match=r"^it is of another version: expected 1, found '2'$"):
        read_entry(make_trends(schema_version="2"))


def test_the_version_is_the_one_that_is_written() -> None:
    """It stands twice, as the module that writes twins takes long to load."""
    assert TWIN_VERSION == twin.TWIN_VERSION
