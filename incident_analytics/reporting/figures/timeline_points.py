"""What stands on the timeline: milestones, what the evidence showed, and the events worth a label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from incident_analytics.reporting.figures.plot_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.phases import Phase
    from incident_analytics.model.instants import Instant
    from incident_analytics.model.measurement import Anchor

Sort: TypeAlias = Literal["milestone", "measured", "event", "open"]

# What a milestone is called where no event tells it, and the kinds of event that tell it.
_MILESTONES: Final[dict[str, tuple[str, frozenset[str]]]] = {
    "started_at": ("Impact began", frozenset()),
    "detected_at": ("Detected", frozenset({"detected"})),
    "declared_at": ("Declared an incident", frozenset()),
    "acknowledged_at": ("Acknowledged", frozenset({"acknowledged", "commander_assigned"})),
    "engaged_at": ("Responders engaged", frozenset({"engaged", "technical_lead_assigned"})),
    "diagnosed_at": ("Root cause identified", frozenset({"diagnosed"})),
    "mitigated_at": ("Mitigated", frozenset({"mitigated", "recovered", "rolled_back", "fix_deployed"})),
    "resolved_at": ("Resolved", frozenset({"resolved"})),
    "closed_at": ("Closed", frozenset()),
    "postmortem_at": ("Post-mortem held", frozenset({"postmortem_held"})),
    "deployed_at": ("Deployed", frozenset({"deployed"})),
}
# Between milestones, a change to the systems tells most and routine messages least.
_CHANGES: Final = frozenset(
    {
        *("deployed", "configuration_changed", "rolled_back", "fix_deployed", "quick_fix_applied"),
        *("mitigated", "recovered", "reopened", "resolved", "diagnosed"),
    }
)
_TURNS: Final = frozenset({"detected", "reported", "escalated", "decided", "monitoring", "stood_down"})
_ROUTINE: Final = frozenset(
    {
        *("update_sent", "status_page_updated", "team_notified", "paged", "channel_opened", "captured"),
        *("postmortem_scheduled", "postmortem_created", "exported"),
    }
)
_LEAST_REACH: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Point:
    """Something that happened, ready to be placed.

    Args:
        at: When, or the earliest it can have been.
        until: The latest it can have been.
        words: What happened.
        sort: Which kind of point it is.
        rank: The lower, the more it is worth a label.
        is_day: Whether only its day is known.
    """

    at: datetime
    until: datetime
    words: str
    sort: Sort
    rank: int
    is_day: bool = False


def timeline_points(
    anchors: Mapping[str, Anchor], events: Sequence[Event], measured: Mapping[str, datetime], phases: Sequence[Phase]
) -> tuple[Point, ...]:
    """Everything that could stand on the timeline, by time; what two places tell stands once.

    A milestone takes the words of the event that tells it, and that event is no point of its own.
    """
    points: list[Point] = []
    told: set[int] = set()
    for name, (words, kinds) in _MILESTONES.items():
        at = anchors[name].at if name in anchors else None
        if at is None:
            continue
        tellers = [place for place, event in enumerate(events) if _tells(event, at, kinds)]
        own = [events[place].text for place in tellers if events[place].source != "milestone"]
        told.update(tellers)
        points.append(_point(at, own[0] if own else words, "milestone", 0 if name == "started_at" else 1))
    points += [Point(at, at, one_line(words), "measured", 0) for words, at in measured.items()]
    points += [
        _point(event.at, event.text, "event", _rank(event)) for place, event in enumerate(events) if place not in told
    ]
    if phases and phases[-1].is_open:
        end = phases[-1].end
        points.append(Point(end, end, "still open", "open", 0))
    return tuple(sorted(points, key=lambda point: point.at))


def within_reach(points: Iterable[Point], start: datetime, end: datetime) -> tuple[Point, ...]:
    """The points inside the incident, and outside of it by no more than a third of its span.

    A point of which only the day is known has no place among minutes, unless the incident took days.
    """
    reach = max((end - start) / 3, _LEAST_REACH)
    takes_days = end - start >= timedelta(days=2)
    return tuple(
        point for point in points if start - reach <= point.at <= end + reach and (takes_days or not point.is_day)
    )


def _tells(event: Event, at: Instant, kinds: frozenset[str]) -> bool:
    if event.moment != at.earliest:
        return False
    # The start, the declaration and the closing are fields that no kind of event tells.
    is_field = event.source == "milestone" and not event.kinds and not kinds
    return is_field or not kinds.isdisjoint(event.kinds)


def _point(at: Instant, words: str, sort: Sort, rank: int) -> Point:
    return Point(at.earliest, at.latest, one_line(words), sort, rank, at.precision == "day")


def _rank(event: Event) -> int:
    kinds = frozenset(event.kinds)
    if kinds & _CHANGES:
        return 2
    if kinds & _TURNS:
        return 3
    if event.source in {"role", "update"} or kinds & _ROUTINE:
        return 5
    return 4
