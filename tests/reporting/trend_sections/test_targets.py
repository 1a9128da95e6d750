"""The section on response targets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.reporting.blocks import FigureBlock
from incident_analytics.reporting.trend_sections import targets

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def told(report: TrendReport) -> str:
    """The section in plain words."""
    return "\n".join(block.plain() for block in targets(report)).replace("\u00a0", " ")


def test_worst_severity_comes_first(sample_trends: TrendReport) -> None:
    """data/README.md: 9 of 22 in 2022, 10 of 11 in 2023."""
    assert told(sample_trends).splitlines()[0] == (
        "SEV1 was acknowledged in time (< 5 minutes): 9 of 22 (41 %) in 2022 and 10 of 11 (91 %) in "
        "2023. Of all severities 223 of 240 (93 %)."
    )
    assert isinstance(targets(sample_trends)[1], FigureBlock)


def test_table_tells_what_the_record_does_not(sample_trends: TrendReport) -> None:
    """INC-2022-029 was never acknowledged, INC-2022-101 has no known severity."""
    rows = [" ".join(line.split()) for line in told(sample_trends).splitlines()]
    assert "● SEV4 Next business day 48 of 48 (100 %) 93 % to 100 % 1 –" in rows
    assert any(row.endswith("Left out: 1 incident (the severity is not known: INC-2022-101).") for row in rows)
    assert "2022-Q1 0 of 3 (0 %) 11 of 11 (100 %) 11 of 11 (100 %) 3 of 3 (100 %)" in rows


def test_no_word_says_changed(sample_trends: TrendReport) -> None:
    """The direction is there to be seen; the verdict judges it."""
    assert "changed" not in told(sample_trends)


def test_overdue_ones_are_told_apart(sample_trends: TrendReport) -> None:
    """Open, unacknowledged and past their target."""
    whole = replace(sample_trends.targets.whole, overdue=2)
    found = told(replace(sample_trends, targets=replace(sample_trends.targets, whole=whole)))
    assert "2 open incidents without an acknowledgment and past the target: missed." in found


def test_nothing_judged_is_told_so(sample_trends: TrendReport) -> None:
    """No figure and no table of nothing."""
    found = sample_trends.targets
    nothing = replace(found.severities[0].whole, met=0, missed=0, pending=0, not_evidenced=0, share=share_of(0, 0))
    none = tuple(replace(each, whole=nothing, halves=(), periods=()) for each in found.severities)
    report = replace(sample_trends, targets=replace(found, severities=none, whole=nothing, left_out=()))
    assert told(report) == "Of no incident can it be told whether it was acknowledged in time."
