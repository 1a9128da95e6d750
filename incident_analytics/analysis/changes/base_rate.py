"""How often such changes come: near an incident is any change that comes every few minutes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from incident_analytics.analysis.changes.change import Change

FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How often changes of one sort and service come.

    Args:
        n: How many were recorded up to the start of the impact.
        every: The mean time from one to the next; None with fewer than three, where nothing can be told.
    """

    n: int
    every: timedelta | None

    def chance_within(self, window: timedelta) -> float | None:
        """The chance that at least one falls into a stretch of that length, if they came at random (Poisson).

        >>> from datetime import timedelta
        >>> round(BaseRate(10, timedelta(minutes=20)).chance_within(timedelta(minutes=30)), 2)
        0.78
        """
        if self.every is None:
            return None
        return 1 - math.exp(-(window / self.every)) if self.every else 1.0


def base_rate(change: Change, changes: Iterable[Change], start: datetime) -> BaseRate:
    """The rate of changes of the same sort and of a service in common, up to the start of the impact.

    A change that names no service is compared with all of its sort.
    """
    moments = sorted(
        each.moment
        for each in changes
        if each.sort == change.sort
        and each.moment <= start
        and (not change.services or set(change.services) & set(each.services))
    )
    if len(moments) < FEWEST:
        return BaseRate(len(moments), None)
    return BaseRate(len(moments), (moments[-1] - moments[0]) / (len(moments) - 1))
