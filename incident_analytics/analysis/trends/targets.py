"""Acknowledged within the runbook's response target: how many of how many, by severity, over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.business_days import end_of_next_business_day
from incident_analytics.analysis.statistics.proportion import share_of
from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.halves import halves
from incident_analytics.model.zones import localized, zone_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.model.runbook import Runbook

MET, MISSED, PENDING, NOT_EVIDENCED, OVERDUE = "met", "missed", "pending", "not evidenced", "overdue"
_OUTCOMES: Final = (MET, MISSED, PENDING, NOT_EVIDENCED, OVERDUE)
_MICROSECONDS: Final = 60_000_000
_NOON: Final = time(12)
_MOST_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class TargetCount:
    """How many incidents of some periods were acknowledged in time.

    Args:
        label: The period, or the first and last.
        met: How many were.
        missed: How many were not, those included that are open, unacknowledged and past their target.
        overdue: How many of the missed ones are such.
        pending: How many are open, unacknowledged and still have time.
        not_evidenced: Of how many the record does not tell: no detection or no acknowledgment in it, or times too
            uncertain.
        share: Met of met and missed, with its exact interval.
    """

    label: str
    met: int
    missed: int
    overdue: int
    pending: int
    not_evidenced: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class SeverityTargets:
    """One severity.

    Args:
        severity: Its name.
        target: The runbook's words for it.
        whole: All periods.
        halves: The earlier and the later half; none of fewer than two periods.
        periods: Each period.
    """

    severity: str
    target: str
    whole: TargetCount
    halves: tuple[TargetCount, ...]
    periods: tuple[TargetCount, ...]


@dataclass(frozen=True, slots=True)
class ResponseTargets:
    """Response targets met.

    Args:
        severities: Each severity of the runbook, in its order, those without an incident included.
        whole: All of them together, over all periods.
        left_out: Incidents that have no target, and why.
    """

    severities: tuple[SeverityTargets, ...]
    whole: TargetCount
    left_out: tuple[LeftOut, ...]


def response_targets(cohort: Cohort, runbook: Runbook) -> ResponseTargets:
    """From detection to acknowledgment, strictly under the target of the recorded severity.

    Judged as the rule ``response-target`` judges one incident: 4 min 59 s meets five minutes, 5 min does not; the
    next business day ends at its midnight in the runbook's zone; where one of the times is a range that straddles
    the limit, the record does not tell. A severity that was raised or lowered on the way is taken as it is recorded
    last. An incident that is over without an acknowledgment is not evidenced; one that is open has missed its target
    once that is past.

    Args:
        cohort: The incidents.
        runbook: Its severities and calendar.
    """
    judged = _judged(cohort, runbook)
    outcomes = pl.col("outcome").replace_strict(dict(enumerate(_OUTCOMES)), return_dtype=pl.String)
    counts = judged.group_by("severity", "period", "outcome").len("n").with_columns(outcomes)
    labels = [period.label for period in cohort.periods]
    split = halves(cohort.periods)
    whole = " to ".join(dict.fromkeys([*labels[:1], *labels[-1:]]))

    def of(name: str) -> SeverityTargets:
        own = counts.filter(pl.col("severity") == name)
        return SeverityTargets(
            severity=name,
            target=runbook.severities[name].response.text,
            whole=_count(whole, own),
            halves=tuple(_count(half.label, own, half.periods) for half in split),
            periods=tuple(_count(label, own, (label,)) for label in labels),
        )

    severities = tuple(of(name) for name in runbook.severities)
    return ResponseTargets(severities, _count(whole, counts), _without_target(cohort, runbook))


def _judged(cohort: Cohort, runbook: Runbook) -> pl.DataFrame:
    """Severity, period and outcome of each incident whose severity has a target, as `conformance.timing` finds it."""
    columns = ("severity", "period", "status", "detected_at", "acknowledged_at")
    ranges = ("detected_at_latest", "acknowledged_at_latest")
    rows = cohort.frame.select(*columns, *ranges).filter(pl.col("severity").is_in(list(runbook.severities)))
    deadlines = _deadlines(rows["severity"], rows["detected_at"], runbook)
    is_exact = rows["detected_at_latest"].null_count() == rows.height
    rows = rows.with_columns(
        deadline=deadlines,
        latest_deadline=deadlines if is_exact else _deadlines(rows["severity"], _latest(rows, "detected_at"), runbook),
        acknowledged_latest=_latest(rows, "acknowledged_at"),
    )
    first, last, deadline = pl.col("acknowledged_at"), pl.col("acknowledged_latest"), pl.col("deadline")
    outcome = (
        pl.when(pl.col("detected_at").is_null() | (last < pl.col("detected_at")))
        .then(_code(NOT_EVIDENCED))
        .when(last < deadline)
        .then(_code(MET))
        .when(first < pl.col("latest_deadline"))
        .then(_code(NOT_EVIDENCED))
        .when(first.is_not_null())
        .then(_code(MISSED))
        .when(pl.col("status") != "open")
        .then(_code(NOT_EVIDENCED))
        .when(deadline > cohort.scope.as_of)
        .then(_code(PENDING))
        .otherwise(_code(OVERDUE))
    )
    return rows.select("severity", "period", outcome=outcome)


def _code(outcome: str) -> pl.Expr:
    """The outcome as a number, as texts are slow to count by."""
    return pl.lit(_OUTCOMES.index(outcome), pl.Int8)


def _latest(rows: pl.DataFrame, anchor: str) -> pl.Series:
    return rows.select(pl.coalesce(f"{anchor}_latest", anchor)).to_series()


def _deadlines(severity: pl.Series, at: pl.Series, runbook: Runbook) -> pl.Series:
    """When each incident's target runs out, counted from an instant of it."""
    minutes = {name: each.response.under_minutes for name, each in runbook.severities.items()}
    timed = {name: value for name, value in minutes.items() if value is not None}
    by_day = _next_business_days(at, runbook)
    given = pl.DataFrame({"severity": severity, "at": at, "by_day": by_day})
    room = pl.col("severity").replace_strict(timed, default=None, return_dtype=pl.Float64) * _MICROSECONDS
    later = pl.col("at") + pl.duration(microseconds=room.round().cast(pl.Int64))
    return given.select(pl.when(room.is_not_null()).then(later).otherwise(pl.col("by_day"))).to_series()


