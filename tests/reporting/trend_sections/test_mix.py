"""The section on which incidents there were."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.analysis.trends.mix import Written
from incident_analytics.reporting.blocks import FigureBlock
from incident_analytics.reporting.trend_sections import mix

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def told(report: TrendReport) -> str:
    """The section in plain words."""
    return "\n".join(block.plain() for block in mix(report)).replace("\u00a0", " ")


def test_shift_of_severities_comes_first(sample_trends: TrendReport) -> None:
    """data/README.md: 63 of 124 and 37 of 117; one of 2022 has no known severity."""
    assert told(sample_trends).splitlines()[0] == (
        "SEV1 and SEV2 together were 63 of 124 (51 %) in 2022, and 37 of 117 (32 %) in 2023. "
        "1 incident has no known severity (none was written) and no part in the shares of the others."
    )
    assert isinstance(mix(sample_trends)[1], FigureBlock)


def test_tables_tell_shares_with_intervals(sample_trends: TrendReport) -> None:
    """Clopper and Pearson of 22 of 124 are 11.5 % and 25.6 %."""
    rows = [" ".join(line.split()) for line in told(sample_trends).splitlines()]
    assert "▲ SEV1 22 of 124 (18 %) 11 % to 26 % 11 of 117 (9 %) 5 % to 16 %" in rows
    assert "○ unknown 1 of 125 (1 %) 0 % to 4 % 0 of 117 (0 %) 0 % to 3 %" in rows
    assert "customer 19 of 125 (15 %) 9 % to 23 % 28 of 117 (24 %) 17 % to 33 %" in rows


def test_who_noticed_is_told_in_a_sentence(sample_trends: TrendReport) -> None:
    """154, 47, 34 and 7 of 242."""
    assert "First noticed by: monitoring alert 154 of 242 (64 %), customer 47 of 242 (19 %)" in told(sample_trends)


def test_words_that_the_runbook_does_not_know_are_shown(sample_trends: TrendReport) -> None:
    """As they were written."""
    written = (Written("Major", 3), Written("", 1))
    mixed = replace(sample_trends.severity_mix, unknown_written=written, n_unknown_written=4)
    found = told(replace(sample_trends, severity_mix=mixed)).splitlines()[0]
    assert "no known severity (“Major” 3 times, nothing 1 times and 2 more words)" in found


def test_without_halves_the_counts_of_the_whole_are_told(sample_trends: TrendReport) -> None:
    """One period has no halves, no figure and no mix shift."""
    mixed = sample_trends.severity_mix
    one = replace(mixed, halves=(), periods=mixed.periods[:1])
    shift = replace(sample_trends.mix_shift, splits=())
    found = told(replace(sample_trends, severity_mix=one, mix_shift=shift))
    assert found.startswith("33 SEV1, 67 SEV2, 92 SEV3, 49 SEV4, of 241 incidents with a known severity.")
    assert "What the mix does" not in found


def test_no_incident_is_told_so(sample_trends: TrendReport) -> None:
    """No table of nothing."""
    none = replace(sample_trends.severity_mix, whole=replace(sample_trends.severity_mix.whole, n=0))
    assert told(replace(sample_trends, severity_mix=none)) == "There is no incident whose severity could be counted."
