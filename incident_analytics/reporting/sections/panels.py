"""Which metrics the panels show, and what each panel is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.snapshots import downsampled, telling_first
from incident_analytics.reporting.figures import Panel, Series
from incident_analytics.reporting.sections.series_names import label_values, metric_title

if TYPE_CHECKING:
    from incident_analytics.reporting.post_mortem import PostMortem

MOST_PANELS, MOST_SERIES = 5, 3
# many more than are drawn: the figure makes them even, which few and uneven ones would tear into pieces
POINTS = 1440


def panels(report: PostMortem) -> tuple[Panel, ...]:
    """The metrics that tell most of the incident against the hour before, one panel each, most telling first.

    Panels keep the extremes of every series; a metric with more label sets than a panel can show keeps
    those that moved most, and says so.
    """
    samples, baselines = report.evidence.samples, report.evidence.baselines
    if samples.is_empty() or baselines.is_empty():
        return ()
    chosen = telling_first(baselines, samples)[:MOST_PANELS]
    return tuple(_panel(metric, samples, baselines) for metric in chosen)


def _panel(metric: str, samples: pl.DataFrame, baselines: pl.DataFrame) -> Panel:
    rows = baselines.filter(pl.col("metric") == metric)
    labels = rows["labels"].to_list()
    shown = labels[:MOST_SERIES]
    baseline = rows["baseline_median"][0] if len(labels) == 1 else None
    unit = samples.filter(pl.col("metric") == metric)["unit"].drop_nulls()
    hidden = len(labels) - len(shown)
    return Panel(
        title=metric_title(metric),
        unit=unit[0] if len(unit) else "",
        series=tuple(_series(metric, text, samples) for text in shown),
        baseline=baseline,
        note=f"{hidden} more series that moved less" if hidden else "",
    )


def _series(metric: str, labels: str, samples: pl.DataFrame) -> Series:
    one = samples.filter((pl.col("metric") == metric) & (pl.col("labels") == labels)).sort("timestamp")
    kept = downsampled(one.select("timestamp", "value"), points=POINTS)
    return Series(label_values(labels), tuple(kept["timestamp"].to_list()), tuple(kept["value"].to_list()))
