"""Words that sections share: an incident's id, a day, an age, an interval, what was left out, a short list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.trends.whole_records import ONLY_A_ROW
from incident_analytics.reporting import words
from incident_analytics.reporting.blocks import Folded, Link, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from incident_analytics.analysis.statistics.estimate import Estimate
    from incident_analytics.analysis.trends.cohort import LeftOut
    from incident_analytics.reporting.blocks import Block, Inline
    from incident_analytics.reporting.trends.report import TrendReport

_DAY: Final = 86_400
_MOST_SHOWN: Final = 5


def identity(report: TrendReport, incident_id: str) -> Inline:
    """An incident's id, leading to its own page where there is one."""
    page = report.links.get(incident_id)
    return Link(incident_id, f"./{page}") if page else incident_id


def day_of(day: date | None) -> str | None:
    r"""A day on one line; None stays None.

    >>> from datetime import date
    >>> day_of(date(2023, 2, 21)) == "21\u00a0Feb\u00a02023"
    True
    """
    return None if day is None else f"{day.day}\u00a0{day:%b}\u00a0{day.year}"


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


def left_out_words(left_out: Iterable[LeftOut], noun: str) -> str:
    """What the numbers are not about, in a sentence; empty where that is nothing.

    >>> from incident_analytics.analysis.trends.cohort import LeftOut
    >>> left_out_words([LeftOut(ONLY_A_ROW, 1), LeftOut("closed, but nothing says when", 2)], "item")
    'Left out: 1 incident (a row of a table, without a record); 2 items (closed, but nothing says when).'
    """
    told = "; ".join(
        f"{words.counted(each.count, 'incident' if each.reason == ONLY_A_ROW else noun)} ({each.reason})"
        for each in left_out
    )
    return f"Left out: {told}." if told else ""


def shortlist(table: Table) -> tuple[Block, ...]:
    """The first five rows of a table; the others, if there are more than a few, behind a line that opens to them."""
    if len(table.rows) <= _MOST_SHOWN + 1:
        return (table,)
    first = replace(table, rows=table.rows[:_MOST_SHOWN], note="")
    rest = replace(table, rows=table.rows[_MOST_SHOWN:])
    return (first, Folded(f"{len(rest.rows)} more", (rest,)))
