"""Finding lines: recent errors, one service, a pattern (runbook, "Log analysis")."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import narwhals as nw

from incident_analytics.analysis.engine_door import hidden, kept_rows, microseconds
from incident_analytics.analysis.logs.levels import LOG_COLUMNS, is_error
from incident_analytics.analysis.logs.portable_pattern import portable_pattern
from incident_analytics.errors import ParameterError

if TYPE_CHECKING:
    from narwhals.typing import IntoFrameT

_IN_ORDER: Final = ("timestamp", "file", "line")


def recent_errors(logs: IntoFrameT, *, last: dt.timedelta, until: dt.datetime) -> IntoFrameT:
    """The error lines from `until - last` to `until`, both instants included.

    Args:
        logs: The frame of logs; a line without a time or level is not an error of this window.
        last: How far back, such as one hour; above zero.
        until: The aware end of the window, usually the latest instant of the input.

    Returns:
        The lines with every column as it was, by timestamp, file, line.

    Raises:
        ParameterError: `last` is not above zero, or `until` has no zone.
    """
    if last <= dt.timedelta(0):
        raise ParameterError("last", expected="a duration above zero", found=str(last))
    end = microseconds(until)
    start = end - last // dt.timedelta(microseconds=1)
    at = nw.col(hidden("timestamp"))
    condition = (at >= start) & (at <= end) & is_error(nw.col(hidden("severity_number")))
    return kept_rows(logs, _used("severity_number"), condition, order=_IN_ORDER)


def service_logs(logs: IntoFrameT, service: str) -> IntoFrameT:
    """The lines of one service, its name exactly as given.

    Returns:
        The lines with every column as it was, by timestamp, file, line; lines without a time come last.
    """
    return kept_rows(logs, _used("service"), nw.col(hidden("service")) == service, order=_IN_ORDER)


def search_logs(logs: IntoFrameT, pattern: str) -> IntoFrameT:
    r"""The lines that a pattern is found in, as `grep -E` finds it: anywhere in the line, case counts.

    A line is looked at as it was written (raw) and as it is read (message), so that neither JSON escapes nor fields
    beside the message hide a hit.

    Args:
        logs: The frame of logs, or any frame with message or raw.
        pattern: A regular expression of the dialect in `portable_pattern`, such as ``timeout|connection refused``;
            ``(?i)`` in front ignores case.

    Returns:
        The lines with every column as it was, by timestamp, file, line; lines without a time come last.

    Raises:
        ParameterError: The pattern is not one; the message says at which character.
    """
    portable = portable_pattern(pattern)
    message, raw = (nw.col(hidden(name)).str.contains(portable).fill_null(value=False) for name in ("message", "raw"))
    return kept_rows(logs, _used("message", "raw"), message | raw, order=_IN_ORDER)


def _used(*names: str) -> dict[str, nw.dtypes.DType]:
    return {name: LOG_COLUMNS[name] for name in (*names, *_IN_ORDER)}
