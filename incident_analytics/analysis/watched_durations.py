"""From anybody's frame of incidents to the durations of one metric, as far as each incident was watched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw
import numpy as np
import polars as pl

from incident_analytics.analysis.engine_door import INSTANT, NUMBER, TEXT, instant_at, microseconds, opened
from incident_analytics.analysis.response_times import clock_pairs, response_times
from incident_analytics.analysis.statistics.durations import Durations
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import DEFAULT_CLOCK, load_runbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from narwhals.dtypes import DType
    from narwhals.typing import IntoFrameT

    from incident_analytics.model.runbook import Runbook

# The group of incidents whose group is not known.
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class WatchedDurations(Durations):
    """The durations of one metric, which every statistic takes.

    Args:
        seconds: How long each took; of an open one, how old it is.
        is_open: Which of them are open.
        left_out: How many incidents have no duration, by reason, the most frequent first.
        ranges: How many of the durations are the middle of a range.
    """

    left_out: Mapping[str, int] = field(default_factory=dict)
    ranges: int = 0


class Groups(dict[str, WatchedDurations]):
    """The durations of each group, by its name."""

    def __missing__(self, name: str) -> WatchedDurations:
        """Say which groups there are."""
        raise ParameterError("there is no such group", expected=", ".join(self) or "no group at all", found=name)


def watched_durations(
    frame: IntoFrameT,
    metric: str,
    *,
    as_of: datetime | None,
    clock: str = DEFAULT_CLOCK,
    runbook: Runbook | None = None,
) -> WatchedDurations:
    """The durations of one metric; an incident that is not done yet counts as open, as old as it is.

    Leaving out the open ones would make slow times look fast, so they stay, as "at least so long". Of a range the
    middle is taken. What is unknown or invalid is left out and counted.

    Args:
        frame: One row an incident, as for `response_times`: pandas, polars (eager or lazy) or DuckDB.
        metric: A metric of the clock.
        as_of: The instant it is all seen from, such as that of the history. With None an open incident has no age and
            is left out.
        clock: Which convention: ``default``, or a named one such as ``datadog``.
        runbook: Names the clocks; the shipped one by default.

    Returns:
        In the order of the frame's rows.

    Raises:
        ParameterError: There is no such clock or metric, an anchor's column holds no instants, or `as_of` has no zone.

    >>> from incident_analytics import load_incidents
    >>> history = load_incidents("data/history/incidents.ndjson")
    >>> times = watched_durations(history.frame, "time_to_resolution", as_of=history.as_of)
    >>> times.n, times.n_open, times.left_out
    (241, 5, {'resolved_at lies before started_at': 1})
    """
    return _watched(_told(frame, metric, None, as_of, clock, runbook))


def watched_durations_by(
    frame: IntoFrameT,
    by: str,
    metric: str,
    *,
    as_of: datetime | None,
    clock: str = DEFAULT_CLOCK,
    runbook: Runbook | None = None,
) -> Groups:
    """The durations of one metric in each group of incidents.

    Args:
        frame: As for `watched_durations`.
        by: The column that names the group: texts, or numbers such as years.
        metric: A metric of the clock.
        as_of: The instant it is all seen from.
        clock: Which convention.
        runbook: Names the clocks.

    Returns:
        By the group's name, in the order of names; incidents without one are in ``unknown``, which comes last. A name
        that is not there raises a `ParameterError` that says which are.

    Raises:
        ParameterError: As for `watched_durations`; or the column is neither of texts nor of numbers, or not there.
    """
    told = _told(frame, metric, by, as_of, clock, runbook)
    names = [name for name in told["group"].unique().sort() if name is not None]
    groups = Groups({name: _watched(told.filter(pl.col("group") == name)) for name in names})
    unknown = told.filter(pl.col("group").is_null())
    if unknown.height:
        groups[UNKNOWN] = _watched(pl.concat([told.filter(pl.col("group") == UNKNOWN), unknown]))
    return groups


def _told(
    frame: IntoFrameT,
    metric: str,
    by: str | None,
    as_of: datetime | None,
    clock: str,
    runbook: Runbook | None,
) -> pl.DataFrame:
    """One row an incident: its seconds, whether it is open, why it has no seconds, its group."""
    policy = runbook or load_runbook()
    start, _ = clock_pairs(policy, clock, [metric])[metric]
    columns: dict[str, DType] = {start: INSTANT, f"{metric}_seconds": NUMBER, f"{metric}_seconds_high": NUMBER}
    columns |= {f"{metric}_status": TEXT, f"{metric}_reason": TEXT} | ({by: TEXT} if by else {})
    timed = response_times(frame, clock=clock, metrics=[metric], runbook=policy)
    if by is not None:
        _check_column(timed, by)
    native: Any = opened(timed, columns).collect(backend="polars").to_native()
    rows: pl.DataFrame = native
    seen_from = None if as_of is None else instant_at(microseconds(as_of))
    start_at = pl.col(start).cast(pl.Datetime("us", "UTC"))
    age = (pl.lit(seen_from, dtype=pl.Datetime("us", "UTC")) - start_at).dt.total_microseconds() / 1e6
    low, high, status = (pl.col(f"{metric}_{part}") for part in ("seconds", "seconds_high", "status"))
    seconds = (
        pl.when(status == "derived")
        .then((low + pl.coalesce(high, low)) / 2)
        .when((status == "pending") & (age >= 0))
        .then(age)
    )
    return rows.select(
        seconds=seconds,
        is_open=status == "pending",
        is_range=high.is_not_null(),
        reason=pl.when(status != "pending").then(f"{metric}_reason").otherwise(pl.lit(_no_age(as_of))),
        group=pl.col(by) if by else pl.lit(None, pl.String),
    )


def _no_age(as_of: datetime | None) -> str:
    if as_of is None:
        return "it is open, and nothing says when it is seen from"
    return "it began after the instant it is seen from"


def _check_column(frame: IntoFrameT, by: str) -> None:
    """An absent milestone was never recorded; an absent group is a misspelling."""
    native: Any = frame
    names = nw.from_native(native).lazy().collect_schema().names()
    if by not in names:
        raise ParameterError(f"the frame has no column {by}", expected=f"one of {', '.join(names)}", found=by)


def _watched(told: pl.DataFrame) -> WatchedDurations:
    known = told.filter(pl.col("seconds").is_not_null())
    unknown = told.filter(pl.col("seconds").is_null())["reason"].value_counts().iter_rows()
    left_out = dict(sorted(unknown, key=lambda row: (-row[1], row[0])))
    is_open = known["is_open"].to_numpy().astype(np.bool_)
    return WatchedDurations(known["seconds"].to_numpy(), is_open, left_out, known.filter("is_range").height)
