"""The incidents that a trend report is about: cut to its scope, each in its period, with its response times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from incident_analytics.analysis.response_times import clock_pairs, durations
from incident_analytics.analysis.statistics.durations import Durations
from incident_analytics.analysis.trends.scope import chosen_period, periods_between, start_of_period
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import DEFAULT_CLOCK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from incident_analytics.analysis.trends.scope import Condition, Period, PeriodName, Scope
    from incident_analytics.model.runbook import Runbook

# When an incident belongs to: the start of its impact, else the first that is known of it.
BEGINNINGS = ("started_at", "detected_at", "declared_at", "acknowledged_at")
WHERE_COLUMNS = ("severity", "service", "team", "cause", "detected_by", "status", "id")
_MOST_EXAMPLES = 5
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Incidents that a number is not about.

    Args:
        reason: Why, in words.
        count: How many.
        examples: The ids of the first, at most five.
    """

    reason: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """One duration metric of some incidents, as far as they were watched.

    Args:
        metric: Its name, such as ``time_to_resolution``.
        rows: The incidents' rows, in the order of their beginnings, those left out not among them.
        durations: Their seconds, and which of them are still running.
        left_out: Those without a value, by reason.
        ranges: How many of the values are the middle of a range.
    """

    metric: str
    rows: pl.DataFrame
    durations: Durations
    left_out: tuple[LeftOut, ...]
    ranges: int

    def of(self, chosen: pl.Series) -> Durations:
        """The durations of some of the rows."""
        flags = chosen.to_numpy()
        return Durations(self.durations.seconds[flags], self.durations.is_open[flags])


@dataclass(frozen=True)
class Cohort:
    """The incidents of a trend report.

    Args:
        frame: One row an incident with the columns of `HISTORY_SCHEMA`, ``began_at`` (when it belongs to),
            ``period`` (its period's label) and the columns of `response_times`, but for the reasons, for each metric of
            the default clock; in the order of ``began_at``, then of id.
        periods: The periods, in order, those without an incident included.
        period: What they are.
        scope: What was asked for.
        left_out: The incidents of the history that are not in it, by reason.
        clock: The two milestones of each metric of the default clock.
    """

    frame: pl.DataFrame
    periods: tuple[Period, ...]
    period: PeriodName
    scope: Scope
    left_out: tuple[LeftOut, ...]
    clock: Mapping[str, tuple[str, str]]

    @property
    def n(self) -> int:
        """How many incidents."""
        return self.frame.height

    def watched(self, metric: str, frame: pl.DataFrame | None = None) -> Watched:
        """One metric's durations; an incident that is not done yet counts as open, as old as it is.

        Of a range the middle is taken, unless it is wider than that. What is unknown, invalid or so uncertain is left
        out and counted.

        Args:
            metric: One of the default clock's.
            frame: Rows of `frame`, where only some are meant.
        """
        rows = self.frame if frame is None else frame
        start = pl.col(self.clock[metric][0])
        age = (pl.lit(self.scope.as_of) - start).dt.total_microseconds() / 1e6
        low, high = pl.col(f"{metric}_seconds"), pl.col(f"{metric}_seconds_high")
        status = pl.col(f"{metric}_status")
        # a range that is wider than its middle tells next to nothing, such as both ends known to the day
        is_vague = (high - low) > (low + high) / 2
        told = rows.select(
            seconds=pl.when((status == "derived") & is_vague.fill_null(value=False))
            .then(None)
            .when(status == "derived")
            .then((low + pl.coalesce(high, low)) / 2)
            .when((status == "pending") & (age >= 0))
            .then(age),
            is_open=status == "pending",
            is_range=high.is_not_null(),
        )
        is_known = told["seconds"].is_not_null()
        known = rows
        left_out: tuple[LeftOut, ...] = ()
        if not is_known.all():
            known, unknown = rows.filter(is_known), rows.filter(~is_known)
            late = pl.lit("it began after the instant the report is seen from")
            vague = pl.lit("its times are too uncertain: the range is wider than its middle")
            own = pl.when(status == "derived").then(vague).otherwise(pl.col("own_reason"))
            reason = pl.when(status == "pending").then(late).otherwise(own)
            left_out = _by_reason(durations(unknown, {"own": self.clock[metric]}).select("id", reason=reason))
            told = told.filter(is_known)
        seconds = Durations(told["seconds"].to_numpy(), told["is_open"].to_numpy().astype(np.bool_))
        return Watched(metric, known, seconds, left_out, int(told["is_range"].sum()))


