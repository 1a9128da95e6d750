"""What the mix does to a duration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.reporting.trend_sections.mix_shift import mix_shift

if TYPE_CHECKING:
    from incident_analytics.reporting.trends.report import TrendReport


def told(report: TrendReport) -> str:
    """The blocks in plain words."""
    return "\n".join(block.plain() for block in mix_shift(report)).replace("\u00a0", " ")


def test_difference_is_split_in_a_sentence(sample_trends: TrendReport) -> None:
    """7,264 s and 7,341 s: 410.5 s of the mix less 333.5 s of the same severities."""
    assert (
        "The median is 2 h 1 min in 2022 and 2 h 2 min in 2023. Of the difference of "
        "+1 min 17 s, +6 min 51 s come from having other severities and −5 min 34 s from incidents of the same "
        "severity."
    ) in told(sample_trends)


def test_table_tells_n_open_and_left_out(sample_trends: TrendReport) -> None:
    """INC-2022-067 ends before it begins."""
    note = "n 124 and 117, 5 of them open. Left out: 1 incident (resolved_at lies before started_at: INC-2022-067)."
    assert note in told(sample_trends)


def test_mean_is_there_only_where_it_was_asked_for(sample_trends: TrendReport) -> None:
    """And says what it is worth."""
    assert "Mean, by severity (moves by chance)" in told(sample_trends)
    shift = sample_trends.mix_shift
    medians = replace(shift, splits=tuple(replace(each, mean=None) for each in shift.splits), means=())
    assert "Mean" not in told(replace(sample_trends, mix_shift=medians))


def test_median_that_nobody_knows_is_not_split(sample_trends: TrendReport) -> None:
    """Too many are open."""
    shift = sample_trends.mix_shift
    unknown = replace(
        shift.splits[0].median, after_seconds=None, mix_seconds=None, reason="too many are open for a median"
    )
    splits = (replace(shift.splits[0], median=unknown, mean=None),)
    found = told(replace(sample_trends, mix_shift=replace(shift, splits=splits)))
    assert "cannot be set beside each other: too many are open for a median." in found


def test_without_halves_there_is_nothing_to_say(sample_trends: TrendReport) -> None:
    """One period."""
    assert mix_shift(replace(sample_trends, mix_shift=replace(sample_trends.mix_shift, splits=()))) == ()
