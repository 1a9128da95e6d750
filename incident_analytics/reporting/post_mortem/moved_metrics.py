"""Which metrics moved at the onset: in the same first minutes as the messages, where there are any to go by."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from incident_analytics.analysis.logs.moved_templates import onset_window
from incident_analytics.analysis.snapshots.moved_most import moved_most

if TYPE_CHECKING:
    from incident_analytics.analysis.logs.moved_templates import MovedTemplates
    from incident_analytics.analysis.snapshots.moved_most import MovedMost

_SHORTEST = timedelta(seconds=1)


def moved_metrics(
    samples: pl.DataFrame, *, begins: datetime, end: datetime, messages: MovedTemplates | None
) -> MovedMost | None:
    """The metrics of the first minutes against the hour before them; None where there is no sample.

    Args:
        samples: All of them, the history too.
        begins: The minute errors rose, else the recorded start.
        end: The recorded end.
        messages: What is said of the messages; where they were compared with quiet stretches, the minutes are theirs.
    """
    if samples.is_empty() or end - begins < _SHORTEST:
        return None
    if messages is not None and messages.placebos and messages.start == begins:
        return moved_most(samples, start=begins, end=messages.end)
    first = _history_begins(samples, begins, end)
    until = onset_window(first, begins, end) if first is not None and first < begins else end
    return moved_most(samples, start=begins, end=until)


def _history_begins(samples: pl.DataFrame, begins: datetime, end: datetime) -> datetime | None:
    """Since when half of the series have samples that have some in the window too."""
    spans = samples.group_by("metric", "labels").agg(
        first=pl.col("timestamp").min(), is_here=pl.col("timestamp").is_between(begins, end).any()
    )
    firsts = spans.filter("is_here")["first"].drop_nulls().sort()
    middle = firsts[len(firsts) // 2] if len(firsts) else None
    return middle if isinstance(middle, datetime) else None
