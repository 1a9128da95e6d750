"""The clocks of services against the ``Date`` that servers write into the answers these services log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from datetime import datetime

FEWEST: Final = 5
LEAST_SECONDS: Final = 5.0
STEADY_SHARE: Final = 0.5
LOOKED_AT: Final = timedelta(hours=1)
# RFC 9110, 5.6.7: the one form that servers write. It is cut to the second, so half a second is added.
_HEADER: Final = r'"(?i:date)":"[A-Z][a-z]{2}, (\d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}) GMT"'
_FORMAT: Final = "%d %b %Y %H:%M:%S"
_CUT_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class ServerDates:
    """How much later a service's clock is than those of the servers it asks.

    Args:
        service: The service; empty where its lines name none.
        n: Answers with a date.
        seconds: The median of its time less the server's, above 0 where its clock is ahead.
        low: The smallest difference of the middle nine tenths.
        high: The largest.
        is_told: Whether its clock differs: 5 s or more, and steady.
    """

    service: str
    n: int
    seconds: float
    low: float
    high: float
    is_told: bool


def server_dates(logs: pl.DataFrame, before: datetime | None) -> tuple[ServerDates, ...]:
    """Each service that logged five or more answers with a ``Date``, in order of name.

    Args:
        logs: The frame of logs.
        before: The start of the incident: looked at is the hour before it; None looks at all lines.
    """
    is_timed = pl.col("timestamp").is_not_null()
    if before is not None:
        is_timed &= pl.col("timestamp").is_between(before - LOOKED_AT, before, closed="left")
    # Few logs carry headers; a plain search tells in a tenth of the time of the expression.
    lines = logs.select("timestamp", "service", "attributes").filter(is_timed)
    dated = lines.filter(pl.col("attributes").str.contains(' GMT"', literal=True))
    if dated.is_empty():
        return ()
    written = pl.col("attributes").str.extract(_HEADER).str.to_datetime(_FORMAT, strict=False, time_zone="UTC")
    apart = (pl.col("timestamp") - written).dt.total_microseconds() / 1e6 - _CUT_SECONDS
    told = dated.select(pl.col("service").fill_null(""), seconds=apart).drop_nulls("seconds")
    found = []
    for service, seconds in sorted(told.group_by("service").agg("seconds").iter_rows()):
        if len(seconds) < FEWEST:
            continue
        ordered = sorted(seconds)
        last = len(ordered) - 1
        low, middle, high = ordered[int(0.05 * last)], ordered[len(ordered) // 2], ordered[int(0.95 * last)]
        is_told = abs(middle) >= LEAST_SECONDS and high - low <= STEADY_SHARE * abs(middle)
        found.append(ServerDates(service, len(ordered), middle, low, high, is_told))
    return tuple(found)
