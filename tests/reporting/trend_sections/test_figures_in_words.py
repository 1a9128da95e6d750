"""What sections of trends say of shares, times and what is left out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.reporting.blocks.spans import inline_html
from incident_analytics.reporting.trend_sections.figures_in_words import (
    interval,
    left_out,
    named,
    of_many,
    percent,
    signed,
)

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


@pytest.mark.parametrize(
    ("share", "told"), [(0, "0 %"), (0.001, "under 1 %"), (0.5, "50 %"), (0.999, "over 99 %"), (1, "100 %")]
)
def test_hardly_any_is_not_none(share: float, told: str) -> None:
    """And nearly all is not all."""
    assert percent(share) == told


def test_none_of_none_is_told_as_such() -> None:
    """Not as 0 %."""
    assert of_many(0, share_of(0, 0)) == "none"
    assert interval(Estimate(None, None, None, 0)) is None


@pytest.mark.parametrize(("seconds", "told"), [(90.0, "+1 min 30 s"), (-90.0, "−1 min 30 s"), (0.4, "0 s")])
def test_change_of_time_has_its_sign(seconds: float, told: str) -> None:
    """Nothing has none."""
    assert signed(seconds) == told


def test_what_is_left_out_is_named() -> None:
    """Five at most, and how many more."""
    found = left_out((LeftOut("no start", 7, ("A", "B")), LeftOut("no end", 1)))
    assert found == "Left out: 7 incidents (no start: A, B and 5 more), 1 incident (no end)."


def test_incident_leads_to_its_page_where_there_is_one() -> None:
    """Its title follows, escaped."""
    report = cast("TrendReport", SimpleNamespace(links={"INC-1": "INC-1.html"}))
    assert inline_html(named(report, "INC-1", "<b>")) == '<a href="./INC-1.html">INC-1</a> &lt;b&gt;'
    assert inline_html(named(report, "INC-2", None)) == "INC-2"
