"""Time of impact: the union of its stretches, and how often it came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from incident_analytics.analysis.events import events_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.measurement import Anchor

Stretch: TypeAlias = "tuple[datetime, datetime]"


@dataclass(frozen=True, slots=True)
class ImpactTime:
    """How long impact lasted.

    Args:
        stretches: When there was impact (UTC), in order, without overlap.
        seconds: Their sum; None where no start is recorded.
        reopened: How often the incident came back after a resolution; of recorded intervals, the gaps between them.
        is_open: Whether the last stretch has no recorded end and was cut at ``as_of``.
    """

    stretches: tuple[Stretch, ...] = ()
    seconds: float | None = None
    reopened: int = 0
    is_open: bool = False


def impact_time(
    incident: Incident, events: Sequence[Event], anchors: Mapping[str, Anchor], *, as_of: datetime
) -> ImpactTime:
    """The time with impact, gaps between a resolution and a reopening left out.

    The record's ``impact_intervals`` are taken where it has any; else the stretches from the start to
    each resolution, and from each reopening to the next one.
    """
    start, end = anchors["started_at"].at, anchors["resolved_at"].at
    last = end.earliest if end else as_of
    if incident.impact_intervals:
        recorded = [
            (interval.started_at.earliest, interval.ended_at.earliest if interval.ended_at else as_of)
            for interval in incident.impact_intervals
        ]
        begun = [(began, max(began, ended)) for began, ended in recorded]
        is_open = any(interval.ended_at is None for interval in incident.impact_intervals)
        return _of(begun, len(_united(begun)) - 1, is_open=is_open)
    if start is None or last < start.earliest:
        return ImpactTime()
    return _of(*_from_events(events, start.earliest, last), is_open=end is None)


def _from_events(events: Sequence[Event], start: datetime, last: datetime) -> tuple[list[Stretch], int]:
    turns = [event for event in events_of_kind(events, ["resolved", "reopened"]) if start <= event.moment <= last]
    stretches: list[Stretch] = []
    since: datetime | None = start
    reopened = 0
    for event in turns:
        if "reopened" in event.kinds:
            reopened += 1
            since = event.moment if since is None else since
        elif since is not None:
            stretches.append((since, event.moment))
            since = None
    if since is not None:
        stretches.append((since, last))
    return stretches, reopened


def _of(stretches: Iterable[Stretch], reopened: int, *, is_open: bool) -> ImpactTime:
    united = _united(stretches)
    seconds = sum((end - start).total_seconds() for start, end in united)
    return ImpactTime(tuple(united), seconds, reopened, is_open)


def _united(stretches: Iterable[Stretch]) -> list[Stretch]:
    united: list[Stretch] = []
    for start, end in sorted(stretches):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
