"""Tests of the table of all durations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import Folded, Table
from incident_analytics.reporting.trend_sections.durations import durations

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def tables(report: TrendReport) -> list[Table]:
    """The tables of the section, folded ones too."""
    blocks = [each for block in durations(report) for each in (block.blocks if isinstance(block, Folded) else (block,))]
    return [block for block in blocks if isinstance(block, Table)]


def test_each_duration_has_a_row(sample_trends: TrendReport) -> None:
    """n, open, left out, median, ninetieth percentile with intervals, business hours."""
    lines = tables(sample_trends)[0].plain().replace("\u00a0", " ").splitlines()
    (line,) = [each for each in lines if each.startswith("Time to resolution")]
    cells = [cell.strip() for cell in line.split("  ") if cell.strip()]
    assert cells == [
        "Time to resolution", "241", "5", "1", "2 h 2 min, 1 h 48 min to 2 h 27 min",
        "8 h 4 min, 6 h 42 min to 8 h 52 min", "54 min 47 s",
    ]  # fmt: skip


def test_means_are_grey_with_the_share_of_the_longest(sample_trends: TrendReport) -> None:
    """The longest of 236 resolutions carries 14 % of all their time."""
    means = tables(sample_trends)[1]
    assert '<span class="quiet">14 %</span>' in means.html()
    assert "3 h 47 min" in means.plain()


def test_without_the_wish_there_is_no_mean(sample_trends: TrendReport) -> None:
    """Nor the word."""
    report = replace(sample_trends, scope=replace(sample_trends.scope, with_mean=False))
    assert all("mean" not in block.plain().lower() for block in durations(report))


def test_what_was_left_out_is_named_with_its_reason(sample_trends: TrendReport) -> None:
    """The one that ends before it begins."""
    assert "resolved_at lies before started_at" in tables(sample_trends)[2].plain()


def test_nothing_recorded_is_a_sentence(sample_trends: TrendReport) -> None:
    """And the definitions stay."""
    none = {name: replace(trend, n=0) for name, trend in sample_trends.durations.items()}
    first, _ = durations(replace(sample_trends, durations=none))
    assert first.plain() == "No incident has any duration on record."
