"""The clocks of services by the requests and ids that they share, and which of two is wrong where that can be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.source_clocks.requests import RequestClocks, request_clocks
from incident_analytics.analysis.source_clocks.shared_ids import shared_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONSET: Final = timedelta(minutes=10)
_LEAST_ERRORS, _TIMES = 5, 5
_ERROR: Final = 17


def service_clocks(
    logs: pl.DataFrame, before: datetime | None, starts: Iterable[datetime] = ()
) -> tuple[RequestClocks, ...]:
    """Each pair of services that can be compared, by requests and else by other ids; the farthest apart first.

    Of two that lie whole, half or quarter hours apart the odd one is told: the one that differs so from two others, or
    else the one whose errors rise that much away from where metrics show the impact to begin.

    Args:
        logs: The frame of logs.
        before: The start of the incident.
        starts: When metrics show the impact to begin; logs cannot judge of themselves.
    """
    requests = request_clocks(logs, before)
    found = (*requests, *shared_ids(logs, requests, before))
    zones = [each for each in found if each.zone_seconds is not None]
    if not zones:
        return found
    began = tuple(starts)
    times = Counter(name for each in zones for name in (each.service, each.against))
    result = []
    for each in found:
        odd = "" if each.zone_seconds is None else _by_number(each, times) or _by_errors(each, logs, began)
        files = _service_lines(logs, odd)["file"].unique().sort().to_list() if odd else []
        result.append(replace(each, odd=odd, files=tuple(files)))
    return tuple(sorted(result, key=lambda each: (-abs(each.seconds), each.service)))


def _by_number(each: RequestClocks, times: Counter[str]) -> str:
    one, other = times[each.service], times[each.against]
    return "" if one == other else each.service if one > other else each.against


def _by_errors(each: RequestClocks, logs: pl.DataFrame, starts: tuple[datetime, ...]) -> str:
    """The one whose errors lie where a wrong clock puts them; the other where only that one's lie right."""
    apart = timedelta(seconds=each.zone_seconds or 0)
    if not starts:
        return ""
    start = sorted(starts)[len(starts) // 2]
    own = _where_loud(_service_lines(logs, each.service), start, start + apart)
    other = _where_loud(_service_lines(logs, each.against), start, start - apart)
    if "wrong" in {own, other} or "right" in {own, other}:
        if own != "right" and other != "wrong":
            return each.service
        if own != "wrong" and other != "right":
            return each.against
    return ""


def _where_loud(lines: pl.DataFrame, right: datetime, wrong: datetime) -> str:
    """At which of two instants errors are many, against the other; empty where at none or both."""
    errors = lines.filter(pl.col("severity_number") >= _ERROR)["timestamp"]
    counts = [int(errors.is_between(at, at + _ONSET, closed="left").sum()) for at in (right, wrong)]
    for count, other, word in ((counts[0], counts[1], "right"), (counts[1], counts[0], "wrong")):
        if count > max(_LEAST_ERRORS, _TIMES * other):
            return word
    return ""


def _service_lines(logs: pl.DataFrame, name: str) -> pl.DataFrame:
    return logs.filter(pl.coalesce("service", "file") == name)
