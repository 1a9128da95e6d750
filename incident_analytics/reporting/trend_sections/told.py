"""Words that several sections about promises share: an incident's id, an age, an interval, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import LeftOut
    from incident_analytics.reporting.blocks import Inline
    from incident_analytics.reporting.trends.report import TrendReport

_DAY: Final = 86_400


def identity(report: TrendReport, incident_id: str) -> Inline:
    """An incident's id, as a link where its page is known."""
    page = report.links.get(incident_id)
    return Link(incident_id, page) if page else incident_id


def long_time(seconds: float) -> str:
    """A long time in days; a short one in its own units.

    >>> long_time(86_400 * 90.6), long_time(3_600)
    ('90 d', '1 h')
    """
    return f"{int(seconds // _DAY):,} d" if seconds >= _DAY else words.duration(seconds)


def with_interval(estimate: Estimate) -> str:
    """A duration with its interval, as far as it is known.

    >>> from incident_analytics.analysis.statistics.estimate import Estimate
    >>> with_interval(Estimate(864_000, 432_000, None, 8))
    '10 d (95 % interval: at least 5 d)'
    """
    told = long_time(estimate.estimate or 0)
    if estimate.low is None:
        return told
    level = f"{estimate.level:.0%}".replace("%", " %")
    if estimate.high is None:
        return f"{told} ({level} interval: at least {long_time(estimate.low)})"
    return f"{told} ({level} interval: {long_time(estimate.low)} to {long_time(estimate.high)})"


def left_out_words(left_out: Iterable[LeftOut]) -> str:
    """What the numbers are not about, in a sentence; empty where that is nothing.

    >>> from incident_analytics.analysis.trends.cohort import LeftOut
    >>> left_out_words([LeftOut("a row of a table, without a record", 2)])
    'Left out: 2 (a row of a table, without a record).'
    """
    told = "; ".join(f"{each.count:,} ({each.reason})" for each in left_out)
    return f"Left out: {told}." if told else ""
