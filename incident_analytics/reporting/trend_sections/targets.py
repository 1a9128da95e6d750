"""Response targets: how many were acknowledged in time, by severity, the earlier half beside the later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Folded, Paragraph, SeverityMark, Table
from incident_analytics.reporting.figures.durations import unbroken
from incident_analytics.reporting.figures.targets import targets_figure
from incident_analytics.reporting.trend_sections.figures_in_words import interval, left_out, of_many

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.targets import ResponseTargets, SeverityTargets
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

Row = tuple["Inline | None", ...]
_CAPTION = (
    "Acknowledged within the runbook's response target, of those whose record tells; lines are 95 % intervals. "
    "A dot of few incidents has a long line: read it before the dot."
)


def targets(report: TrendReport) -> tuple[Block, ...]:
    """The worst severity in a sentence, the figure, the table, and each period."""
    found = report.targets
    blocks: list[Block | None] = [Paragraph(unbroken(_answer(found))), targets_figure(found, caption=_CAPTION)]
    if any(_seen(each) for each in found.severities):
        blocks += [_table(found), _periods(found, report.cohort.period)]
    return tuple(block for block in blocks if block is not None)


def _answer(found: ResponseTargets) -> str:
    judged = [each for each in found.severities if each.whole.share.n]
    if not judged:
        missing = left_out(found.left_out)
        return f"Of no incident can it be told whether it was acknowledged in time. {missing}".strip()
    first = judged[0]
    halves = [f"{of_many(half.met, half.share)} in {half.label}" for half in first.halves if half.share.n]
    told = " and ".join(halves) if halves else of_many(first.whole.met, first.whole.share)
    whole = f" Of all severities {of_many(found.whole.met, found.whole.share)}." if len(judged) > 1 else ""
    return f"{first.severity} was acknowledged in time ({first.target}): {told}.{whole}"


def _seen(each: SeverityTargets) -> int:
    whole = each.whole
    return whole.share.n + whole.pending + whole.not_evidenced


def _table(found: ResponseTargets) -> Table:
    columns = (
        Column("Severity"), Column("Target"), Column("In time", "right"), Column("95 % interval", "right"),
        Column("Not evidenced", "right"), Column("Pending", "right"),
    )  # fmt: skip
    rows: list[Row] = []
    for each in found.severities:
        whole = each.whole
        rows.append(
            (
                SeverityMark(each.severity),
                each.target,
                of_many(whole.met, whole.share),
                interval(whole.share),
                f"{whole.not_evidenced:,}" if whole.not_evidenced else None,
                f"{whole.pending:,}" if whole.pending else None,
            )
        )
    overdue = found.whole.overdue
    late = (
        f"{words.counted(overdue, 'open incident')} without an acknowledgment and past the target: missed."
        if overdue
        else ""
    )
    told = "Not evidenced: the record has no detection or no acknowledgment, or its times are too uncertain."
    note = " ".join(
        part for part in (told if found.whole.not_evidenced else "", late, left_out(found.left_out)) if part
    )
    return Table("All periods, by the severity that was recorded last", columns, tuple(rows), note)


def _periods(found: ResponseTargets, period: str) -> Folded | None:
    shown = [each for each in found.severities if _seen(each)]
    labels = [count.label for count in shown[0].periods]
    if len(labels) < 2:  # noqa: PLR2004 -- the table above says it
        return None
    rows = tuple(
        (label, *(of_many(each.periods[place].met, each.periods[place].share) for each in shown))
        for place, label in enumerate(labels)
    )
    columns = (Column("Period"), *(Column(each.severity, "right") for each in shown))
    return Folded(f"Each {period}", (Table("Acknowledged in time, by period", columns, rows),))
