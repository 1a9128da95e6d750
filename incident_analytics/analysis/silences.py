"""Silences: stretches of an incident about which nobody wrote anything down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.model.measurement import Anchor

END_OF_RECORD = "the end of the record"


@dataclass(frozen=True, slots=True)
class Silence:
    """A gap between two recorded events.

    Args:
        start: The event before it (UTC).
        end: The event after it (UTC).
        after: What was written last before it.
        until: What was written first after it.
    """

    start: datetime
    end: datetime
    after: str
    until: str

    @property
    def duration_seconds(self) -> float:
        """How long nobody wrote anything."""
        return (self.end - self.start).total_seconds()


def silences(
    events: Sequence[Event], anchors: Mapping[str, Anchor], *, longer_than_minutes: float, as_of: datetime
) -> tuple[Silence, ...]:
    """The gaps in what people recorded between the start and the resolution, longest first.

    Only what people and their tools wrote into the record counts; log lines do not break a silence.
    An open incident is listened to until ``as_of``.

    Args:
        events: The merged timeline.
        anchors: The milestones.
        longer_than_minutes: Gaps up to this long are no silence.
        as_of: Where an open incident's record ends.
    """
    start, end = anchors["started_at"].at, anchors["resolved_at"].at
    if start is None:
        return ()
    last = end.earliest if end else as_of
    if last < start.earliest:
        return ()
    heard = [(event.moment, event.text) for event in events if start.earliest <= event.moment <= last]
    heard.sort(key=lambda mark: mark[0])
    marks = [(start.earliest, "start of impact"), *heard, (last, "resolution" if end else END_OF_RECORD)]
    limit = timedelta(minutes=longer_than_minutes)
    gaps = [
        Silence(before[0], after[0], before[1], after[1])
        for before, after in pairwise(marks)
        if after[0] - before[0] > limit
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.duration_seconds, gap.start)))
