"""Incidents that began after an action item against them was closed."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.trends.whole_records import repeats_named, shown_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.analysis.trends.cohort import Cohort

RULE: Final = (
    "an incident came again where a later one began after the item was closed, with the same cause and service "
    "or naming it in repeat_of"
)
_MOST_LISTED: Final = 10
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class CameBack:
    """An action item that was closed, and the incidents that came all the same.

    Args:
        incident_id: The incident it is an item of.
        number: Its place among the incident's items.
        text: What was done.
        closed_at: When it was closed.
        count: How many incidents began afterwards.
        again: The first of them, at most five.
        is_recorded: Whether one of them names the incident in its ``repeat_of``.
    """

    incident_id: str
    number: int
    text: str
    closed_at: datetime
    count: int
    again: tuple[str, ...]
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What came again after action items were closed.

    Args:
        rule: What counts as coming again.
        n: Closed items that can be judged: when they were closed is known, and cause and service of their incident.
        followed: How many of them an incident came after.
        by_chance: How many that would be if closing them had made no difference and the incidents of each cause and
            service had come evenly over the time looked at; None where there is nothing to judge.
        listed: Items that an incident came after: first those of which a record says so, then those that most came
            after; at most ten.
    """

    rule: str
    n: int
    followed: int
    by_chance: float | None
    listed: tuple[CameBack, ...]


@dataclass(frozen=True, slots=True)
class _Began:
    """The incidents of one cause and service: when each began, in order, and its id."""

    at: list[datetime]
    ids: list[str]


def recurrence(items: pl.DataFrame, told: Sequence[ToldRecord], cohort: Cohort) -> Recurrence:
    """What came again after closed items.

    Args:
        items: Rows of `action_items_frame`, those that were closed by the instant the report is seen from.
        told: The records they are from.
        cohort: The incidents that may have come again.
    """
    judged = items.filter(pl.all_horizontal(pl.col("closed_at", "cause", "service").is_not_null()))
    groups, named = _groups(cohort), _named(told, cohort)
    incidents = {each.record.incident.id: each.record.incident for each in told}
    found = []
    for row in judged.iter_rows(named=True):
        again, is_recorded = _after(row, groups, named)
        if again:
            text = shown_text(row["text"], incidents[row["incident_id"]])
            first = tuple(again[:_MOST_NAMED])
            found.append(
                CameBack(row["incident_id"], row["number"], text, row["closed_at"], len(again), first, is_recorded)
            )
    listed = sorted(found, key=lambda each: (not each.is_recorded, -each.count, each.incident_id, each.number))
    return Recurrence(RULE, judged.height, len(found), _by_chance(judged, groups, cohort), tuple(listed[:_MOST_LISTED]))


def _groups(cohort: Cohort) -> dict[tuple[str, str], _Began]:
    groups: dict[tuple[str, str], _Began] = defaultdict(lambda: _Began([], []))
    known = cohort.frame.filter(pl.all_horizontal(pl.col("cause", "service").is_not_null()))
    for cause, service, at, identity in known.select("cause", "service", "began_at", "id").iter_rows():
        groups[cause, service].at.append(at)
        groups[cause, service].ids.append(identity)
    return groups


def _named(told: Sequence[ToldRecord], cohort: Cohort) -> dict[str, list[tuple[datetime, str]]]:
    """For each incident that others name in ``repeat_of``: when those began, and their ids."""
    began = dict(cohort.frame.select("id", "began_at").iter_rows())
    named: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for each in told:
        incident = each.record.incident
        for earlier in repeats_named(incident):
            if incident.id in began:
                named[earlier].append((began[incident.id], incident.id))
    return named


def _after(
    row: Mapping[str, object],
    groups: Mapping[tuple[str, str], _Began],
    named: Mapping[str, Sequence[tuple[datetime, str]]],
) -> tuple[list[str], bool]:
    """The ids of what came after an item was closed, in order, and whether a record says that it came again."""
    closed: datetime = row["closed_at"]  # type: ignore[assignment]  # the frame's type
    own, found = str(row["incident_id"]), []
    group = groups.get((str(row["cause"]), str(row["service"])))
    if group is not None:
        first = bisect_right(group.at, closed)
        found = [each for each in zip(group.at[first:], group.ids[first:], strict=True) if each[1] != own]
    recorded = [each for each in named.get(own.upper(), ()) if each[0] > closed]
    return [identity for _, identity in sorted({*found, *recorded})], bool(recorded)


def _by_chance(judged: pl.DataFrame, groups: Mapping[tuple[str, str], _Began], cohort: Cohort) -> float | None:
    if not judged.height or not cohort.periods:
        return None
    end = cohort.periods[-1].end
    length = (end - cohort.periods[0].start).total_seconds()
    expected = 0.0
    for cause, service, closed in judged.select("cause", "service", "closed_at").iter_rows():
        others = len(groups[cause, service].at) - 1 if (cause, service) in groups else 0
        left = max((end - closed).total_seconds(), 0.0)
        expected += 1 - math.exp(-others * left / length)
    return expected
