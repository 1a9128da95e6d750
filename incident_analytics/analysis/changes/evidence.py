"""What speaks for and against a change, each as a sentence with its points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.changes.base_rate import base_rate
from incident_analytics.analysis.changes.undoing import undoing_of
from incident_analytics.analysis.plain_words import clock_words, duration_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from incident_analytics.analysis.changes.affected import AffectedService
    from incident_analytics.analysis.changes.change import Change
    from incident_analytics.analysis.changes.impact_bounds import Bound
    from incident_analytics.analysis.changes.new_warnings import NewWarning
    from incident_analytics.model.measurement import Place

# Within which time before the start a change is near, and what that counts.
NEAR: Final = ((timedelta(minutes=30), 3), (timedelta(hours=2), 2), (timedelta(days=1), 0))
FAR_POINTS: Final = -1
SAME_SERVICE_POINTS, OTHER_SERVICE_POINTS = 2, -3
ENDED_BY_UNDOING_POINTS, NOT_ENDED_BY_UNDOING_POINTS, NOT_UNDONE_POINTS = 3, -4, -1
# A rollback that names nothing may be one of something else.
UNNAMED_ENDED_POINTS, UNNAMED_NOT_ENDED_POINTS = 1, -2
NEW_WARNINGS_POINTS: Final = 1
ENDED_WITHIN: Final = timedelta(minutes=10)
# From this chance on, being near says nothing.
LIKELY_ANYWAY: Final = 0.5
# An end told by the minute may seem to lie before what brought it.
_ONE_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence.

    Args:
        rule: Its stable name: near, often, service, undone, warnings.
        points: What it counts; 0 where it cannot be told or says nothing.
        text: It in a sentence without a full stop.
        place: Where it stands.
    """

    rule: str
    points: int
    text: str
    place: Place | None = None


def reasons_of(
    change: Change,
    changes: Sequence[Change],
    start: Bound,
    end: Bound | None,
    affected: Sequence[AffectedService],
    warned: NewWarning | None,
    zone: tzinfo,
) -> tuple[Reason, ...]:
    """The evidence for and against one change before the start, in the order of the rule."""
    reasons = [*_near(change, changes, start), _service(change, affected)]
    reasons.append(_undone(change, changes, start, end, zone))
    if warned is not None:
        text = f'after it {warned.service} began to log "{warned.message}" at {clock_words(warned.first_at, zone)}'
        reasons.append(
            Reason("warnings", NEW_WARNINGS_POINTS, f"{text}, {warned.lines:,} lines before the impact", warned.place)
        )
    return tuple(reasons)


def _near(change: Change, changes: Sequence[Change], start: Bound) -> Iterator[Reason]:
    apart = start.latest - change.moment
    if change.at.latest >= start.earliest and (change.at.is_range or start.earliest != start.latest):
        text = f"it came close to {start.words}; whether before or after cannot be told, as the times are uncertain"
        yield Reason("near", NEAR[0][1], text, change.place)
        return
    window, points = next(((within, points) for within, points in NEAR if apart <= within), (None, FAR_POINTS))
    words = f"it came {duration_words(apart.total_seconds())} before {start.words}"
    yield Reason("near", points, words, change.place)
    if window is None or points <= 0:
        return
    rate = base_rate(change, changes, start.latest)
    chance = rate.chance_within(window)
    if chance is None or rate.every is None:
        yield Reason("often", 0, "how often such changes come cannot be told")
        return
    often = f"such changes come every {duration_words(rate.every.total_seconds())} on average ({rate.n} recorded)"
    if chance >= LIKELY_ANYWAY:
        text = f"{often}, so {_share(chance)} stretches of {duration_words(window.total_seconds())} have one anyway"
        yield Reason("often", -points, text)
    else:
        yield Reason("often", 0, f"{often}, so one this near is {_unusual(chance)}")


def _share(chance: float) -> str:
    tenths = round(chance * 10)
    return "nearly all" if tenths >= 10 else f"about {tenths} of 10"  # noqa: PLR2004 -- ten of ten


def _unusual(chance: float) -> str:
    return "rare" if chance < 0.1 else "not usual"  # noqa: PLR2004 -- one in ten


def _service(change: Change, affected: Sequence[AffectedService]) -> Reason:
    if not change.services:
        return Reason("service", 0, "it names no service")
    if not affected:
        return Reason("service", 0, "which services were affected is not known")
    named = " and ".join(change.services)
    hit = {_plain(each.name): each for each in affected}
    same = [hit[_plain(name)] for name in change.services if _plain(name) in hit]
    if same:
        whys = "; ".join(" and ".join(each.whys) for each in same)
        return Reason("service", SAME_SERVICE_POINTS, f"it changed {same[0].name}, which was affected: {whys}")
    others = ", ".join(each.name for each in affected)
    does = "is" if len(change.services) == 1 else "are"
    return Reason(
        "service", OTHER_SERVICE_POINTS, f"it changed {named}, which {does} not among the affected services ({others})"
    )


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _undone(change: Change, changes: Sequence[Change], start: Bound, end: Bound | None, zone: tzinfo) -> Reason:
    undoing = undoing_of(change, changes, start.earliest)
    if undoing is None:
        if end is None:
            return Reason("undone", 0, "it was not undone, and no end of the impact is known")
        return Reason("undone", NOT_UNDONE_POINTS, _not_undone(end))
    undone, at = undoing.change, clock_words(undoing.change.moment, zone)
    unnamed = "" if undoing.is_named else " (the entry does not say of what; it was taken as the last deploy)"
    if end is None:
        return Reason("undone", 0, f"it was undone at {at}{unnamed}; no end of the impact is known", undone.place)
    if end.latest + _ONE_MINUTE < undone.moment:
        text = f"it was undone at {at}{unnamed}, after {_had_ended(end)}"
        return Reason("undone", NOT_UNDONE_POINTS, text, undone.place)
    after = end.latest - undone.at.latest
    if after <= ENDED_WITHIN:
        points = ENDED_BY_UNDOING_POINTS if undoing.is_named else UNNAMED_ENDED_POINTS
        return Reason("undone", points, _ended(at, unnamed, after, end), undone.place)
    points = NOT_ENDED_BY_UNDOING_POINTS if undoing.is_named else UNNAMED_NOT_ENDED_POINTS
    went_on = "the impact went on for" if end.is_measured else f"{end.words} came only"
    later = "" if end.is_measured else " later"
    text = f"it was undone at {at}{unnamed}, but {went_on} {duration_words(after.total_seconds())}{later}"
    return Reason("undone", points, text, undone.place)


def _not_undone(end: Bound) -> str:
    """Only a measured end says that the impact ended."""
    none = "no entry says that it was undone"
    return f"the impact ended, and {none}" if end.is_measured else f"{none} before {end.words}"


def _had_ended(end: Bound) -> str:
    return "the impact had ended" if end.is_measured else end.words


def _ended(at: str, unnamed: str, after: timedelta, end: Bound) -> str:
    later = f"{duration_words(after.total_seconds())} later" if after > timedelta(0) else "at once"
    if not end.is_measured:
        return f"it was undone at {at}{unnamed}, and {end.words} came {later}"
    return f"it was undone at {at}{unnamed}, and the impact ended {later} ({end.words})"
