"""Where a duration may have moved to another level, with the days between which it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.change_place import change_place
from incident_analytics.analysis.statistics.change_point import change_point
from incident_analytics.analysis.statistics.questions_asked import PERMUTATIONS_OF_A_FAMILY

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.trends.cohort import Watched


@dataclass(frozen=True, slots=True)
class LevelSignal:
    """The best place to cut a history in two. Whether it changed at all is told by the report's changes alone.

    Args:
        first_after: The id of the first incident at the new level; None where there is no history to cut.
        at: When that one began.
        earliest: When the last incident that surely is of the old level began.
        latest: When the first that surely is of the new one began.
        n_before: How many incidents lie before the cut.
        n_after: How many after it.
        before_seconds: Their median; None where too many are open.
        after_seconds: The median of those after.
        p_value: The chance of a cut at least as good where there is no change.
        method: How it was computed.
        reason: Why there is none.
    """

    first_after: str | None
    at: datetime | None
    earliest: datetime | None
    latest: datetime | None
    n_before: int
    n_after: int
    before_seconds: float | None
    after_seconds: float | None
    p_value: float | None
    method: str
    reason: str = ""


def level_signal(watched: Watched, *, seed: int) -> LevelSignal:
    """The cut of one metric's history, as `questions_asked.level_question` asks for it."""
    given = watched.durations
    point = change_point(given.seconds, given.is_open, seed=seed, permutations=PERMUTATIONS_OF_A_FAMILY)
    cut = point.first_after
    if cut is None:
        return LevelSignal(None, None, None, None, 0, 0, None, None, None, point.method, point.reason)
    began, names = watched.rows["began_at"], watched.rows["id"]
    place = change_place(given.seconds, given.is_open) or (cut, cut)
    return LevelSignal(
        names[cut], began[cut], began[place[0] - 1], began[min(place[1], given.n - 1)], cut, given.n - cut,
        point.before_seconds, point.after_seconds, point.p_value, point.method,
    )  # fmt: skip
