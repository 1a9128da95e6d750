"""How many lines were errors: by minute, by service, by both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals as nw

from incident_analytics.analysis.engine_door import (
    INSTANT,
    INTEGER,
    MINUTE,
    NUMBER,
    TEXT,
    closed,
    floored,
    opened,
)
from incident_analytics.analysis.logs.levels import has_level, is_error
from incident_analytics.analysis.logs.window import lines_between

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from narwhals.typing import IntoFrameT

    from incident_analytics.analysis.engine_door import PortableFrame

_USED: Final = {"timestamp": INSTANT, "severity_number": INTEGER, "service": TEXT}
_COUNTS: Final = {"lines": INTEGER, "lines_with_level": INTEGER, "errors": INTEGER, "error_share": NUMBER}


def errors_per_minute(logs: IntoFrameT) -> IntoFrameT:
    """Lines and errors of each minute that has a line.

    A minute without lines has no row: silence is not zero errors. A line without a time belongs to no minute.

    Args:
        logs: Columns timestamp and severity_number; the level is null where it is unknown.

    Returns:
        minute_at, lines, lines_with_level, errors, error_share (errors / lines_with_level, 0 to 1), by minute_at.
        errors and error_share are null where no line of the minute had a known level.

    Raises:
        ParameterError: A column that cannot be read as what it should be, such as a timestamp without a zone.

    >>> import polars as pl
    >>> from datetime import UTC, datetime
    >>> at = datetime(2024, 1, 15, 14, 15, 30, tzinfo=UTC)
    >>> logs = pl.DataFrame({"timestamp": [at] * 4, "severity_number": [9, 9, 17, None]})
    >>> errors_per_minute(logs).drop("minute_at").rows()
    [(4, 3, 1, 0.3333333333333333)]
    """
    counts = _counted(_by_minute(logs), ["minute_at"]).sort("minute_at")
    return closed(counts, logs, {"minute_at": INSTANT, **_COUNTS})


def errors_per_minute_by_service(logs: IntoFrameT) -> IntoFrameT:
    """Lines and errors of each minute and service that has a line.

    Args:
        logs: As for `errors_per_minute`, and service; lines that name none are counted under null.

    Returns:
        minute_at, service and the counts of `errors_per_minute`, by minute_at, then service, null last.
    """
    keys = ["minute_at", "service"]
    counts = _counted(_by_minute(logs), keys).sort(*keys, nulls_last=True)
    return closed(counts, logs, {"minute_at": INSTANT, "service": TEXT, **_COUNTS})


def errors_by_service(
    logs: IntoFrameT, *, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> IntoFrameT:
    """Lines and errors of each service, over the whole frame or in a window.

    Args:
        logs: As for `errors_per_minute_by_service`.
        since: Aware start of the window, included; none is open.
        until: Aware end of the window, included; none is open. Without a window lines without a time count too.

    Returns:
        service, the counts of `errors_per_minute`, first_error_at and last_error_at (null without an error that has a
        time); most errors first, unknown counts last, ties by service.

    Raises:
        ParameterError: `until` lies before `since`, or one of them has no zone.
    """
    lines = lines_between(opened(logs, _USED), since, until).with_columns(
        error_at=nw.when(is_error(nw.col("severity_number"))).then(nw.col("timestamp"))
    )
    spans = [nw.col("error_at").min().alias("first_error_at"), nw.col("error_at").max().alias("last_error_at")]
    counts = _counted(lines, ["service"], spans)
    ordered = counts.sort("errors", "service", descending=[True, False], nulls_last=True)
    spans_out = {"first_error_at": INSTANT, "last_error_at": INSTANT}
    return closed(ordered, logs, {"service": TEXT, **_COUNTS, **spans_out})


def _by_minute(logs: IntoFrameT) -> PortableFrame:
    lines = opened(logs, _USED)
    return lines.filter(~nw.col("timestamp").is_null()).with_columns(minute_at=floored(nw.col("timestamp"), MINUTE))


def _counted(lines: PortableFrame, keys: Sequence[str], further: Sequence[nw.Expr] = ()) -> PortableFrame:
    """Counts by key; errors and their share are null where no line had a level."""
    severity = nw.col("severity_number")
    flagged = lines.with_columns(
        has_level=has_level(severity).cast(INTEGER),
        is_error=is_error(severity).cast(INTEGER),
    )
    counted = flagged.group_by(*keys).agg(
        nw.len().alias("lines"),
        nw.col("has_level").sum().alias("lines_with_level"),
        nw.col("is_error").sum().alias("found"),
        *further,
    )
    known = counted.with_columns(errors=nw.when(nw.col("lines_with_level") > 0).then(nw.col("found")))
    return known.with_columns(error_share=nw.col("errors").cast(NUMBER) / nw.col("lines_with_level").cast(NUMBER))
