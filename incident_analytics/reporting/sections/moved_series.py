"""Metrics that moved most at the onset, apart by what they tell: what users feel, and what systems use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.snapshots.bad_direction import KINDS, words_of
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Table
from incident_analytics.reporting.figures.moved_metrics import MovedGroup, MovedRow, moved_metrics_figure
from incident_analytics.reporting.figures.numbers import plain, scale_of
from incident_analytics.reporting.sections.series_names import label_values, metric_title, series_name

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.moved_most import Moved, MovedMost
    from incident_analytics.reporting.blocks import FigureBlock, Inline
    from incident_analytics.reporting.post_mortem import PostMortem

MOST_SHOWN: Final = 12
_FELT: Final = {"success", "errors", "latency", "throughput"}
_TITLES: Final = ("What users feel", "What systems do")


def is_felt(metric: str) -> bool:
    """Whether the metric tells what users feel, by the first kind that its name fits."""
    kind = next((kind for kind, named, _ in KINDS if words_of(metric) & named), "")
    return kind in _FELT


def moved_series_figure(report: PostMortem) -> FigureBlock | None:
    """The metrics that moved, the most moved of each kind first; None where none did."""
    found = report.evidence.moved_metrics
    if found is None or not found.moved or found.threshold is None:
        return None
    shown = found.moved[:MOST_SHOWN]
    groups = [
        MovedGroup(title, tuple(_row(each, found.threshold) for each in shown if is_felt(each.metric) == felt))
        for title, felt in zip(_TITLES, (True, False), strict=True)
    ]
    recorded = report.anchors["started_at"].at
    return moved_metrics_figure(
        groups,
        recorded=recorded.earliest if recorded else None,
        zone=report.zone_name,
        caption=_caption(found, len(shown)),
    )


def _row(each: Moved, threshold: float) -> MovedRow:
    return MovedRow(
        name=metric_title(each.metric),
        labels=label_values(each.labels),
        values=from_to(each, each.median_before, each.extreme),
        spreads=each.score or 0.0,
        reach=threshold * (each.quiet_score or 0.0),
        was_flat=each.was_flat,
        began_at=each.onset_at,
    )


def _caption(found: MovedMost, n_shown: int) -> str:
    hidden = f" The first {n_shown} of {len(found.moved)}." if len(found.moved) > n_shown else ""
    return (
        "Dots: how far each moved from its median of the hour before, most moved first in each group; groups are not "
        f"to be compared with each other.{hidden} Upright mark: as far as quiet stretches reach. What moved most or "
        "first need not be the cause."
    )


def moved_metrics_table(report: PostMortem) -> Table | None:
    """The same in numbers; None where no metric moved."""
    found = report.evidence.moved_metrics
    if found is None or not found.moved:
        return None
    whole = whole_incident(report)
    columns = (
        Column("Metric"),
        Column("Usual to farthest", "right"),
        Column(f"Since, {report.zone_name}", "right"),
        Column("Usual spreads", "right"),
        Column("Quiet ones reach", "right"),
        Column("Whole incident", "right"),
    )
    return Table(
        "Metrics that moved at the onset, most moved first",
        columns,
        tuple(_cells(each, found.threshold or 0.0, report, whole) for each in found.moved),
        note="Usual: the median of the hour before. Farthest: the farthest median of three minutes. A usual spread is "
        "the interquartile range of the hour before. Quiet ones reach: as many as quiet stretches do. Whole incident: "
        "lowest to highest from the recorded start to the recorded end.",
    )


def _cells(
    each: Moved, threshold: float, report: PostMortem, whole: dict[tuple[str, str], tuple[float, float]]
) -> tuple[Inline | None, ...]:
    return (
        series_name(each.metric, each.labels),
        from_to(each, each.median_before, each.extreme),
        None if each.onset_at is None else words.clock_time(each.onset_at, report.zone),
        "was flat" if each.was_flat else plain(each.score or 0.0),
        plain(threshold * (each.quiet_score or 0.0)),
        low_to_high(each, whole.get((each.metric, each.labels))),
    )


def whole_incident(report: PostMortem) -> dict[tuple[str, str], tuple[float, float]]:
    """The lowest and the highest value of each series from the recorded start to the recorded end."""
    columns = ["metric", "labels", "during_min", "during_max"]
    rows = report.evidence.baselines.select(columns).iter_rows() if report.evidence.baselines.width else ()
    return {(metric, labels or "{}"): (low, high) for metric, labels, low, high in rows if low is not None}


def low_to_high(each: Moved, ends: tuple[float, float] | None) -> str | None:
    """Both in words; None where there is none."""
    if ends is None:
        return None
    return from_to(each, *ends)


def from_to(each: Moved, first: float | None, last: float | None) -> str:
    """Two values of one series, the unit once."""
    start, end = written(each, first, last)
    unit = f" {end.split(' ')[-1]}" if " " in end else ""
    begin = start.removesuffix(unit) if unit else start
    return end if start == end else f"{begin} to {end}"


def written(each: Moved, *values: float | None) -> tuple[str, ...]:
    """Values of one series in one unit, three digits of each."""
    scale = scale_of(each.unit, max((abs(value) for value in values if value is not None), default=0.0))
    return tuple("–" if value is None else scale.written(value) for value in values)
