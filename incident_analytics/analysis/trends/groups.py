"""Groups of incidents side by side, such as services: how many, how fast, how often. Nothing here is tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.statistics.rates import rate
from incident_analytics.analysis.statistics.survival import time_until_done

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import Cohort, Watched
    from incident_analytics.analysis.trends.scope import GroupedBy

METRICS: Final = ("time_to_acknowledgment", "time_to_resolution")
MOST_GROUPS: Final = 12
_DAYS_OF_A_MONTH: Final = 30.4375


@dataclass(frozen=True, slots=True)
class GroupTimes:
    """One duration metric of a group.

    Args:
        metric: Its name.
        n: How many have it, open ones included.
        n_open: How many of them are open.
        median: The time by which half were done.
        p90: The time by which nine of ten were.
    """

    metric: str
    n: int
    n_open: int
    median: Estimate
    p90: Estimate


@dataclass(frozen=True, slots=True)
class Group:
    """The incidents of one group.

    Args:
        name: Such as a service; None for those of which it is not known.
        n: How many.
        n_open: How many of them are open.
        share: Their share of all.
        a_month: How many a month, with the exact Poisson interval; None where nothing was watched.
        times: Time to acknowledgment and time to resolution.
        together: How many groups this one is: more than 1 for the others together.
    """

    name: str | None
    n: int
    n_open: int
    share: float
    a_month: Estimate | None
    times: tuple[GroupTimes, ...]
    together: int = 1


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups of a report: severities from the worst, others from the most frequent.

    Args:
        by: What they are.
        n: How many incidents in all.
        groups: The groups; of more than twelve, the rest stands together as the last.
        is_tested: Whether differences between them were tested: never, they only stand side by side.
    """

    by: GroupedBy
    n: int
    groups: tuple[Group, ...]
    is_tested: bool = False


def groups(cohort: Cohort) -> Groups | None:
    """The incidents by what the scope asks for; None where it asks for nothing.

    No difference between groups is tested: they have other incidents, and asking of each pair would find some by
    chance. Those of which the group is not known are a group of their own.

    Args:
        cohort: The incidents.
    """
    by = cohort.scope.by
    if by is None:
        return None
    sizes = cohort.frame[by].value_counts(name="n").sort("n", by, descending=[True, False], nulls_last=True)
    names: list[str | None] = sizes[by].to_list()
    if by == "severity":
        names.sort(key=lambda name: (name is None, name or ""))
    shown, rest = (names, []) if len(names) <= MOST_GROUPS else (names[:MOST_GROUPS], names[MOST_GROUPS:])
    watched = [cohort.watched(metric) for metric in METRICS if metric in cohort.clock]
    found = [_group(name, [name], cohort, watched) for name in shown]
    if rest:
        found.append(_group(None, rest, cohort, watched))
    return Groups(by, cohort.n, tuple(found))


def _group(name: str | None, names: list[str | None], cohort: Cohort, watched: list[Watched]) -> Group:
    by = cohort.scope.by or "severity"

    def chosen(rows: pl.DataFrame) -> pl.Series:
        return rows[by].is_in(names, nulls_equal=True)

    own = cohort.frame.filter(chosen(cohort.frame))
    months = sum(each.days for each in cohort.periods) / _DAYS_OF_A_MONTH
    return Group(
        name,
        own.height,
        own.filter(pl.col("status") == "open").height,
        own.height / cohort.n,
        rate(own.height, months) if months >= 1 else None,
        tuple(_times(each, chosen(each.rows)) for each in watched),
        len(names),
    )


def _times(watched: Watched, chosen: pl.Series) -> GroupTimes:
    given = watched.of(chosen)
    middle, tail = (time_until_done(given.seconds, given.is_open, share=share) for share in (0.5, 0.9))
    return GroupTimes(watched.metric, given.n, given.n_open, middle, tail)