def cohort(history: pl.DataFrame, scope: Scope, runbook: Runbook) -> Cohort:
    """The incidents of a history that a scope is about.

    Args:
        history: The frame of `load_incidents`.
        scope: What is looked at.
        runbook: Names the default clock.

    Raises:
        ParameterError: A condition names a column that is not there, or the scope ends before it begins.
    """
    since, until = scope.since, min(scope.until or scope.as_of, scope.as_of)
    if since is not None and since >= until:
        found = f"{since.isoformat()} to {until.isoformat()}"
        raise ParameterError("--since and --until", expected="a beginning before the end", found=found)
    frame = _in_order(history.with_columns(began_at=pl.coalesce(BEGINNINGS)))
    reasons = reasons_left_out(frame, scope)
    frame, left_out = _kept(frame, reasons)
    pairs = clock_pairs(runbook, DEFAULT_CLOCK)
    first: datetime | None = frame["began_at"].min()  # type: ignore[assignment]  # polars' min is of any type
    if first is None and since is None:
        frame = frame.with_columns(period=pl.lit(None, pl.String))
        return Cohort(_timed(frame, runbook), (), scope.period or "quarter", scope, left_out, pairs)
    begins: datetime = since or first  # type: ignore[assignment]  # one of them is known
    period = scope.period or chosen_period(begins, until)
    # without a beginning that a person gave, the first period is taken to have been watched from its first day
    begins = since or start_of_period(begins, period, scope.zone)
    last: datetime | None = frame["began_at"].max()  # type: ignore[assignment]  # polars' max is of any type
    # one that began in the very instant the report is seen from belongs to the period of that instant
    ends = max(until, last + _MOMENT) if last else until
    periods = periods_between(begins, ends, period, scope.zone)
    frame = frame.with_columns(period=_labels(frame["began_at"], periods))
    return Cohort(_timed(frame, runbook), periods, period, scope, left_out, pairs)


def reasons_left_out(frame: pl.DataFrame, scope: Scope) -> list[tuple[str, pl.Expr]]:
    """Why incidents are left out of a scope, in words, and which: the first that holds is an incident's reason.

    Args:
        frame: The incidents, with ``began_at``.
        scope: What is looked at.

    Raises:
        ParameterError: A condition names a column that is not there.
    """
    since, until = scope.since, min(scope.until or scope.as_of, scope.as_of)
    reasons = [("nothing says when it began", pl.col("began_at").is_null())]
    if since is not None:
        reasons.append((f"it began before {since.isoformat()}", pl.col("began_at") < since))
    # as_of itself belongs to the history: its default is the latest instant of it
    is_late = pl.col("began_at") >= until if scope.until is not None else pl.col("began_at") > until
    reasons.append((f"it began at {until.isoformat()} or later" if scope.until else "it began later", is_late))
    return reasons + [(_told(each), ~_holds(each, frame)) for each in scope.where]


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows by beginning, then by id; those of one beginning are few, and texts are slow to sort."""
    order = frame["began_at"].arg_sort(nulls_last=True)
    began = frame["began_at"].gather(order)
    is_tied = began.eq_missing(began.shift(1))
    is_tied = is_tied.scatter(0, values=False) if frame.height else is_tied
    places = (is_tied | is_tied.shift(-1, fill_value=False)).arg_true()
    if places.len():
        rows = order.gather(places)
        tied = pl.DataFrame({"began_at": began.gather(places), "id": frame["id"].gather(rows), "row": rows})
        order = order.scatter(places, tied.sort("began_at", "id", "row", nulls_last=True)["row"])
    # a column without any value is in every order; most of a history's columns often are
    full = [name for name in frame.columns if frame[name].null_count() < frame.height]
    return frame.with_columns([frame[name].gather(order) for name in full])


def _labels(began: pl.Series, periods: tuple[Period, ...]) -> pl.Series:
    starts = pl.Series([each.start for each in periods], dtype=began.dtype)
    labels = pl.Series([each.label for each in periods], dtype=pl.String)
    return labels.gather(starts.search_sorted(began, side="right").cast(pl.Int64) - 1)


def _timed(frame: pl.DataFrame, runbook: Runbook) -> pl.DataFrame:
    return durations(frame, clock_pairs(runbook, DEFAULT_CLOCK), with_reasons=False)


def _told(condition: Condition) -> str:
    is_not = "is" if condition.is_excluded else "is not"
    return f"{condition.column} {is_not} {' or '.join(condition.values)}"


def _holds(condition: Condition, frame: pl.DataFrame) -> pl.Expr:
    if condition.column not in frame.columns:
        raise ParameterError("--where", expected=", ".join(WHERE_COLUMNS), found=condition.column)
    holds = pl.col(condition.column).cast(pl.String).is_in(condition.values).fill_null(value=False)
    return ~holds if condition.is_excluded else holds


def _kept(frame: pl.DataFrame, reasons: list[tuple[str, pl.Expr]]) -> tuple[pl.DataFrame, tuple[LeftOut, ...]]:
    """The rows that no reason leaves out; each of the others is counted under the first that does."""
    left_out = []
    for reason, is_out in reasons:
        gone = frame.filter(is_out.fill_null(value=False))
        if gone.height:
            left_out.append(LeftOut(reason, gone.height, tuple(gone["id"].head(_MOST_EXAMPLES))))
            frame = frame.filter(~is_out.fill_null(value=False))
    return frame, tuple(left_out)


def _by_reason(rows: pl.DataFrame) -> tuple[LeftOut, ...]:
    found = rows.group_by("reason", maintain_order=True).agg(pl.len().alias("count"), pl.col("id").head(_MOST_EXAMPLES))
    left_out = [LeftOut(reason or "not recorded", count, tuple(ids)) for reason, count, ids in found.iter_rows()]
    return tuple(sorted(left_out, key=lambda each: (-each.count, each.reason)))
