"""Tests of the section about one duration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import FigureBlock
from incident_analytics.reporting.trend_sections.duration import duration

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def plain(report: TrendReport, metric: str) -> list[str]:
    """Each block as plain text."""
    return [block.plain() for block in duration(report, metric)]


def test_planted_change_is_told_first(sample_trends: TrendReport) -> None:
    """With both medians, when, and the ratio with its interval; then the numbers, the means and two figures."""
    answer, numbers, means, *figures = plain(sample_trends, "time_to_acknowledgment")
    assert answer.startswith(
        "● changed The median fell from 8 min 28 s (n 127) to 4 min 42 s (n 114), between 2 Dec 2022 and 11 Feb 2023. "
        "Times of 2023 (median 4 min 48 s, n 117) are typically 0.54 times (95 % interval 0.45 to 0.64) "
        "those of 2022 (median 8 min 31 s, n 124)."
    )
    assert numbers.endswith("n 241 of 242. Left out: 1 incident (acknowledged_at is not recorded: INC-2022-029).")
    assert means.startswith("Means, as asked for: 10 min 21 s in 2022 and 5 min 59 s in 2023, -42 %.")
    assert len(figures) == 2


def test_the_mean_that_moved_by_chance_is_told_with_its_longest_incident(sample_trends: TrendReport) -> None:
    """It rose by 27 %, of which one incident alone carries more than a quarter (data/README.md); grey, and last."""
    means = duration(sample_trends, "time_to_resolution")[2]
    assert means.plain().startswith("Means, as asked for: 3 h 22 min in 2022 and 4 h 16 min in 2023, +27 %.")
    assert "and 27 % of them" in means.plain()
    assert 'class="quiet"' in means.html()


def test_noise_is_called_no_change_found(sample_trends: TrendReport) -> None:
    """Resolutions: the ratio's interval holds 1, and no quarter stands out."""
    blocks = duration(sample_trends, "time_to_resolution")
    assert blocks[0].plain().startswith("– no change found Times of 2023 (median 2 h 2 min, n 117, 5 open)")
    figures = [block for block in blocks if isinstance(block, FigureBlock)]
    assert figures[1].caption.startswith("No quarter lies outside the dotted natural limits")


def test_a_signal_alone_never_says_changed(sample_trends: TrendReport) -> None:
    """Without a change among the report's questions the chart calls its outlier a signal."""
    unasked = replace(sample_trends, changes=())
    blocks = duration(unasked, "time_to_acknowledgment")
    assert blocks[0].plain() == "? too few to say 241 incidents have it."
    figures = [block for block in blocks if isinstance(block, FigureBlock)]
    assert "2023-Q4. That is a signal to look, not a change." in figures[1].caption.replace("\u00a0", " ")


def test_nobody_recorded_it(sample_trends: TrendReport) -> None:
    """The section says so, and why."""
    trend = replace(sample_trends.durations["time_to_engage"], n=0)
    report = replace(sample_trends, durations={"time_to_engage": trend})
    (told,) = plain(report, "time_to_engage")
    assert told.startswith("? unknown No incident has its time to engage. Left out: 22 incidents (engaged_at is not")
