"""Bursts of errors of two services that are as long as each other and lie quarter hours apart: a hint, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from incident_analytics.analysis.source_clocks.requests import RequestClocks

SHORTEST_MINUTES: Final = 5
LEAST_ERRORS, TIMES_USUAL = 5, 5
MOST_SERVICES: Final = 12
_SLACK_MINUTES: Final = 1
_QUARTER_MINUTES: Final = 15
_MOSTLY: Final = 0.8
_ERROR: Final = 17


@dataclass(frozen=True, slots=True)
class SameBurst:
    """Two services whose errors rose for as long, quarter hours apart.

    Args:
        service: The one whose errors rose later.
        against: The other one.
        minutes_later: How much later they rose, a multiple of a quarter hour.
        minutes: How long they stayed.
        at: When they rose in the service.
        against_at: When they rose in the other.
    """

    service: str
    against: str
    minutes_later: int
    minutes: int
    at: datetime
    against_at: datetime


def same_bursts(logs: pl.DataFrame, compared: Iterable[RequestClocks]) -> tuple[SameBurst, ...]:
    """Pairs of services, not compared by ids, with one burst of errors each that is the same but for quarter hours.

    A burst is from the first to the last minute with more than 5 errors and more than 5 times the usual, at least
    5 minutes long and loud in four of five of them. Both are as long, and begin quarter hours apart, to a minute.

    Args:
        logs: The frame of logs.
        compared: Services that ids have compared: those know better.
    """
    known = {frozenset((each.service, each.against)) for each in compared}
    found = []
    for one, other in combinations(_bursts(logs), 2):
        first, later = sorted((one, other), key=lambda each: (each[1], each[0]))
        apart = round((later[1] - first[1]).total_seconds() / 60)
        nearest = round(apart / _QUARTER_MINUTES) * _QUARTER_MINUTES
        is_as_long = abs(first[2] - later[2]) <= _SLACK_MINUTES
        is_known = frozenset((one[0], other[0])) in known
        if nearest and is_as_long and not is_known and abs(apart - nearest) <= _SLACK_MINUTES:
            found.append(SameBurst(later[0], first[0], nearest, later[2], later[1], first[1]))
    return tuple(found)


def _bursts(logs: pl.DataFrame) -> list[tuple[str, datetime, int]]:
    """Each service with one burst: its first loud minute and how many minutes it lasts."""
    service = pl.coalesce("service", "file").alias("service")
    errors = logs.filter((pl.col("severity_number") >= _ERROR) & pl.col("timestamp").is_not_null())
    counted = errors.group_by(service, pl.col("timestamp").dt.truncate("1m").alias("minute")).agg(errors=pl.len())
    if counted.is_empty():
        return []
    found = []
    # A minute without errors is no row, so the usual is that of quiet minutes with some: the limit is rather high.
    for (name,), rows in counted.sort("service", "minute").group_by("service", maintain_order=True):
        quiet = rows.filter(pl.col("errors") <= LEAST_ERRORS)["errors"].median()
        usual = float(quiet) if isinstance(quiet, (int, float)) else 0.0
        loud = rows.filter(pl.col("errors") > max(LEAST_ERRORS, TIMES_USUAL * usual))["minute"]
        if len(loud) < SHORTEST_MINUTES:
            continue
        minutes = round((loud[-1] - loud[0]).total_seconds() / 60) + 1
        if len(loud) >= _MOSTLY * minutes:
            found.append((str(name), loud[0], minutes))
    return found if len(found) <= MOST_SERVICES else []
