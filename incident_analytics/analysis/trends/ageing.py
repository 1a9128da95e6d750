"""How long action items stay open, those that still are used for as long as they were watched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from incident_analytics.analysis.statistics.durations import Durations
from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.survival import Survival, share_done_within, survival, time_until_done
from incident_analytics.analysis.trends.cohort import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_DAYS: Final = (7, 30, 90, 180, 365)
_DAY: Final = 86_400
# Steps of the curve that are kept: more than a page has pixels for.
_MOST_STEPS: Final = 400
_MOST_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class StillOpen:
    """The share of items still open some days after they were opened.

    Args:
        days: How many days.
        share: The share, from 0 to 1.
    """

    days: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Ageing:
    """How long items stay open.

    Args:
        curve: The share still open after some time (Kaplan-Meier), at most 400 steps of it; None where nothing can
            be said.
        median: The time by which half of them were closed.
        after: The share still open after some days.
        left_out: The items that it is not about.
    """

    curve: Survival | None
    median: Estimate
    after: tuple[StillOpen, ...]
    left_out: tuple[LeftOut, ...]


def ageing(items: pl.DataFrame, as_of: datetime) -> Ageing:
    """How long items stay open, by Kaplan and Meier: open ones count as open for at least as long as they are old.

    Args:
        items: Rows of `action_items_frame`; those that are not ``is_closed`` were open at `as_of`.
        as_of: The instant they are seen from.
    """
    ends = pl.when("is_closed").then("closed_at").otherwise(pl.lit(as_of))
    timed = items.with_columns(seconds=(ends - pl.col("opened_at")).dt.total_microseconds() / 1e6)
    kept = timed.filter(pl.col("seconds") >= 0)
    left_out = tuple(_left_out(timed))
    given = Durations(kept["seconds"].to_numpy(), (~kept["is_closed"]).to_numpy().astype(np.bool_))
    if not given.n:
        return Ageing(None, Estimate(None, None, None, 0, reason="no action items with times"), (), left_out)
    curve = survival(given.seconds, given.is_open)
    after = (StillOpen(days, _opposite(share_done_within(days * _DAY, given.seconds, given.is_open))) for days in _DAYS)
    return Ageing(_thinned(curve), time_until_done(given.seconds, given.is_open), tuple(after), left_out)


def _left_out(timed: pl.DataFrame) -> Iterator[LeftOut]:
    reasons = {
        "nothing says since when it is open": pl.col("opened_at").is_null(),
        "closed, but nothing says when": pl.col("opened_at").is_not_null() & pl.col("seconds").is_null(),
        "closed before its incident was over": pl.col("seconds") < 0,
    }
    for reason, is_out in reasons.items():
        rows = timed.filter(is_out)
        if rows.height:
            ids = tuple(rows["incident_id"].unique(maintain_order=True).head(_MOST_EXAMPLES))
            yield LeftOut(reason, rows.height, ids)


def _opposite(done: Estimate) -> Estimate:
    if done.estimate is None:
        return done
    low = None if done.high is None else 1 - done.high
    high = None if done.low is None else 1 - done.low
    return replace(done, estimate=1 - done.estimate, low=low, high=high)


def _thinned(curve: Survival) -> Survival:
    if len(curve.seconds) <= _MOST_STEPS:
        return curve
    places = np.unique(np.linspace(0, len(curve.seconds) - 1, _MOST_STEPS).round().astype(int)).tolist()
    seconds, shares, low, high = (
        tuple(values[place] for place in places) for values in (curve.seconds, curve.share_open, curve.low, curve.high)
    )
    return replace(curve, seconds=seconds, share_open=shares, low=low, high=high)
