"""The clocks of services, compared by the requests that several of them log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final

import polars as pl

# Requests of a quiet stretch: during an incident each service waits for others for its own reasons.
LOOKED_AT: Final = timedelta(hours=1)
MOST_LINES: Final = 20_000
FEWEST: Final = 30
# A mail that is sent a second later is a second later each time, and no clock is off.
LEAST_SECONDS: Final = 5.0
STEADY_SHARE: Final = 0.5
_Z: Final = 1.96
_REQUEST: Final = "\0request"  # no service is called so
_ID: Final = (
    r'"(?i:req_?id|request[_.]?id|x-request-id|trace[_.]?id|correlation[_.]?id|dd\.trace_id)":"?([0-9A-Za-z-]{6,})"?'
)


@dataclass(frozen=True, slots=True)
class RequestClocks:
    """How much later one service logs the same requests than another.

    Args:
        service: The service whose first lines come later.
        against: The other one.
        n: Requests that both logged.
        seconds: The median difference of their first lines, 0 or more.
        low: The lower end of the median's 95 % interval, by order statistics.
        high: The upper end.
        spread: From the 5th to the 95th of a hundred differences.
        is_told: Whether the clocks differ, or one always logs that much later: 5 s or more, and steady.
        by: The word before the ids by which they were compared; ``request`` for request and trace ids.
        zone_seconds: The whole, half or quarter hours that the difference is; None where none.
        odd: Which of both has the wrong clock; empty where that is not known.
        files: The files of that one.
    """

    service: str
    against: str
    n: int
    seconds: float
    low: float
    high: float
    spread: float
    is_told: bool
    by: str = "request"
    zone_seconds: int | None = None
    odd: str = ""
    files: tuple[str, ...] = ()


def request_clocks(logs: pl.DataFrame, before: datetime | None) -> tuple[RequestClocks, ...]:
    """Each pair of services that logged 30 requests or more in common, the farthest apart first.

    A request is known by its trace id, else by a request id among the attributes. Looked at is the hour before the
    incident, its last 20,000 lines where there are more.

    Args:
        logs: The frame of logs.
        before: The start of the incident; None looks at the first lines there are.
    """
    lines = logs.select("timestamp", "service", "trace_id", "attributes")
    is_timed = pl.col("timestamp").is_not_null() & pl.col("service").is_not_null()
    if before is not None:
        is_timed &= pl.col("timestamp").is_between(before - LOOKED_AT, before, closed="left")
    timed = lines.filter(is_timed)
    if timed.height > MOST_LINES:
        timed = timed.filter(pl.col("timestamp") >= timed["timestamp"].top_k(MOST_LINES).min())
    request = pl.coalesce("trace_id", pl.col("attributes").str.extract(_ID))
    told = timed.select("timestamp", "service", request.alias(_REQUEST)).drop_nulls(_REQUEST)
    firsts = told.group_by(_REQUEST, "service").agg(pl.col("timestamp").min())
    if firsts.is_empty():
        return ()
    wide = firsts.pivot("service", index=_REQUEST, values="timestamp")
    services = sorted(name for name in wide.columns if name != _REQUEST)
    found = [each for one, other in combinations(services, 2) if (each := _compared(wide, one, other)) is not None]
    return tuple(sorted(found, key=lambda each: (-abs(each.seconds), each.service)))


def _compared(wide: pl.DataFrame, against: str, service: str) -> RequestClocks | None:
    seconds = ((wide[service] - wide[against]).dt.total_microseconds() / 1e6).drop_nulls().sort()
    n = len(seconds)
    if n < FEWEST:
        return None
    return clocks_of_differences(against, service, seconds)


def clocks_of_differences(
    against: str, service: str, seconds: pl.Series, *, by: str = "request", zone_seconds: int | None = None
) -> RequestClocks:
    """Two clocks by how many seconds later the service logs the same ids, turned so that it is 0 or more.

    Args:
        against: The service compared with.
        service: The service.
        seconds: The differences, sorted.
        by: The word before the ids.
        zone_seconds: The quarter hours that they are.
    """
    n = len(seconds)
    half = _Z * n**0.5 / 2
    low, high = seconds[max(int(n / 2 - half), 0)], seconds[min(int(n / 2 + half), n - 1)]
    middle, spread = seconds[n // 2], seconds[int(0.95 * (n - 1))] - seconds[int(0.05 * (n - 1))]
    is_told = zone_seconds is not None or (abs(middle) >= LEAST_SECONDS and spread <= STEADY_SHARE * abs(middle))
    if middle < 0:
        zone = None if zone_seconds is None else -zone_seconds
        return RequestClocks(against, service, n, -middle, -high, -low, spread, is_told, by, zone)
    return RequestClocks(service, against, n, middle, low, high, spread, is_told, by, zone_seconds)
