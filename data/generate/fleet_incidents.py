"""The drawn incidents of the history: when each began, how long people took, how bad it was."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fleet import (
    AS_OF,
    CAUSES,
    CHANGED,
    DAY,
    DETECTION,
    EARNING,
    FIRST_DAY,
    HOUR,
    MINUTE,
    SERVICE_WEIGHTS,
    SEVERITIES,
    TEAMS,
    TO_DETECTION_MINUTES,
    at,
)
from seeds import poisson, stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

PER_QUARTER = 29.0
SCATTER_TO_RESOLUTION, SCATTER_TO_DETECTION, SCATTER_TO_ACKNOWLEDGMENT, SCATTER_TO_ENGAGE = 1.0, 0.9, 0.65, 0.6
TO_ENGAGE_MINUTES = 4.0
LONGEST = 24 * HOUR
ENGAGED_SHARE, COUNTED_SHARE = 0.92, 0.94
WEEKDAYS = (10, 11, 10, 10, 9, 3, 3)
HOURS = (1,) * 7 + (2, 4, 5, 6, 6, 5, 5, 6, 6, 5, 4) + (2, 2, 2) + (1,) * 3
SERVICES = tuple(TEAMS)


@dataclass
class Draft:
    """One incident before it is written down; every time is in epoch seconds, None where nobody recorded it."""

    severity: str | None
    service: str
    cause: str
    detected_by: str
    title: str
    started: int
    detected: int
    declared: int = 0
    acknowledged: int | None = None
    engaged: int | None = None
    mitigated: int | None = None
    resolved: int | None = None
    users: int | None = None
    dollars: int | None = None
    identity: str = ""
    severity_word: str = ""
    broken: tuple[int, int] | None = None
    """When it was taken for resolved, and when it was reopened."""
    told_by: str = ""
    """Where a reopening is written: in intervals, in the timeline, or in both."""
    repeat_of: str = ""
    is_drill: bool = False
    recorded_end: int | None = None
    """The end as somebody wrote it, where that is not the end."""
    is_rolled_back: bool = False
    quick_fixed: int | None = None
    """When something was done to hold until the lasting fix."""
    reviewed: int | None = None

    @property
    def team(self) -> str:
        """Who owns the service."""
        return TEAMS[self.service]


def drawn_incidents(seeds: Mapping[str, int]) -> list[Draft]:
    """The incidents of eight quarters, a Poisson count in each, in order of their start.

    Args:
        seeds: Of when they begin (``starts``), what they are (``kinds``) and how long they take (``durations``).

    Returns:
        Incidents without an id.
    """
    kinds, durations = (stream(f"history {purpose} {seeds[purpose]}") for purpose in ("kinds", "durations"))
    starts = _starts(stream(f"history starts {seeds['starts']}"))
    drafts = [_drawn(kinds, started) for started in starts]
    for draft in drafts:
        _take_time(durations, draft)
    return drafts


def _starts(chance: Random) -> list[int]:
    """When they begin: more on workdays, more in working hours."""
    starts = []
    days = range(at(FIRST_DAY), at(AS_OF), DAY)
    for quarter in range(8):
        inside = [day for day in days if _quarter(day) == quarter]
        weights = [WEEKDAYS[datetime.fromtimestamp(day, tz=UTC).weekday()] for day in inside]
        for _ in range(poisson(chance, PER_QUARTER)):
            day = chance.choices(inside, weights)[0]
            starts.append(day + chance.choices(range(24), HOURS)[0] * HOUR + chance.randrange(HOUR))
    return sorted(starts)


def _quarter(day: int) -> int:
    date = datetime.fromtimestamp(day, tz=UTC)
    return (date.year - 2022) * 4 + (date.month - 1) // 3


def _drawn(chance: Random, started: int) -> Draft:
    shares = [one.share[started >= at(CHANGED)] for one in SEVERITIES.values()]
    severity = chance.choices(tuple(SEVERITIES), shares)[0]
    service = chance.choices(SERVICES, SERVICE_WEIGHTS)[0]
    cause = chance.choices(tuple(CAUSES), [one.weight for one in CAUSES.values()])[0]
    users = _about(chance, SEVERITIES[severity].users, 0.8)
    dollars = _about(chance, SEVERITIES[severity].users * 4, 0.7)
    return Draft(
        severity=severity,
        service=service,
        cause=cause,
        detected_by=chance.choices(tuple(DETECTION), tuple(DETECTION.values()))[0],
        title=f"{chance.choice(CAUSES[cause].shows)} in {service}",
        started=started,
        detected=started,
        users=users if chance.random() < COUNTED_SHARE else None,
        dollars=dollars if service in EARNING and severity != "SEV4" else None,
    )


def _take_time(chance: Random, draft: Draft) -> None:
    """Gives an incident the times after its start."""
    detection, acknowledgment, engage, resolution = _durations(chance, draft.severity or "", draft.detected_by)
    if draft.started >= at(CHANGED):
        acknowledgment = max(round(acknowledgment / 2), 1)
    draft.detected = draft.started + detection
    draft.declared = draft.detected + chance.randrange(MINUTE, 9 * MINUTE)
    draft.acknowledged = draft.detected + acknowledgment
    engaged, resolved = draft.acknowledged + engage, draft.started + resolution
    draft.engaged = engaged if chance.random() < ENGAGED_SHARE else None
    draft.mitigated = engaged + round((resolved - engaged) * chance.uniform(0.5, 0.95))
    draft.resolved = resolved


def _durations(chance: Random, severity: str, detected_by: str) -> tuple[int, int, int, int]:
    """Seconds to detection, to acknowledgment (as in 2022), to engage after it, and to resolution.

    They are drawn together until they fit into each other, in both years with the acknowledgment of 2022: so
    halving it afterwards changes nothing else.
    """
    kind = SEVERITIES[severity]
    while True:
        detection = _about(chance, TO_DETECTION_MINUTES[detected_by] * MINUTE, SCATTER_TO_DETECTION)
        acknowledgment = _about(chance, kind.to_acknowledgment * MINUTE, SCATTER_TO_ACKNOWLEDGMENT)
        engage = _about(chance, TO_ENGAGE_MINUTES * MINUTE, SCATTER_TO_ENGAGE)
        resolution = _about(chance, kind.to_resolution * MINUTE, SCATTER_TO_RESOLUTION)
        if (detection + acknowledgment + engage) * 1.2 < resolution < LONGEST:
            return detection, acknowledgment, engage, resolution


def _about(chance: Random, median: float, scatter: float) -> int:
    """A lognormal amount around its median, at least 1."""
    return max(round(chance.lognormvariate(math.log(median), scatter)), 1)
