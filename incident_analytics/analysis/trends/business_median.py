"""The typical duration on the clock that runs while people work: a second column, never the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.statistics.business_hours import business_seconds_of_all
from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.survival import time_until_done

if TYPE_CHECKING:
    from incident_analytics.analysis.trends.cohort import Cohort, Watched
    from incident_analytics.model.runbook import Calendar

MOST_COUNTED: Final = 20_000


def business_median(watched: Watched, cohort: Cohort, calendar: Calendar) -> Estimate:
    """The median of the time within business hours; an open incident counts until the report's instant.

    Of anchors that are ranges their earliest instants are taken.

    Args:
        watched: The incidents with the duration.
        cohort: Names its two anchors and the instant.
        calendar: Zone, workdays and holidays.
    """
    n, n_open = watched.durations.n, watched.durations.n_open
    if n > MOST_COUNTED:
        return Estimate(None, None, None, n, n_open, reason=f"not counted of more than {MOST_COUNTED:,} incidents")
    start, end = cohort.clock[watched.metric]
    until = pl.max_horizontal(start, pl.col(end).fill_null(cohort.scope.as_of))
    spans = watched.rows.select(pl.col(start), until=until)
    seconds = business_seconds_of_all(spans[start].to_list(), spans["until"].to_list(), calendar)
    return time_until_done(seconds, watched.durations.is_open)
