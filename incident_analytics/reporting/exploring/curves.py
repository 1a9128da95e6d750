"""The share done after some time, a line for each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.survival import survival
from incident_analytics.reporting.blocks import Callout
from incident_analytics.reporting.figures.share_done import Curve, share_done_figure
from incident_analytics.reporting.words import title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incident_analytics.analysis.statistics.durations import Durations
    from incident_analytics.reporting.blocks import Block

_CAPTION = "Where a line is higher, more are done by then. Open incidents are used for as long as they were watched."


def curves(groups: Mapping[str, Durations], metric: str) -> Block:
    """The share done after some time, open incidents used for as long as they were watched (Kaplan-Meier).

    Args:
        groups: The durations of each group; of several the first is drawn in grey, as what others are held against.
        metric: The metric, for the title.

    Returns:
        A figure; words where there is nothing to draw.
    """
    drawn = [
        Curve(f"{name}, n {times.n:,}", survival(times), is_before=place == 0 and len(groups) > 1)
        for place, (name, times) in enumerate(groups.items())
    ]
    figure = share_done_figure(drawn, title=f"{title_of(metric)}: share of incidents done", caption=_CAPTION)
    return figure or Callout("Nothing to draw.", "No incident of these groups has a duration.", "note")
