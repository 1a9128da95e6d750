"""How many incidents began in each whole week of each period."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import numpy as np

from incident_analytics.model.zones import localized

if TYPE_CHECKING:
    from datetime import datetime

    import numpy.typing as npt
    import polars as pl

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.analysis.trends.scope import Period

_WEEK = timedelta(days=7)


def weekly_counts(cohort: Cohort, rows: pl.DataFrame | None = None) -> dict[str, npt.NDArray[np.float64]]:
    """The count of each whole week of each period that has one, weeks without an incident included.

    Weeks are seven days of the scope's zone, counted from the beginning of their period; the days after a period's
    last whole week belong to none. Where nobody said since when incidents were recorded, weeks count from the first
    that begins after the first incident, so that what came before the records is not taken for quiet.

    Args:
        cohort: The incidents.
        rows: Rows of its frame, where only some are counted.
    """
    began = (cohort.frame if rows is None else rows)["began_at"]
    first = cohort.frame["began_at"].min() if cohort.scope.since is None else None
    at = began.dt.timestamp("us").to_numpy()
    counts = {}
    for period in cohort.periods:
        edges = [edge for edge in _edges(period, cohort) if first is None or edge >= first]  # type: ignore[operator]
        if len(edges) > 1:
            places = np.searchsorted(at, [round(edge.timestamp() * 1e6) for edge in edges], side="left")
            counts[period.label] = np.diff(places).astype(np.float64)
    return counts


def _edges(period: Period, cohort: Cohort) -> list[datetime]:
    """The beginnings of a period's whole weeks, and the end of the last."""
    zone = cohort.scope.zone
    edges, local = [], period.start.astimezone(zone).replace(tzinfo=None)
    while (edge := localized(local, zone)[0].astimezone(UTC)) <= period.end:
        edges.append(edge)
        local += _WEEK
    return edges
