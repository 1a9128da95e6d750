"""Response times: durations between milestones, the same for one incident and for a million.

Each metric is a named pair of anchors. On a frame it becomes four columns:

- ``<metric>_seconds``: Float64; where an anchor is a range, the shortest it can have been.
- ``<metric>_seconds_high``: Float64; the longest it can have been, null where the anchors are exact.
- ``<metric>_status``: derived, pending, unknown or invalid.
- ``<metric>_reason``: why there is no value; null where there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from incident_analytics.analysis.engine_door import INSTANT, NUMBER, TEXT, hidden, in_seconds, widened
from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import DEFAULT_CLOCK, load_runbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from narwhals.dtypes import DType
    from narwhals.typing import IntoFrameT

    from incident_analytics.model.runbook import Runbook

# While an incident is open these may still come; a detection that is missing was never recorded.
_MAY_STILL_COME = frozenset(
    {"acknowledged_at", "engaged_at", "diagnosed_at", "mitigated_at", "resolved_at", "closed_at"}
)
_ENDS = ("resolved_at", "closed_at")
# A status that says it is over, though nobody recorded when.
_STATUS, _OVER = "status", ("resolved", "closed")
LATEST = "_latest"
_IS_OPEN = "is open"


def response_times(
    frame: IntoFrameT,
    *,
    clock: str = DEFAULT_CLOCK,
    metrics: Iterable[str] | None = None,
    runbook: Runbook | None = None,
) -> IntoFrameT:
    """The frame with four columns more for each duration metric of a clock.

    A metric is the second anchor minus the first. It is ``pending`` while the incident is open (neither
    resolved nor closed, by its times or its ``status``) and the second anchor may still come, ``unknown``
    when an anchor was never recorded, and ``invalid`` when the second lies before the first; none of these
    has a value, and nothing is ever 0 for want of one.

    Args:
        frame: One row an incident (pandas, polars eager or lazy, DuckDB). Used are the anchors as instants with
            a zone (``started_at``, ``detected_at`` ...) and, where they are ranges, ``<anchor>_latest``. An anchor
            whose column is absent counts as never recorded.
        clock: Which convention: ``default``, or a named one such as ``datadog``.
        metrics: Only these of the clock; all of them by default.
        runbook: Names the clocks; the shipped one by default.

    Returns:
        The same kind of frame, its columns as they were and the new ones after them, rows in order.

    Raises:
        ParameterError: There is no such clock or metric, or an anchor's column holds no instants.
    """
    return durations(frame, clock_pairs(runbook or load_runbook(), clock, metrics))


def durations(frame: IntoFrameT, pairs: Mapping[str, tuple[str, str]], *, with_reasons: bool = True) -> IntoFrameT:
    """The frame with the four columns of `response_times` for each pair of anchors.

    Args:
        frame: As for `response_times`.
        pairs: The anchors that a duration lies between, by the name that its columns begin with.
        with_reasons: Whether the column of reasons is wanted too; of a million rows it costs as much as the others.

    Returns:
        The same kind of frame, its columns as they were and the new ones after them, rows in order.

    Raises:
        ParameterError: An anchor's column holds no instants.
    """
    anchors = sorted({anchor for pair in pairs.values() for anchor in pair} | set(_ENDS))
    columns: dict[str, DType] = {name: INSTANT for anchor in anchors for name in (anchor, anchor + LATEST)}
    columns[_STATUS] = TEXT
    steps = [expression for metric, pair in pairs.items() for expression in _spans(metric, *pair)]
    words = [each for metric, pair in pairs.items() for each in _words(metric, *pair)[: None if with_reasons else 1]]
    types: dict[str, DType] = {}
    for metric in pairs:
        types |= {f"{metric}_seconds": NUMBER, f"{metric}_seconds_high": NUMBER, f"{metric}_status": TEXT}
        types |= {f"{metric}_reason": TEXT} if with_reasons else {}
    return widened(frame, columns, [[*_ends(anchors), *_told(anchors)], steps, words, _values(pairs)], types)


def clock_pairs(runbook: Runbook, clock: str, metrics: Iterable[str] | None = None) -> dict[str, tuple[str, str]]:
    """The pairs of anchors that a clock names, by metric.

    Raises:
        ParameterError: There is no such clock or metric.
    """
    if clock not in runbook.clocks:
        raise ParameterError("there is no such clock", expected=", ".join(runbook.clocks), found=clock)
    pairs: Mapping[str, tuple[str, str]] = runbook.clocks[clock]
    wanted = list(pairs) if metrics is None else list(metrics)
    for metric in wanted:
        if metric not in pairs:
            raise ParameterError(f"the clock {clock} has no such metric", expected=", ".join(pairs), found=metric)
    return {metric: pairs[metric] for metric in wanted}


def _ends(anchors: Iterable[str]) -> list[nw.Expr]:
    """The latest an anchor can have been; its own instant where it is exact."""
    return [
        nw.coalesce(nw.col(hidden(anchor + LATEST)), nw.col(hidden(anchor))).alias(f"latest {anchor}")
        for anchor in anchors
    ]


def _told(anchors: Iterable[str]) -> list[nw.Expr]:
    """Which anchors were never recorded, and whether the incident is open: said once, as every metric asks."""
    is_over = nw.col(hidden(_STATUS)).is_in(_OVER).fill_null(value=False)
    no_ends = [nw.col(hidden(name)).is_null() for name in _ENDS]
    return [
        *(nw.col(hidden(anchor)).is_null().alias(f"no {anchor}") for anchor in anchors),
        nw.all_horizontal(*no_ends, ~is_over, ignore_nulls=False).alias(_IS_OPEN),
    ]


def _spans(metric: str, start: str, end: str) -> list[nw.Expr]:
    """The shortest and longest the duration can have been, in microseconds; negative ones included."""
    shortest = nw.col(hidden(end)) - nw.col(f"latest {start}")
    longest = nw.col(f"latest {end}") - nw.col(hidden(start))
    return [shortest.alias(f"shortest {metric}"), longest.alias(f"longest {metric}")]


def _words(metric: str, start: str, end: str) -> list[nw.Expr]:
    no_start, no_end = nw.col(f"no {start}"), nw.col(f"no {end}")
    waits = nw.col(_IS_OPEN) if end in _MAY_STILL_COME else nw.lit(value=False)
    is_invalid = nw.col(f"longest {metric}") < 0
    status = _chosen(
        (no_start, "unknown"), (no_end & waits, "pending"), (no_end, "unknown"), (is_invalid, "invalid"), "derived"
    )
    reason = _chosen(
        (no_start & no_end, f"neither {start} nor {end} is recorded"),
        (no_start, f"{start} is not recorded"),
        (no_end & waits, f"the incident is open and {end} is not recorded yet"),
        (no_end, f"{end} is not recorded"),
        (is_invalid, f"{end} lies before {start}"),
        None,
    )
    return [status.alias(f"{metric}_status"), reason.alias(f"{metric}_reason")]


def _chosen(*choices: tuple[nw.Expr, str] | str | None) -> nw.Expr:
    """The word of the first condition that holds; the last choice where none does."""
    *conditions, otherwise = choices
    chosen = nw.lit(otherwise, dtype=TEXT)
    for choice in reversed(conditions):
        if isinstance(choice, tuple):
            condition, word = choice
            chosen = nw.when(condition).then(nw.lit(word, dtype=TEXT)).otherwise(chosen)
    return chosen


def _values(pairs: Mapping[str, tuple[str, str]]) -> list[nw.Expr]:
    expressions: list[nw.Expr] = []
    for metric in pairs:
        shortest, longest = nw.col(f"shortest {metric}"), nw.col(f"longest {metric}")
        # Ranges that overlap allow a shortest below zero, which no duration can be.
        low = nw.when(shortest < 0).then(nw.lit(0)).otherwise(shortest)
        is_known, is_range = longest >= 0, longest > low
        expressions += [
            nw.when(is_known).then(in_seconds(low)).alias(f"{metric}_seconds"),
            nw.when(is_known & is_range).then(in_seconds(longest)).alias(f"{metric}_seconds_high"),
        ]
    return expressions
