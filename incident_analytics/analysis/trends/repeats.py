"""Incidents that came again: the same cause in the same service, or one that names another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.whole_records import NO_INCIDENTS, repeats_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.sources.histories import WholeRecord

WITHIN_DAYS: Final = 30
_DAY: Final = 86_400
_MOST_LISTED: Final = 10
_MOST_EXAMPLES: Final = 5
_NO_CAUSE = "nothing says what caused it, or in which service"


@dataclass(frozen=True, slots=True)
class Chain:
    """Incidents that came one after another.

    Args:
        count: How many, the first included.
        cause: The cause of the first; None where it is unknown.
        service: Its service.
        ids: The first of them, in order, at most five.
        first_at: When the first began.
        last_at: When the last began.
        is_recorded: Whether a record says that it came again.
    """

    count: int
    cause: str | None
    service: str | None
    ids: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class Repeats:
    """Incidents that came again.

    Args:
        rule: What counts as coming again.
        within_days: The days of the rule.
        n: How many incidents can be judged; None where none can, and `reason` says why.
        repeats: How many of them came again: each incident of a chain but the first.
        recorded: How many of these name an earlier one in ``repeat_of``.
        by_chance: How many would come again by the rule of days if the incidents of each cause and service were
            spread evenly, at random, over the time looked at.
        chain_count: How many chains there are.
        chains: First those that a record tells of, then the longest; at most ten.
        left_out: Incidents that cannot be judged.
        reason: Why nothing can be said; empty where something can.
    """

    rule: str
    within_days: int
    n: int | None
    repeats: int | None
    recorded: int | None
    by_chance: float | None
    chain_count: int | None
    chains: tuple[Chain, ...]
    left_out: tuple[LeftOut, ...] = ()
    reason: str = ""


def repeats(cohort: Cohort, records: Iterable[WholeRecord], *, within_days: int = WITHIN_DAYS) -> Repeats:
    """The chains of incidents that came again.

    An incident came again where one of the same cause and service had begun at most so many days before it, or where
    its record names an earlier one in ``repeat_of``, however long ago.

    Args:
        cohort: The incidents.
        records: The whole records of the history, for ``repeat_of``.
        within_days: How many days.
    """
    rule = f"the same cause and service at most {within_days} days after the one before, or named in repeat_of"
    links = _links(records, cohort)
    frame = cohort.frame.select(
        "id", "cause", "service", "began_at", is_unknown=pl.any_horizontal(pl.col("cause", "service").is_null())
    )
    named = {identity for pair in links for identity in pair}
    judged = frame.filter(~pl.col("is_unknown") | pl.col("id").is_in(list(named)))
    if not judged.height:
        why = "no incident has both a cause and a service" if cohort.n else NO_INCIDENTS
        return Repeats(rule, within_days, None, None, None, None, None, (), reason=why)
    chained = _joined(_chained(judged, within_days), links)
    chains = chained.group_by("chain", maintain_order=True).agg(
        pl.len().alias("count"),
        pl.first("cause", "service"),
        pl.col("id").head(_MOST_EXAMPLES).alias("ids"),
        pl.first("began_at").alias("first_at"),
        pl.last("began_at").alias("last_at"),
        pl.col("id").is_in([later for later, _ in links]).any().alias("is_recorded"),
    ).filter(pl.col("count") > 1)  # fmt: skip
    shown = chains.sort("is_recorded", "count", "first_at", descending=[True, True, False]).head(_MOST_LISTED)
    return Repeats(
        rule=rule,
        within_days=within_days,
        n=judged.height,
        repeats=int(chains["count"].sum()) - chains.height,
        recorded=len({later for later, _ in links}),
        by_chance=_by_chance(judged, cohort, within_days),
        chain_count=chains.height,
        chains=tuple(Chain(**row | {"ids": tuple(row["ids"])}) for row in shown.drop("chain").iter_rows(named=True)),
        left_out=_left_out(frame.filter(pl.col("is_unknown") & ~pl.col("id").is_in(list(named)))),
    )


def _links(records: Iterable[WholeRecord], cohort: Cohort) -> list[tuple[str, str]]:
    """Each incident that names an earlier one, with that one, both in the cohort and as it writes them."""
    written = {identity.upper(): identity for identity in cohort.frame["id"]}
    return [
        (written[record.incident.id.upper()], written[earlier])
        for record in records
        if record.incident.id.upper() in written
        for earlier in repeats_named(record.incident)
        if earlier in written and earlier != record.incident.id.upper()
    ]


def _chained(judged: pl.DataFrame, within_days: int) -> pl.DataFrame:
    """The incidents with the number of their chain by the rule of days; an unknown cause is a chain of its own."""
    ordered = judged.sort("cause", "service", "began_at", "id", nulls_last=True)
    same = (pl.col("cause") == pl.col("cause").shift()) & (pl.col("service") == pl.col("service").shift())
    gap = (pl.col("began_at") - pl.col("began_at").shift()).dt.total_microseconds() / 1e6
    follows = (same & (gap <= within_days * _DAY)).fill_null(value=False)
    return ordered.with_columns(chain=(~follows).cum_sum().cast(pl.Int64)).sort("began_at", "id")


def _joined(chained: pl.DataFrame, links: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """The chains that a record ties together made one."""
    if not links:
        return chained
    tied = chained.filter(pl.col("id").is_in([identity for pair in links for identity in pair]))
    chain_of: dict[str, int] = dict(tied.select("id", "chain").iter_rows())
    first: dict[int, int] = {}

    def leader(chain: int) -> int:
        while first.get(chain, chain) != chain:
            chain = first[chain]
        return chain

    for later, earlier in links:
        one, other = leader(chain_of[later]), leader(chain_of[earlier])
        first[max(one, other)] = min(one, other)
    merged = {chain: leader(chain) for chain in chain_of.values()}
    return chained.with_columns(pl.col("chain").replace(merged))


def _by_chance(judged: pl.DataFrame, cohort: Cohort, within_days: int) -> float | None:
    """Of k instants drawn evenly over T, each of the k - 1 gaps is at most d with chance 1 - (1 - d/T)^k."""
    if not cohort.periods:
        return None
    length = (cohort.periods[-1].end - cohort.periods[0].start).total_seconds()
    share = min(within_days * _DAY / length, 1.0)
    sizes = judged.filter(~pl.col("is_unknown")).group_by("cause", "service", maintain_order=True).len("k")
    expected = sizes.select(((pl.col("k") - 1) * (1 - (1 - share) ** pl.col("k").cast(pl.Float64))).sum())
    return float(expected.item())


def _left_out(rows: pl.DataFrame) -> tuple[LeftOut, ...]:
    return (LeftOut(_NO_CAUSE, rows.height, tuple(rows["id"].head(_MOST_EXAMPLES))),) if rows.height else ()
