"""In time or not: uncertain instants beside a limit, and which severity's limit binds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.analysis.plain_words import duration_words
from incident_analytics.model.instants import Instant

if TYPE_CHECKING:
    from incident_analytics.analysis.conformance.situation import Level, Situation
    from incident_analytics.model.runbook import Severity

Limit: TypeAlias = Callable[[datetime], datetime]
Outcome: TypeAlias = Literal["met", "missed", "uncertain"]


@dataclass(frozen=True, slots=True)
class Due:
    """A limit that binds: counted from when, by which severity.

    Args:
        start: What it is counted from.
        limit: From an instant to its deadline.
        level: The severity whose limit it is; None for one of the rule itself.
        is_strict: Whether the deadline itself is too late.
    """

    start: Instant
    limit: Limit
    level: Level | None = None
    is_strict: bool = False

    @property
    def deadline(self) -> datetime:
        """The deadline, counted from the earliest that the start can have been."""
        return self.limit(self.start.earliest)

    def outcome(self, at: Instant) -> Outcome:
        """Whether something was in time; uncertain where a range of one of both straddles the limit."""
        if self._is_in_time(at.latest, self.limit(self.start.earliest)):
            return "met"
        return "uncertain" if self._is_in_time(at.earliest, self.limit(self.start.latest)) else "missed"

    def _is_in_time(self, at: datetime, deadline: datetime) -> bool:
        return at < deadline if self.is_strict else at <= deadline


def minutes_after(minutes: float) -> Limit:
    """The limit of so many minutes."""
    return lambda start: start + timedelta(minutes=minutes)


def binding(
    situation: Situation,
    start: Instant,
    limit_of: Callable[[Severity], Limit | None],
    *,
    done: datetime | None,
    is_strict: bool = False,
) -> Due | None:
    """The earliest limit that a severity set while it held and the thing was not yet done.

    Each level counts from the start, or from when it began if that is later. A level that was lifted before its
    limit ran out does not bind.

    Args:
        situation: Knows which severity held when.
        start: What the limits are counted from.
        limit_of: What a severity allows; None where it sets no limit.
        done: When the thing was done; None while it is not.
        is_strict: Whether the deadline itself is too late.
    """
    dues = []
    for level in situation.levels:
        limit = limit_of(situation.policy(level))
        began = start if level.since is None or level.since <= start.earliest else Instant.exact(level.since)
        if limit is None or (done is not None and began is not start and began.earliest > done):
            continue
        due = Due(began, limit, level, is_strict)
        ended = level.until
        if ended is None or ended >= due.deadline or (done is not None and start.earliest <= done <= ended):
            dues.append(due)
    return min(dues, key=lambda due: due.deadline, default=None)


def after_words(at: Instant, start: Instant, noun: str) -> str:
    """How long after (or before) something an event came; a range where one of both is uncertain."""
    least = (at.earliest - start.latest).total_seconds()
    most = (at.latest - start.earliest).total_seconds()
    if most < 0:
        return f"{_between(-most, -least)} before {noun}"
    if most == 0 and least == 0:
        return f"at {noun}"
    return f"{_between(max(least, 0.0), most)} after {noun}"


def _between(least: float, most: float) -> str:
    return duration_words(least) if least == most else f"{duration_words(least)} to {duration_words(most)}"
