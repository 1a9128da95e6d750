"""The section on the longest incidents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.reporting.trend_sections import longest

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def told(report: TrendReport) -> str:
    """The section in plain words."""
    return "\n".join(block.plain() for block in longest(report)).replace("\u00a0", " ")


def test_longest_comes_first_with_its_share(sample_trends: TrendReport) -> None:
    """data/README.md: INC-2023-049 of 5 d 7 h 12 min; 457,920 of 3,220,929 s are 14 %."""
    lines = told(sample_trends).splitlines()
    assert lines[0] == (
        "INC-2023-049 took 5 d 7 h, 14 % of the time that all 236 took together; the longest 5 took 22 %."
    )
    assert lines[-1] == (
        "5 incidents are open and not in it. Left out: 1 incident (resolved_at lies before started_at: INC-2022-067)."
    )


def test_only_incidents_with_a_page_are_linked(sample_trends: TrendReport) -> None:
    """The others are plain."""
    report = replace(sample_trends, links={"INC-2023-049": "INC-2023-049.html"})
    page = longest(report)[1].html()
    assert '<a href="./INC-2023-049.html">INC-2023-049</a> Replica lagging in checkout-api' in page
    assert page.count("<a ") == 1


def test_one_that_is_over_has_no_share_of_all(sample_trends: TrendReport) -> None:
    """It is all of them."""
    one = replace(sample_trends.longest, n=1, incidents=sample_trends.longest.incidents[:1])
    assert told(replace(sample_trends, longest=one)).startswith("One incident is over: INC-2023-049 took 5 d 7 h.")


def test_none_that_is_over_is_told_so(sample_trends: TrendReport) -> None:
    """With how many are open."""
    none = replace(sample_trends.longest, n=0, incidents=(), left_out=())
    found = told(replace(sample_trends, longest=none))
    assert found == "No incident has a time to resolution. 5 incidents are open and not in it."


def test_no_time_at_all_has_no_share(sample_trends: TrendReport) -> None:
    """All ended when they began."""
    instants = tuple(replace(each, seconds=0.0, share=None) for each in sample_trends.longest.incidents)
    report = replace(sample_trends, longest=replace(sample_trends.longest, incidents=instants, share=None))
    assert told(report).startswith("None of 236 incidents took any time.")
