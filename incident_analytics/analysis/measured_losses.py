"""What an incident cost by each metric of demand: orders, requests, money; or why that cannot be told."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.snapshots.impact_metrics import HISTORY
from incident_analytics.analysis.snapshots.lost_amount import lost_amount
from incident_analytics.model.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from incident_analytics.analysis.snapshots.amounts import LostAmount
    from incident_analytics.analysis.snapshots.impact_metrics import ImpactMetric

# demand that comes back does so within hours; later the interval of windows as long is wider than the amount
LONGEST_RETURN: Final = dt.timedelta(hours=4)
NO_RATE: Final = "neither its name nor its unit says what time one value counts, as orders_per_minute does"
_RATE: Final = re.compile(r"_?per_(?:second|minute|hour|day)s?")


@dataclass(frozen=True, slots=True)
class Loss:
    """What was lost by one metric.

    Args:
        metric: Its name.
        labels: Its labels, a JSON object.
        what: What is counted, in words: ``revenue``, ``orders``.
        currency: The ISO 4217 code of money; empty for what is counted.
        unit: As the samples name it.
        per_seconds: The time that one value counts; None where that is not told.
        amount: What was not taken, what came back and what was lost; None where it cannot be told.
        is_to_the_end: Whether the impact had not ended, so that only what was not taken until the samples end is told.
        reason: Why nothing is told; empty where an amount with its interval is.
    """

    metric: str
    labels: str
    what: str
    currency: str
    unit: str
    per_seconds: float | None
    amount: LostAmount | None
    is_to_the_end: bool
    reason: str


def losses(
    series: Mapping[tuple[str, str], pl.DataFrame],
    metrics: Iterable[ImpactMetric],
    *,
    onset: dt.datetime,
    end: dt.datetime | None,
    zone: str,
) -> tuple[Loss, ...]:
    """What each metric of demand lost between onset and end, less what came back afterwards; money first.

    The history of a metric is ``<metric>_history`` with the same labels, besides its own samples before the onset.
    What came back is looked for until the samples end, at most four hours. Without an end the amount is what was not
    taken until the samples end. An amount without an interval is not told: its reason is.
    """
    told = [_loss(one, series, onset=onset, end=end, zone=_clock(zone)) for one in metrics if one.kind == "demand"]
    return tuple(sorted(told, key=lambda loss: (not loss.currency, loss.metric, loss.labels)))


def _clock(zone: str) -> str:
    """A zone as polars knows it; an offset shifts all weeks alike, so UTC serves as well."""
    return zone if "/" in zone and zone_named(zone) is not None else "UTC"


def _loss(
    one: ImpactMetric,
    series: Mapping[tuple[str, str], pl.DataFrame],
    *,
    onset: dt.datetime,
    end: dt.datetime | None,
    zone: str,
) -> Loss:
    rows = series[one.key]
    last = rows["timestamp"].max()
    what = _RATE.sub("", one.metric).strip("_").replace("_", " ").replace(":", " ") or one.metric
    per = one.per.total_seconds() if one.per else None
    nothing = Loss(one.metric, one.labels, what, one.currency, one.unit, per, None, end is None, "")
    if one.per is None:
        return _because(nothing, NO_RATE)
    if not isinstance(last, dt.datetime) or last <= onset:
        return _because(nothing, "no samples after the onset")
    over = end if end is not None and end <= last else last
    until = None if end is None else min(last, end + LONGEST_RETURN)
    found = lost_amount(
        rows,
        history=series.get((f"{one.metric}{HISTORY}", one.labels)),
        onset=onset,
        end=over,
        until=until if until is not None and until > over else None,
        per=one.per,
        zone=zone,
    )
    return Loss(one.metric, one.labels, what, one.currency, one.unit, per, found, end is None, found.lost.reason)


def _because(loss: Loss, reason: str) -> Loss:
    return Loss(
        loss.metric,
        loss.labels,
        loss.what,
        loss.currency,
        loss.unit,
        loss.per_seconds,
        None,
        loss.is_to_the_end,
        reason,
    )
