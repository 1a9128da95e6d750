"""The first error of each service: who broke first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals as nw

from incident_analytics.analysis.engine_door import INSTANT, INTEGER, TEXT, closed, opened
from incident_analytics.analysis.logs.levels import LOG_COLUMNS, is_error
from incident_analytics.analysis.logs.window import lines_between

if TYPE_CHECKING:
    import datetime as dt

    from narwhals.typing import IntoFrameT

_USED: Final = {
    name: LOG_COLUMNS[name] for name in ("timestamp", "severity_number", "service", "message", "file", "line")
}
# a service that names itself with a zero character does not occur; a null key is dropped by some engines
_NO_SERVICE: Final = "\0"
_AFTER_ALL: Final = 2**62


def first_error_per_service(
    logs: IntoFrameT, *, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> IntoFrameT:
    """The earliest error line of each service, in all logs or in a window.

    Logs have errors on quiet days too: who broke first in an incident is asked with `since`.

    Of two errors at the same instant the one of the smaller file name, then of the smaller line, is first.

    Args:
        logs: Columns timestamp, severity_number, service, message, file, line.
        since: Aware start of the window, included; none is open.
        until: Aware end of the window, included; none is open.

    Returns:
        service, first_error_at, message, file, line: one row a service with an error, in order of first_error_at,
        ties by service. Null service: lines that name none. Null first_error_at (last, and only
        without a window): no error has a time.

    Raises:
        ParameterError: `until` lies before `since`, or one of them has no zone.
    """
    errors = lines_between(opened(logs, _USED), since, until).filter(is_error(nw.col("severity_number")))
    keyed = errors.with_columns(
        service=nw.col("service").fill_null(_NO_SERVICE),
        timestamp=nw.col("timestamp").fill_null(_AFTER_ALL),
        file_order=nw.col("file").fill_null(""),
        line_order=nw.col("line").fill_null(0),
        one=nw.col("severity_number") * 0 + 1,
    )
    ordered = ["timestamp", "file_order", "line_order"]
    placed = keyed.with_columns(place=nw.col("one").cum_sum().over("service", order_by=ordered))
    firsts = placed.filter(nw.col("place") == 1).with_columns(
        service_name=nw.when(nw.col("service") != _NO_SERVICE).then(nw.col("service")),
        first_error_at=nw.when(nw.col("timestamp") < _AFTER_ALL).then(nw.col("timestamp")),
    )
    found = firsts.sort("timestamp", "service_name", nulls_last=True).drop("service")
    columns = {"service": TEXT, "first_error_at": INSTANT, "message": TEXT, "file": TEXT, "line": INTEGER}
    return closed(found.rename({"service_name": "service"}), logs, columns)
