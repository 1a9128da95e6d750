"""Shares, intervals, changes of time and what was left out, as the sections of trends say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks.spans import line_of
from incident_analytics.reporting.trend_sections.told import identity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import LeftOut
    from incident_analytics.reporting.blocks import Inline
    from incident_analytics.reporting.trends.report import TrendReport


def percent(share: float | None) -> str:
    """A share in whole percent; one that is neither nothing nor all never reads as if it were.

    >>> percent(0.409), percent(0.0004), percent(0.9996), percent(None)
    ('41 %', 'under 1 %', 'over 99 %', 'unknown')
    """
    if share is None:
        return "unknown"
    whole = round(100 * share)
    if share > 0 and whole == 0:
        return "under 1 %"
    return "over 99 %" if share < 1 and whole == 100 else f"{whole} %"  # noqa: PLR2004 -- all of it


def of_many(count: int, share: Estimate) -> str:
    """So many of so many, with the share.

    >>> from incident_analytics.analysis.statistics.estimate import Estimate
    >>> of_many(9, Estimate(9 / 22, 0.21, 0.64, 22))
    '9 of 22 (41 %)'
    """
    return f"{count:,} of {share.n:,} ({percent(share.estimate)})" if share.n else "none"


def interval(found: Estimate) -> str | None:
    """The interval of a share; None where there is none.

    >>> from incident_analytics.analysis.statistics.estimate import Estimate
    >>> interval(Estimate(9 / 22, 0.207, 0.636, 22))
    '21 % to 64 %'
    """
    if found.low is None or found.high is None:
        return None
    return f"{round(100 * found.low)} % to {round(100 * found.high)} %"


def signed(seconds: float | None) -> str:
    """A change of time with its sign.

    >>> signed(77), signed(-334), signed(0), signed(None)
    ('+1 min 17 s', '−5 min 34 s', '0 s', 'unknown')
    """
    if seconds is None:
        return "unknown"
    told = words.duration(seconds)
    return f"+{told}" if round(seconds) > 0 else told


def left_out(reasons: Sequence[LeftOut]) -> str:
    """Which incidents a number is not about, in a sentence; empty where it is about all.

    >>> from incident_analytics.analysis.trends.cohort import LeftOut
    >>> left_out((LeftOut("resolved_at lies before started_at", 1, ("INC-7",)),))
    'Left out: 1 incident (resolved_at lies before started_at: INC-7).'
    """
    if not reasons:
        return ""
    told = [f"{words.counted(each.count, 'incident')} ({_why(each)})" for each in reasons]
    return f"Left out: {', '.join(told)}."


def named(report: TrendReport, incident_id: str, title: str | None) -> Inline:
    """An incident's id, leading to its own page where there is one, and its title."""
    return line_of(identity(report, incident_id), f" {words.shortened(title)}" if title else "")


def _why(each: LeftOut) -> str:
    more = each.count - len(each.examples)
    named = ", ".join(each.examples)
    if not named:
        return each.reason
    return f"{each.reason}: {named}{f' and {more:,} more' if more else ''}"
