"""How much of a change of durations came from which incidents there were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Folded, Paragraph, Subheading, Table
from incident_analytics.reporting.figures.durations import unbroken
from incident_analytics.reporting.trend_sections.figures_in_words import left_out, signed

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.mix_shift import MixShift
    from incident_analytics.analysis.trends.mix_shift_trend import MixShiftTrend
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.trends.report import TrendReport

Row = tuple[str | None, ...]


def mix_shift(report: TrendReport) -> tuple[Block, ...]:
    """The sentence, the split by severity and by service, and each period in the mix of all; empty without halves."""
    trend = report.mix_shift
    if not trend.splits:
        return ()
    title = words.title_of(trend.metric)
    blocks: list[Block] = [
        Subheading(f"What the mix does to {title.lower()}"),
        Paragraph(unbroken(_answer(trend, title))),
        _table(trend, title),
    ]
    if len(trend.periods) > 1:
        blocks.append(Folded(f"{title} of each {report.cohort.period} in the mix of all", (_periods(trend, title),)))
    return tuple(blocks)


def _answer(trend: MixShiftTrend, title: str) -> str:
    split = trend.splits[0].median
    if split.before_seconds is None or split.after_seconds is None or split.mix_seconds is None:
        return (
            f"The {title.lower()} of {trend.before} and {trend.after} cannot be set beside each other: {split.reason}."
        )
    before, after = words.duration(split.before_seconds), words.duration(split.after_seconds)
    mix = f"{signed(split.mix_seconds)} come from having other severities"
    within = f"{signed(split.within_seconds)} from incidents of the same severity"
    difference = f"Of the difference of {signed(split.change_seconds)}, {mix} and {within}."
    return f"The median is {before} in {trend.before} and {after} in {trend.after}. {difference}"


def _table(trend: MixShiftTrend, title: str) -> Table:
    rows: list[Row] = []
    for each in trend.splits:
        rows.append(_row(f"Median, by {each.column}", each.median))
        if each.mean is not None:
            rows.append(_row(f"Mean, by {each.column} (moves by chance)", each.mean))
    columns = (
        Column("Split"), Column(trend.before, "right"), Column(trend.after, "right"), Column("Difference", "right"),
        Column("From the same kind", "right"), Column("From the mix", "right"),
    )  # fmt: skip
    split = trend.splits[0].median
    counts = f"n {split.n_before:,} and {split.n_after:,}, {split.n_open:,} of them open."
    folded = [f"{each.n_folded:,} rare services count as one." for each in trend.splits if each.n_folded]
    ranges = (
        [f"{words.counted(trend.ranges, 'duration is', 'durations are')} the middle of a range."]
        if trend.ranges
        else []
    )
    note = " ".join(part for part in (counts, *folded, *ranges, left_out(trend.left_out)) if part)
    return Table(
        f"{title}: what incidents of the same kind did, and what came of having others", columns, tuple(rows), note
    )


def _row(name: str, split: MixShift) -> Row:
    before, after = (
        None if each is None else words.duration(each) for each in (split.before_seconds, split.after_seconds)
    )
    parts = (split.change_seconds, split.within_seconds, split.mix_seconds)
    return (name, before, after, *(None if each is None else signed(each) for each in parts))


def _periods(trend: MixShiftTrend, title: str) -> Table:
    rows = []
    for place, each in enumerate(trend.periods):
        row = [str(each.period), f"{each.n:,}", _seconds(each.recorded_seconds), _seconds(each.fixed_seconds)]
        if trend.means:
            mean = trend.means[place]
            row += [_seconds(mean.recorded_seconds), _seconds(mean.fixed_seconds)]
        rows.append(tuple(row))
    columns = [Column("Period"), Column("n", "right"), Column("Median", "right"), Column("In the mix of all", "right")]
    if trend.means:
        columns += [Column("Mean", "right"), Column("In the mix of all", "right")]
    return Table(f"{title} as recorded, and with the severities of all periods in each", tuple(columns), tuple(rows))


def _seconds(value: float | None) -> str | None:
    return None if value is None else words.duration(value)
