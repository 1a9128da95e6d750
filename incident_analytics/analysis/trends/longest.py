"""The incidents that took longest, and how much of all the time they took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.trends.cohort import Cohort, LeftOut

METRIC: Final = "time_to_resolution"
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class LongIncident:
    """One of the longest.

    Args:
        id: Its id.
        title: Its title; None where it has none.
        severity: The runbook's name; None where it is not known.
        service: The first service that it names.
        began_at: When it belongs to.
        seconds: How long it took.
        share: Its share of the time that all took together; None where they took none.
    """

    id: str
    title: str | None
    severity: str | None
    service: str | None
    began_at: datetime
    seconds: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest of the incidents that are over.

    Args:
        metric: What is compared.
        incidents: The longest, in order.
        n: How many are over and have a duration.
        n_open: How many are open; they are not in it.
        total_seconds: What the ones that are over took together.
        share: What the named ones took of that; None where it is nothing.
        left_out: Incidents without a duration.
        ranges: How many durations are the middle of a range.
    """

    metric: str
    incidents: tuple[LongIncident, ...]
    n: int
    n_open: int
    total_seconds: float
    share: float | None
    left_out: tuple[LeftOut, ...]
    ranges: int


def longest(cohort: Cohort, most: int = MOST) -> Longest:
    """The incidents that took longest from start to resolution; of equal ones the earliest comes first.

    Args:
        cohort: The incidents.
        most: How many are named.
    """
    watched = cohort.watched(METRIC)
    given = watched.durations
    columns = ("id", "title", "severity", "service", "began_at")
    total = float(given.done.sum())
    # a text is slow to sort, so first those that can be among the longest
    least = float(np.partition(given.done, -most)[-most]) if 0 < most < given.done.size else 0.0
    can_be = pl.Series(~given.is_open & (given.seconds >= least))
    done = watched.rows.select(*columns, seconds=pl.Series(given.seconds)).filter(can_be)
    named = done.sort("seconds", descending=True, maintain_order=True).head(most)
    incidents = tuple(
        LongIncident(**row, share=row["seconds"] / total if total else None) for row in named.iter_rows(named=True)
    )
    share = sum(each.seconds for each in incidents) / total if total else None
    return Longest(
        METRIC, incidents, given.n - given.n_open, given.n_open, total, share, watched.left_out, watched.ranges
    )
