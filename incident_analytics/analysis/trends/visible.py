"""What could be seen at all: the smallest changes that so few incidents would show."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.statistics.detectable import (
    detectable_counts,
    power_of_reduction,
    smallest_detectable_reduction,
)
from incident_analytics.analysis.statistics.durations import spread_of_logs
from incident_analytics.analysis.trends.halves import halves

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.detectable import DetectableCount, DetectableDuration
    from incident_analytics.analysis.trends.cohort import Cohort, Watched

METRICS: Final = ("time_to_acknowledgment", "time_to_resolution")
WANTED_REDUCTION: Final = 0.25
POWER: Final = 0.8
_MOST_TRIED: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class VisibleDuration:
    """What could be seen of one duration metric.

    Args:
        metric: Its name.
        spread: The standard deviation of the natural logarithms of those that ended; None of fewer than two.
        n: How many ended.
        n_open: How many are open; they are not in the spread.
        neighbours: The smallest reduction from one typical period to the next that would mostly be found.
        halves: The same from the earlier half of the periods to the later.
        n_wanted: How many incidents a period a reduction by a quarter takes; None where nothing is known.
        reason: Why something is missing.
    """

    metric: str
    spread: float | None
    n: int
    n_open: int
    neighbours: DetectableDuration | None
    halves: DetectableDuration | None
    n_wanted: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Visible:
    """What could be seen with the incidents there are.

    Args:
        durations: Of time to acknowledgment and time to resolution.
        n_period: The incidents of a typical whole period: the median; None where none is whole.
        counts: Which counts of a period would stand out from it; None where none is whole.
        wanted_reduction: The reduction that `VisibleDuration.n_wanted` is about.
        power: How often what is called visible would be found.
    """

    durations: tuple[VisibleDuration, ...]
    n_period: float | None
    counts: DetectableCount | None
    wanted_reduction: float
    power: float


def visible(cohort: Cohort) -> Visible:
    """The smallest changes that would be found four times in five.

    Found by the test that the report makes, the Mann-Whitney test, with the spread of this history; by one test
    alone, so among many questions a change must be larger still.

    Args:
        cohort: The incidents and their periods.
    """
    whole = [each.label for each in cohort.periods if each.is_complete]
    sizes = cohort.frame.filter(cohort.frame["period"].is_in(whole))["period"].value_counts()
    found = dict(sizes.iter_rows())
    typical = median(found.get(label, 0) for label in whole) if whole else None
    counts = None if typical is None else detectable_counts(typical, power=POWER)
    told = tuple(_of(cohort.watched(metric), cohort) for metric in METRICS if metric in cohort.clock)
    return Visible(told, typical, counts, WANTED_REDUCTION, POWER)


def incidents_wanted(spread: float, *, reduction: float = WANTED_REDUCTION, power: float = POWER) -> int | None:
    """How many incidents before and as many after it takes to find a reduction; None beyond a million.

    >>> incidents_wanted(1.25)
    312

    Args:
        spread: The standard deviation of the natural logarithms.
        reduction: Such as a quarter less.
        power: How often it shall be found.
    """
    few, enough = 2, 4

    def is_enough(n: int) -> bool:
        return power_of_reduction(1 - reduction, n, n, spread=spread, test="Mann-Whitney") >= power

    while not is_enough(enough):
        few, enough = enough, enough * 2
        if enough > _MOST_TRIED:
            return None
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if is_enough(middle) else (middle, enough)
    return enough


def _of(watched: Watched, cohort: Cohort) -> VisibleDuration:
    given = watched.durations
    spread = spread_of_logs(given.done)
    if not spread:
        reason = "fewer than two are done" if spread is None else "all took equally long"
        return VisibleDuration(watched.metric, spread, given.done.size, given.n_open, None, None, None, reason)
    sizes = dict(watched.rows["period"].value_counts().iter_rows())
    whole = [sizes.get(each.label, 0) for each in cohort.periods if each.is_complete]
    typical = int(median(whole)) if whole else 0
    split = halves(cohort.periods)
    sides = [sum(sizes.get(label, 0) for label in half.periods) for half in split]
    return VisibleDuration(
        watched.metric,
        spread,
        given.done.size,
        given.n_open,
        _smallest(typical, typical, spread) if len(whole) > 1 else None,
        _smallest(sides[0], sides[1], spread) if split else None,
        incidents_wanted(spread),
        "" if len(whole) > 1 else "there are no two whole periods",
    )


def _smallest(n_before: int, n_after: int, spread: float) -> DetectableDuration:
    return smallest_detectable_reduction(n_before, n_after, spread=spread, power=POWER, test="Mann-Whitney")