def _next_business_days(at: pl.Series, runbook: Runbook) -> pl.Series:
    """The end of the next business day after each instant; it depends on the local day alone, of which few differ."""
    zone = zone_named(runbook.calendar.zone) or UTC
    known: list[date] = at.dt.date().unique().drop_nulls().to_list()
    days = sorted({day + timedelta(days=shift) for day in known for shift in (-1, 0, 1)})
    begins = [localized(datetime.combine(day, time()), zone)[0] for day in days]
    ends = [end_of_next_business_day(datetime.combine(day, _NOON, zone), runbook.calendar) for day in days]
    if not days:
        return pl.Series([None] * at.len(), dtype=at.dtype)
    places = pl.Series(begins, dtype=at.dtype).search_sorted(at, side="right").cast(pl.Int64) - 1
    found = pl.Series(ends, dtype=at.dtype).gather(places.clip(0))
    return pl.select(pl.when(at.is_not_null()).then(found)).to_series()


def _count(label: str, counts: pl.DataFrame, periods: Sequence[str] | None = None) -> TargetCount:
    own = counts if periods is None else counts.filter(pl.col("period").is_in(list(periods)))
    n: dict[str, int] = dict(own.group_by("outcome").agg(pl.col("n").sum()).iter_rows())
    met, overdue = n.get(MET, 0), n.get(OVERDUE, 0)
    missed = n.get(MISSED, 0) + overdue
    return TargetCount(
        label, met, missed, overdue, n.get(PENDING, 0), n.get(NOT_EVIDENCED, 0), share_of(met, met + missed)
    )


def _without_target(cohort: Cohort, runbook: Runbook) -> tuple[LeftOut, ...]:
    is_known = pl.col("severity").is_in(list(runbook.severities)).fill_null(value=False)
    ids = cohort.frame.filter(~is_known)["id"]
    return (LeftOut("the severity is not known", ids.len(), tuple(ids.head(_MOST_EXAMPLES))),) if ids.len() else ()
