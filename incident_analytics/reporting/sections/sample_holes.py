"""What is missing from the samples: values that are no numbers, and stretches without any."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Column, Folded, Table
from incident_analytics.reporting.sections.series_names import series_name

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.reporting.post_mortem import PostMortem

_MOST = 25


def sample_holes(report: PostMortem) -> Folded | None:
    """One table, folded; None where nothing is missing."""
    holes = report.evidence.holes
    if holes.is_empty():
        return None
    rows = tuple(
        (
            series_name(metric, labels or "{}"),
            words.count(samples),
            _listed(nan=nan, infinite=infinite, unreadable=unreadable),
            _gap(begins, seconds, gaps, report) if gaps else None,
        )
        for metric, labels, samples, nan, infinite, unreadable, gaps, begins, seconds in holes.head(_MOST).iter_rows()
    )
    columns = (Column("Metric"), Column("Samples", "right"), Column("No numbers"), Column("Without samples"))
    hidden = f" The first {_MOST} of {holes.height}." if holes.height > _MOST else ""
    note = f"Of the stretch that the figures show. What is no number counts nowhere; figures leave a gap.{hidden}"
    table = Table("Samples that are missing or no numbers", columns, rows, note=note)
    return Folded(f"Samples with holes: {words.counted(holes.height, 'metric')}", (table,))


def _listed(**counts: int) -> str | None:
    named = {"nan": "NaN", "infinite": "infinite", "unreadable": "unreadable"}
    return ", ".join(f"{words.count(many)} {named[name]}" for name, many in counts.items() if many) or None


def _gap(begins: datetime, seconds: float, gaps: int, report: PostMortem) -> str:
    ends = words.clock_time(begins + timedelta(seconds=seconds), report.zone)
    more = f", and {words.counted(gaps - 1, 'shorter gap')}" if gaps > 1 else ""
    return f"{words.duration(seconds)}, from {words.clock_time(begins, report.zone)} to {ends} {report.zone_name}{more}"
