"""What a metric usually is at an instant: the same instant of the weeks before, by local clock."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from incident_analytics.analysis.snapshots.series import Floats, Marks, Series, Times

WEEKS: Final = 4
# the median of one week would be that week
FEWEST_WEEKS: Final = 2
_MICROSECOND: Final = dt.timedelta(microseconds=1)
_WEEK: Final = dt.timedelta(weeks=1) // _MICROSECOND
_PER: Final = {
    "second": dt.timedelta(seconds=1),
    "minute": dt.timedelta(minutes=1),
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
}
_SHORT: Final = {"s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "d": "day"}


def counted_per(metric: str, unit: str = "") -> dt.timedelta | None:
    """The time that one value counts, by the metric's name or else its unit: None where neither tells.

    >>> counted_per("revenue_per_minute"), counted_per("checkout_revenue", "EUR/h"), counted_per("memory_bytes")
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=3600), None)
    """
    found = re.search(r"(?:^|_)per_(second|minute|hour|day)s?(?:_|$)", metric.lower())
    found = found or re.search(r"(?:/|\bper )\s*(second|minute|hour|day|sec|min|hr|s|h|d)s?$", unit.strip().lower())
    return _PER[_SHORT.get(found[1], found[1])] if found else None


def local(at: Times, zone: str) -> Times:
    """Microseconds by the local clock of a zone, so that noon is noon on both sides of a clock change."""
    if zone == "UTC":
        return at
    instants = pl.Series(at).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone)
    return instants.dt.replace_time_zone(None).dt.epoch("us").to_numpy().astype(np.int64)


@dataclass(frozen=True, slots=True)
class WeeklyBaseline:
    """A history of which any instant can be asked.

    Args:
        at: Local microseconds of its samples, rising.
        value: Their values.
        longest_gap: Between two samples farther apart than this nothing is known.
    """

    at: Times
    value: Floats
    longest_gap: int

    @classmethod
    def of(cls, history: Series, free: Marks, zone: str) -> WeeklyBaseline:
        """The incident-free samples of a history; a clock set back leaves the first of each repeated time."""
        at, first = np.unique(local(history.at[free], zone), return_index=True)
        return cls(at, history.value[free][first], 2 * history.step)

    def usual(self, at: Times, *, fewest: int = FEWEST_WEEKS) -> tuple[Floats, Times]:
        """The median of the same local time one to four weeks earlier, and of how many weeks.

        Between two samples of the history a straight line. NaN where fewer weeks are known than asked for.
        """
        weeks = np.stack([self._known(at - week * _WEEK) for week in range(1, WEEKS + 1)])
        known = np.isfinite(weeks).sum(axis=0)
        # in order the unknown weeks come last, so the middle of the known ones is the median without numpy's slow one
        ordered = np.sort(weeks, axis=0)
        middle = np.stack([np.maximum(known - 1, 0) // 2, np.minimum(known // 2, WEEKS - 1)])
        usual = np.take_along_axis(ordered, middle, axis=0).mean(axis=0)
        return np.where(known >= fewest, usual, np.nan), known.astype(np.int64)

    def _known(self, at: Times) -> Floats:
        if not self.at.size:
            return np.full(at.size, np.nan)
        right = np.clip(np.searchsorted(self.at, at), 0, self.at.size - 1)
        left = np.where(self.at[right] == at, right, right - 1)
        inside = (at >= self.at[0]) & (at <= self.at[-1])
        near = inside & (self.at[right] - self.at[np.maximum(left, 0)] <= self.longest_gap)
        return np.where(near, np.interp(at, self.at, self.value), np.nan)
