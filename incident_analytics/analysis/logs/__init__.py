"""Log lines -> numbers.

In: the frame of logs as `sources` gives it (docs/columns), on pandas, polars (eager or lazy) or DuckDB.
Out: the same kind of frame, its order of rows said in each docstring. An error is a line of severity_number 17 or more
(OpenTelemetry ERROR and FATAL). What cannot be known from the lines is null, never 0.

Start reading in `error_rate`; `levels` says which lines count.
"""

from incident_analytics.analysis.logs.error_rate import (
    errors_by_service,
    errors_per_minute,
    errors_per_minute_by_service,
)
from incident_analytics.analysis.logs.first_errors import first_error_per_service
from incident_analytics.analysis.logs.message_templates import message_templates, with_template
from incident_analytics.analysis.logs.portable_pattern import portable_pattern
from incident_analytics.analysis.logs.search import recent_errors, search_logs, service_logs
from incident_analytics.analysis.logs.users import affected_users, users_affected_over_time

__all__ = [
    "affected_users",
    "errors_by_service",
    "errors_per_minute",
    "errors_per_minute_by_service",
    "first_error_per_service",
    "message_templates",
    "portable_pattern",
    "recent_errors",
    "search_logs",
    "service_logs",
    "users_affected_over_time",
    "with_template",
]
