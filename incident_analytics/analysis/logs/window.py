"""A window of time, both ends included and either of them open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from incident_analytics.analysis.engine_door import microseconds
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    import datetime as dt

    from incident_analytics.analysis.engine_door import PortableFrame


def lines_between(lines: PortableFrame, since: dt.datetime | None, until: dt.datetime | None) -> PortableFrame:
    """The opened lines of a window; without any end all of them, also those that have no time.

    Raises:
        ParameterError: `until` lies before `since`, or one of them has no zone.
    """
    if since is not None and until is not None:
        check_window(since, until)
    if since is not None:
        lines = lines.filter(nw.col("timestamp") >= microseconds(since))
    if until is not None:
        lines = lines.filter(nw.col("timestamp") <= microseconds(until))
    return lines


def check_window(since: dt.datetime, until: dt.datetime) -> tuple[int, int]:
    """Both ends in microseconds since 1970 UTC, in their order or an error."""
    start, end = microseconds(since), microseconds(until)
    if end < start:
        raise ParameterError("until", expected=f"an instant not before {since.isoformat()}", found=until.isoformat())
    return start, end
