"""How much of the time something was impacted: the union of the incidents' stretches, each moment counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from incident_analytics.analysis.statistics.availability import availability
from incident_analytics.analysis.trends.cohort import LeftOut

if TYPE_CHECKING:
    from incident_analytics.analysis.statistics.availability import Availability
    from incident_analytics.analysis.trends.cohort import Cohort

MOST_SERVICES: Final = 5
_MOST_EXAMPLES: Final = 5
NO_START: Final = "started_at is not recorded"
NO_END: Final = "nobody recorded when its impact ended"
ENDS_EARLY: Final = "its impact ends before it starts"


@dataclass(frozen=True, slots=True)
class PeriodImpact:
    """One period.

    Args:
        label: The period.
        availability: The share of it without impact, and how long the impact was.
    """

    label: str
    availability: Availability


@dataclass(frozen=True, slots=True)
class ServiceImpact:
    """One service over all periods.

    Args:
        service: Its name.
        availability: The share of the time without impact of it.
    """

    service: str
    availability: Availability


@dataclass(frozen=True, slots=True)
class ImpactTrend:
    """How much of the time something was impacted, of whatever severity.

    Args:
        whole: All services together, over all periods; None where no time was watched.
        periods: All services together, each period.
        services: The services that were impacted longest, at most five.
        n_services: How many services are named by incidents.
        left_out: Incidents whose stretch is not known.
    """

    whole: Availability | None
    periods: tuple[PeriodImpact, ...]
    services: tuple[ServiceImpact, ...]
    n_services: int
    left_out: tuple[LeftOut, ...]


def impact_trend(cohort: Cohort) -> ImpactTrend:
    """The union of the stretches from each incident's start to its mitigation, else to its resolution.

    An open incident counts until the report's instant. Incidents that overlap are counted once, so it is never longer
    than the time watched. A service is the first that an incident names.
    """
    told, left_out = _stretches(cohort)
    if not cohort.periods:
        return ImpactTrend(None, (), (), 0, left_out)
    as_of = cohort.scope.as_of.timestamp()
    edges = [(period.start.timestamp(), period.end.timestamp()) for period in cohort.periods]
    whole = (edges[0][0], edges[-1][1])
    of_all = _availability(told, [*edges, whole], as_of)
    named = told.filter(pl.col("service").is_not_null())
    longest = _by_length(named, whole, as_of).head(MOST_SERVICES)
    own = [
        ServiceImpact(service, _availability(named.filter(pl.col("service") == service), [whole], as_of)[0])
        for service in longest
    ]
    periods = tuple(
        PeriodImpact(period.label, found) for period, found in zip(cohort.periods, of_all[:-1], strict=True)
    )
    return ImpactTrend(of_all[-1], periods, tuple(own), named["service"].n_unique(), left_out)


def _by_length(named: pl.DataFrame, whole: tuple[float, float], as_of: float) -> pl.Series:
    """The services, the one with the longest union of stretches first."""
    start, end = pl.col("start").clip(*whole), pl.col("end").fill_null(as_of).clip(*whole)
    reached = (
        named.select("service", start=start, end=end)
        .sort("start")
        .with_columns(before=pl.col("end").cum_max().shift(1).over("service"))
    )
    gained = (pl.col("end") - pl.max_horizontal("start", "before")).clip(0)
    unions = reached.group_by("service", maintain_order=True).agg(gained.sum().alias("seconds"))
    return unions.sort(["seconds", "service"], descending=[True, False])["service"]


def _stretches(cohort: Cohort) -> tuple[pl.DataFrame, tuple[LeftOut, ...]]:
    """Start and end in seconds since 1970 (null of an open one), and those without."""
    end = pl.coalesce("mitigated_at", "resolved_at")
    is_open = pl.col("status") == "open"
    told = cohort.frame.select(
        "id",
        "service",
        start=pl.col("started_at").dt.timestamp("us") / 1e6,
        end=end.dt.timestamp("us") / 1e6,
        reason=pl.when(pl.col("started_at").is_null())
        .then(pl.lit(NO_START))
        .when(end.is_null() & ~is_open)
        .then(pl.lit(NO_END))
        .when(end < pl.col("started_at"))
        .then(pl.lit(ENDS_EARLY)),
    )
    out = told.filter(pl.col("reason").is_not_null()).group_by("reason", maintain_order=True)
    counted = out.agg(pl.len(), pl.col("id").head(_MOST_EXAMPLES).alias("ids"))
    left_out = tuple(LeftOut(reason, n, tuple(ids)) for reason, n, ids in counted.iter_rows())
    return told.filter(pl.col("reason").is_null()), left_out


def _availability(told: pl.DataFrame, periods: list[tuple[float, float]], as_of: float) -> tuple[Availability, ...]:
    return availability(np.asarray(told["start"]), told["end"].to_numpy(), periods=periods, as_of=as_of)
