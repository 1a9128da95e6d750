"""Incidents that are still open, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.trends.cohort import Cohort

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident without an end.

    Args:
        id: Its id.
        title: Its title; None where it has none.
        severity: The runbook's name; None where it is not known.
        service: The first service that it names.
        began_at: When it belongs to.
        age_seconds: How long ago that was.
    """

    id: str
    title: str | None
    severity: str | None
    service: str | None
    began_at: datetime
    age_seconds: float


@dataclass(frozen=True, slots=True)
class OpenIncidents:
    """The incidents that are open.

    Args:
        n: How many.
        n_all: Of how many.
        incidents: The oldest, at most twenty.
        as_of: When.
    """

    n: int
    n_all: int
    incidents: tuple[OpenIncident, ...]
    as_of: datetime


def open_incidents(cohort: Cohort, *, most: int = MOST) -> OpenIncidents:
    """The incidents whose status is open at the report's instant, the oldest first.

    Args:
        cohort: The incidents.
        most: How many are named; all are counted.
    """
    found = cohort.frame.filter(pl.col("status") == "open")
    as_of = cohort.scope.as_of
    # the cohort is in the order of its beginnings
    named = found.head(most).select("id", "title", "severity", "service", "began_at")
    incidents = tuple(
        OpenIncident(**row, age_seconds=(as_of - row["began_at"]).total_seconds())
        for row in named.iter_rows(named=True)
    )
    return OpenIncidents(found.height, cohort.n, incidents, as_of)
