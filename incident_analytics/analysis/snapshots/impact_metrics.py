"""Which metrics of a snapshot measure what customers met: their failures, their demand, their waiting."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np
import polars as pl

from incident_analytics.analysis.snapshots.bad_direction import KINDS, words_of
from incident_analytics.analysis.snapshots.weekly_baseline import counted_per

if TYPE_CHECKING:
    import datetime as dt

    from incident_analytics.analysis.snapshots.bad_direction import Direction

ImpactKind: TypeAlias = Literal["success", "errors", "demand", "latency"]

# failures first, as they are the impact itself; then what was not asked for or taken; then waiting
ORDER: Final[tuple[ImpactKind, ...]] = ("success", "errors", "demand", "latency")
MOST_SERIES: Final = 6
HISTORY: Final = "_history"
_WORDS: Final = {kind: named for kind, named, _ in KINDS}
PEOPLE: Final = frozenset({"users", "customers", "visitors", "buyers"})
_DEMAND: Final = _WORDS["throughput"] | {"checkouts", "purchases", "transactions"} | PEOPLE
_NAMED: Final[tuple[tuple[ImpactKind, set[str], Direction], ...]] = (
    ("success", _WORDS["success"], "falls"),
    ("errors", _WORDS["errors"], "rises"),
    ("latency", _WORDS["latency"], "rises"),
    ("demand", _DEMAND, "falls"),
)
_CURRENCY: Final = re.compile(r"[A-Z]{3}(?=$|/| per )")
# what a machine does to itself is no impact on a customer, whatever else its name says
_INSIDE: Final = {"cpu", "memory", "heap", "disk", "gc", "pool", "db", "queue", "replication", "connections", "threads"}
_LIMITS: Final = {"max", "limit", "size", "capacity", "quota", "target", "threshold"}
_RISING_ONLY: Final = 12


@dataclass(frozen=True, slots=True)
class ImpactMetric:
    """One series that measures what customers met.

    Args:
        metric: Its name.
        labels: Its labels, a JSON object.
        unit: As the samples name it.
        kind: What of the impact it measures.
        direction: Which way trouble moves it.
        per: The time that one value counts; None where name and unit do not tell.
    """

    metric: str
    labels: str
    unit: str
    kind: ImpactKind
    direction: Direction
    per: dt.timedelta | None

    @property
    def key(self) -> tuple[str, str]:
        """Its name and labels."""
        return self.metric, self.labels

    @property
    def currency(self) -> str:
        """The ISO 4217 code of an amount of money; empty for everything else."""
        found = _CURRENCY.match(self.unit.strip())
        if found:
            return found[0]
        named = json.loads(self.labels).get("currency", "") if words_of(self.metric) & {"revenue", "sales"} else ""
        return str(named) if re.fullmatch("[A-Z]{3}", str(named)) else ""


@dataclass(frozen=True, slots=True)
class LeftAside:
    """A series that says something of customers but was not searched.

    Args:
        metric: Its name.
        labels: Its labels.
        reason: Why it was not.
    """

    metric: str
    labels: str
    reason: str


def impact_metrics(
    samples: pl.DataFrame,
) -> tuple[tuple[ImpactMetric, ...], tuple[LeftAside, ...], dict[tuple[str, str], pl.DataFrame]]:
    """The series that measure customer impact, those that tell most first; those left aside; the frame of each.

    By the words of the name: success or availability; errors or failures; latency or duration; orders, payments,
    requests, revenue, users. By the unit: a currency is demand. Left out without a word: metrics of machines (CPU,
    memory, pools, databases), limits, and the history of another metric (`<metric>_history`). Left aside with a
    reason: running totals, and what comes after the first MOST_SERIES by kind (ORDER), then fewest labels, then name.

    Args:
        samples: Columns metric, labels, unit, value, in the order of time within a series.
    """
    units = samples.group_by("metric").agg(unit=pl.col("unit").drop_nulls().first())
    wanted = [metric for metric, unit in units.iter_rows() if metric and _named(metric, "{}", unit or "")]
    wanted += [f"{metric}{HISTORY}" for metric in wanted]
    near = samples.filter(pl.col("metric").is_in(wanted))
    parts = near.partition_by("metric", "labels", maintain_order=True, as_dict=True)
    series = {(str(metric), str(labels or "{}")): rows for (metric, labels), rows in parts.items()}
    totals: list[ImpactMetric] = []
    found: list[ImpactMetric] = []
    for (metric, labels), rows in series.items():
        one = _named(metric, labels, next((unit for unit in rows["unit"].head(1) if unit), ""))
        if one:
            (totals if _is_total(rows) else found).append(one)
    kept = sorted(found, key=lambda one: (ORDER.index(one.kind), one.labels.count(":"), one.metric, one.labels))
    aside = [LeftAside(one.metric, one.labels, "a running total: its rate would tell") for one in totals]
    aside += [
        LeftAside(one.metric, one.labels, f"{MOST_SERIES} others tell more and were searched")
        for one in kept[MOST_SERIES:]
    ]
    return tuple(kept[:MOST_SERIES]), tuple(aside), series


def _is_total(rows: pl.DataFrame) -> bool:
    """Whether the values only ever rise, in more than a few steps."""
    steps = np.diff(rows.sort("timestamp")["value"].to_numpy())
    steps = steps[np.isfinite(steps)]
    return bool((steps >= 0).all() and (steps > 0).sum() >= _RISING_ONLY)


def _named(metric: str, labels: str, unit: str) -> ImpactMetric | None:
    words = words_of(metric)
    if words & _LIMITS or words & _INSIDE or metric.endswith(HISTORY):
        return None
    for kind, named, direction in _NAMED:
        if words & named:
            return ImpactMetric(metric, labels, unit, kind, direction, counted_per(metric, unit))
    if _CURRENCY.match(unit.strip()):
        return ImpactMetric(metric, labels, unit, "demand", "falls", counted_per(metric, unit))
    return None
