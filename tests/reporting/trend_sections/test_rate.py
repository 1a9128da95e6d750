"""The section on how often."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.rates import Dispersion
from incident_analytics.reporting.blocks import FigureBlock
from incident_analytics.reporting.trend_sections import rate

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def test_answer_comes_first_with_its_interval(sample_trends: TrendReport) -> None:
    """data/README.md: 242 incidents in two years."""
    answer, figure, *rest = rate(sample_trends)
    told = answer.plain().replace("\u00a0", " ")
    assert told == "242 incidents began in 730 days: 10.1 a month (95 % interval 8.9 to 11.4)."
    assert isinstance(figure, FigureBlock)
    assert figure.caption.startswith("Fewest in 2023-Q2 (25), most in 2022-Q3 (36).")
    assert len(rest) == 2


def test_tables_tell_each_period_each_severity_and_the_time_with_impact(sample_trends: TrendReport) -> None:
    """With n, days, intervals, and how many services are not named."""
    told = "\n".join(block.plain() for block in rate(sample_trends))
    rows = [" ".join(line.split()) for line in told.splitlines()]
    assert "2022-Q3 36 92 11.9 8.3 to 16.5" in rows
    assert "○ unknown 1 0.042 0.0011 to 0.23" in rows
    assert "2023-Q4 36 42 d 8 h 53.98 % 5" in rows
    assert "4 more services had less." in rows


def test_no_word_says_changed(sample_trends: TrendReport) -> None:
    """Only the verdict may."""
    assert "changed" not in " ".join(block.plain() for block in rate(sample_trends))


def test_clusters_are_told_above_the_figure(sample_trends: TrendReport) -> None:
    """Intervals are too narrow then."""
    clustered = Dispersion(6.0, 8, is_clustered=True, reason="")
    report = replace(sample_trends, rate=replace(sample_trends.rate, dispersion=clustered))
    told = rate(report)[1].plain()
    assert told.startswith("Incidents come in clusters. Weeks vary 6.0 times as much as by chance alone")


def test_empty_history_is_told_so(sample_trends: TrendReport) -> None:
    """No table of nothing, and no rate of 0."""
    none = replace(sample_trends.rate, n=0, periods=(), overall=Estimate(None, None, None, 0))
    assert [block.plain() for block in rate(replace(sample_trends, rate=none))] == [
        "No incident began in the time that is looked at."
    ]


def test_too_short_a_time_has_no_rate(sample_trends: TrendReport) -> None:
    """But a count."""
    short = replace(sample_trends.rate, n=3, days=0.3, periods=(), overall=Estimate(None, None, None, 3))
    told = rate(replace(sample_trends, rate=short))[0].plain()
    assert told == "3 incidents began in 0 days. A rate takes a month at least."
