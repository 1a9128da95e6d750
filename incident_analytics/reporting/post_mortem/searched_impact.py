"""The measured impact, near the recorded start or near what there is, and what stands for a recorded window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.looked_near import looked_near
from incident_analytics.analysis.measured_impact import measured_impact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    import polars as pl

    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.measured_impact import MeasuredImpact
    from incident_analytics.model.measurement import Anchor
    from incident_analytics.sources import Bundle

    Window = tuple[datetime, datetime]


def searched_impact(
    bundle: Bundle,
    logs: pl.DataFrame,
    samples: pl.DataFrame,
    *,
    recorded: Window | None,
    events: Sequence[Event],
    anchors: Mapping[str, Anchor] | None,
) -> tuple[MeasuredImpact, Window | None]:
    """What the evidence tells of the impact; and the window that is assumed, None where one is recorded or none told.

    Args:
        bundle: The incident's files, for the zone that demand follows.
        logs: The frame of logs.
        samples: The frame of samples.
        recorded: The recorded start and end.
        events: The recorded events.
        anchors: The milestones, near which an impact without a recorded start is looked for.
    """
    nears = () if recorded or anchors is None else looked_near(anchors, events, logs, samples)
    zone = bundle.runbook.zone_rules(bundle.zone).default()[1]
    tried = (measured_impact(logs, samples, recorded=recorded, zone=zone, near=near) for near in nears or (None,))
    impact = _first_told(tried)
    return impact, None if recorded or anchors is None else _assumed(impact, anchors)


def _first_told(tried: Iterator[MeasuredImpact]) -> MeasuredImpact:
    """The first of the searches that tells an impact; where none does, the first. None is made that is not needed."""
    first = next(tried)
    return first if first.told_by else next((impact for impact in tried if impact.told_by), first)


def _assumed(impact: MeasuredImpact, anchors: Mapping[str, Anchor]) -> Window | None:
    """From the last instant without impact to the recorded resolution, else the measured end or that of the evidence.

    None where no impact was measured.
    """
    told, resolved = impact.told_by, anchors["resolved_at"].at
    if told is None or told.start_after is None or impact.users is None:
        return None
    if resolved and resolved.earliest > told.start_after:
        return told.start_after, resolved.earliest
    return told.start_after, impact.users.until_at
