"""Groups of durations beside each other: how many, how many open, what is left out, median and ninetieth percentile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.statistics.survival import time_until_done
from incident_analytics.analysis.watched_durations import WatchedDurations
from incident_analytics.reporting.blocks import Column, Table
from incident_analytics.reporting.words import count, duration, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incident_analytics.analysis.statistics.durations import Durations
    from incident_analytics.analysis.statistics.estimate import Estimate

_COLUMNS = (
    Column("Group"),
    Column("n", "right"),
    Column("Open", "right"),
    Column("Left out", "right"),
    Column("Median (95 % interval)"),
    Column("90 % done within (95 % interval)"),
)


def durations(groups: Mapping[str, Durations], metric: str) -> Table:
    """One row a group; an interval only where there are incidents enough for one.

    Args:
        groups: The durations of each group, such as `watched_durations_by` gives.
        metric: The metric, for the caption.
    """
    rows = [(name, *_cells(times)) for name, times in groups.items()]
    return Table(
        f"{title_of(metric)}, open incidents counted as at least so long.", _COLUMNS, tuple(rows), _note(groups)
    )


def _cells(times: Durations) -> tuple[str, ...]:
    left_out = sum(times.left_out.values()) if isinstance(times, WatchedDurations) else 0
    counts = (count(times.n), count(times.n_open), count(left_out))
    return *counts, interval(time_until_done(times)), interval(time_until_done(times, share=0.9))


def interval(found: Estimate) -> str:
    """A duration with its interval; the reason where there is none.

    >>> from incident_analytics.analysis.statistics.estimate import Estimate
    >>> interval(Estimate(300.0, 240.0, 420.0, 50)), interval(Estimate(300.0, 240.0, None, 20, reason="too few"))
    ('5 min (4 min to 7 min)', '5 min (at least 4 min)')
    >>> interval(Estimate(None, None, None, 0, reason="no incidents"))
    'no incidents'
    """
    if found.estimate is None:
        return found.reason
    told = duration(found.estimate)
    if found.low is not None and found.high is not None:
        return f"{told} ({duration(found.low)} to {duration(found.high)})"
    return f"{told} (at least {duration(found.low)})" if found.low is not None else f"{told} ({found.reason})"


def _note(groups: Mapping[str, Durations]) -> str:
    reasons: dict[str, int] = {}
    for times in groups.values():
        for reason, number in times.left_out.items() if isinstance(times, WatchedDurations) else ():
            reasons[reason] = reasons.get(reason, 0) + number
    told = ", ".join(f"{reason} ({number:,})" for reason, number in reasons.items())
    return f"Left out: {told}." if told else ""
