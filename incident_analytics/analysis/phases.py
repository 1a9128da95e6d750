"""The phases of one incident: stretches between milestones whose durations sum to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from incident_analytics.model.measurement import Anchor

# Each milestone ends the phase named here; one that is missing merges its phase into the next.
_ENDED_BY = (
    ("detected_at", "Detection"),
    ("acknowledged_at", "Acknowledgment"),
    ("diagnosed_at", "Diagnosis"),
    ("mitigated_at", "Mitigation"),
    ("resolved_at", "Monitoring"),
)


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the incident.

    Args:
        name: What was going on; several names where the milestones between them were not recorded.
        start: When it began (UTC).
        end: When it ended (UTC); for an open incident the last one ends with the evidence.
        is_open: Whether it had not ended by then.
    """

    name: str
    start: datetime
    end: datetime
    is_open: bool = False

    @property
    def duration_seconds(self) -> float:
        """How long it lasted."""
        return (self.end - self.start).total_seconds()


def phases(anchors: Mapping[str, Anchor], *, as_of: datetime) -> tuple[Phase, ...]:
    """The phases from the start of impact to resolution, in order; none without a start.

    Milestones out of order are left out here (they are findings), so no phase is negative and the
    durations always sum to the whole. Of an uncertain instant the earliest is taken.
    """
    start = anchors["started_at"].at
    if start is None:
        return ()
    end_of_all = anchors["resolved_at"].at
    is_open = end_of_all is None
    last = max(as_of, start.earliest) if end_of_all is None else end_of_all.earliest
    result: list[Phase] = []
    names: list[str] = []
    since = start.earliest
    for anchor, name in _ENDED_BY:
        names.append(name)
        at = anchors[anchor].at
        if at is None or not since <= at.earliest <= last:
            continue
        if at.earliest > since:
            result.append(Phase(_joined(names), since, at.earliest))
        names, since = [], at.earliest
    if is_open and last > since:
        result.append(Phase(_joined(names), since, last, is_open=True))
    return tuple(result)


def _joined(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    between = "and" if len(names) == 2 else "to"  # noqa: PLR2004 -- the first and the last of them
    return f"{names[0]} {between} {names[-1].lower()}"
