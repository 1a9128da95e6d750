"""Which incidents: how severities or sources of detection are shared out, and what that does to durations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import polars as pl

from incident_analytics.analysis.statistics.mix_change import MixChange, mix_change
from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.analysis.trends.halves import halves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.analysis.trends.halves import Half

MixColumn: TypeAlias = Literal["severity", "detected_by"]
UNKNOWN: Final = "unknown"
_MOST_WRITTEN: Final = 5


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group in some periods.

    Args:
        group: Its name, or ``unknown``.
        n: How many incidents.
        share: Of all whose group is known; of ``unknown`` of all.
    """

    group: str
    n: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class MixOf:
    """The mix in some periods.

    Args:
        label: The period, or the first and last.
        n: How many incidents.
        n_known: How many whose group is known.
        shares: Each group, in the order of the whole, those without an incident included.
        together: The groups that are also counted as one; None where none are.
        is_complete: Whether nothing of it is cut off.
    """

    label: str
    n: int
    n_known: int
    shares: tuple[GroupShare, ...]
    together: GroupShare | None
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Written:
    """How something was written that the runbook does not know.

    Args:
        text: As written; empty where nothing was.
        n: How many incidents.
    """

    text: str
    n: int


@dataclass(frozen=True, slots=True)
class MixTrend:
    """How the groups of a column are shared out, over time.

    Args:
        column: ``severity`` or ``detected_by``.
        groups: The groups in order: severities from the worst, others from the most frequent; ``unknown`` last.
        whole: All periods.
        periods: Each period.
        halves: The earlier and the later half; none of fewer than two periods.
        together: The groups that are also counted as one.
        change: Whether the halves differ by more than chance; None without halves. One question of the report's
            family, so it alone says nothing.
        unknown_written: What the records of ``unknown`` say, most frequent first, at most five.
        n_unknown_written: How many different texts there are.
    """

    column: MixColumn
    groups: tuple[str, ...]
    whole: MixOf
    periods: tuple[MixOf, ...]
    halves: tuple[MixOf, ...]
    together: tuple[str, ...]
    change: MixChange | None
    unknown_written: tuple[Written, ...]
    n_unknown_written: int


def mix_of(cohort: Cohort, column: MixColumn, *, order: Sequence[str] = (), together: Sequence[str] = ()) -> MixTrend:
    """The shares of each group of a column in all periods, each period and both halves.

    What is not known is a group of its own, and no part of the others' shares.

    Args:
        cohort: The incidents.
        column: Whose values are the groups.
        order: The groups from the first; by default severities go by their names, others by their frequency.
        together: Groups that are also counted as one, such as the severities that page somebody.
    """
    counts = (
        cohort.frame.select(pl.col(column).fill_null(UNKNOWN).alias("group"), "period")
        .group_by("group", "period")
        .len("n")
        .sort("group", "period")
    )
    groups = _ordered(counts, column, order)
    both = tuple(group for group in together if group in groups)
    both = both if len(both) > 1 else ()
    labels = [period.label for period in cohort.periods]
    split = halves(cohort.periods)
    whole = cohort.periods[0].label if len(labels) == 1 else " to ".join([*labels[:1], *labels[-1:]])
    written = _written(cohort) if column == "severity" else ()
    return MixTrend(
        column=column,
        groups=groups,
        whole=_mix(whole, counts, groups, both, is_complete=all(each.is_complete for each in cohort.periods)),
        periods=tuple(
            _mix(each.label, _of(counts, (each.label,)), groups, both, is_complete=each.is_complete)
            for each in cohort.periods
        ),
        halves=tuple(_half(half, cohort, counts, groups, both) for half in split),
        together=both,
        change=_change(counts, cohort.scope.seed, split, order or (groups if column == "severity" else ())),
        unknown_written=written[:_MOST_WRITTEN],
        n_unknown_written=len(written),
    )


def _ordered(counts: pl.DataFrame, column: MixColumn, order: Sequence[str]) -> tuple[str, ...]:
    totals = dict(counts.group_by("group").agg(pl.col("n").sum()).iter_rows())
    places = {group: place for place, group in enumerate(order)}

    def place(group: str) -> tuple[bool, int, int, str]:
        frequency = 0 if column == "severity" else -totals[group]
        return (group == UNKNOWN, places.get(group, len(places)), frequency, group)

    return tuple(sorted(totals, key=place))


def _of(counts: pl.DataFrame, periods: Sequence[str]) -> pl.DataFrame:
    return counts.filter(pl.col("period").is_in(list(periods)))


def _mix(
    label: str, counts: pl.DataFrame, groups: tuple[str, ...], together: tuple[str, ...], *, is_complete: bool
) -> MixOf:
    own: dict[str, int] = dict(counts.group_by("group").agg(pl.col("n").sum()).iter_rows())
    n = sum(own.values())
    known = n - own.get(UNKNOWN, 0)
    shares = tuple(
        GroupShare(group, own.get(group, 0), share_of(own.get(group, 0), n if group == UNKNOWN else known))
        for group in groups
    )
    both = sum(own.get(group, 0) for group in together)
    name = " and ".join(together)
    return MixOf(
        label, n, known, shares, GroupShare(name, both, share_of(both, known)) if together else None, is_complete
    )


def _half(
    half: Half, cohort: Cohort, counts: pl.DataFrame, groups: tuple[str, ...], together: tuple[str, ...]
) -> MixOf:
    is_complete = all(each.is_complete for each in cohort.periods if each.label in half.periods)
    return _mix(half.label, _of(counts, half.periods), groups, together, is_complete=is_complete)


def _change(counts: pl.DataFrame, seed: int, split: tuple[Half, ...], order: Sequence[str]) -> MixChange | None:
    if not split:
        return None
    known = counts.filter(pl.col("group") != UNKNOWN).group_by("group", maintain_order=True)
    before, after = (
        dict(known.agg(pl.col("n").filter(pl.col("period").is_in(list(half.periods))).sum()).iter_rows())
        for half in split
    )
    return mix_change(before, after, seed=seed, order=order)


def _written(cohort: Cohort) -> tuple[Written, ...]:
    unknown = cohort.frame.filter(pl.col("severity").is_null())
    counts = unknown.group_by(pl.col("severity_written").fill_null("")).len("n")
    found = [Written(text, n) for text, n in counts.iter_rows()]
    return tuple(sorted(found, key=lambda each: (-each.n, each.text)))
