"""PostgreSQL's csvlog: a table without a header, known by the shape of its first cells."""

from __future__ import annotations

import re
from typing import Final

from incident_analytics.sources.logs.severity import severity_of_postgres
from incident_analytics.sources.logs.table import TableHeader

COLUMNS: Final = (
    "log_time", "user_name", "database_name", "process_id", "connection_from", "session_id", "session_line_num",
    "command_tag", "session_start_time", "virtual_transaction_id", "transaction_id", "error_severity",
    "sql_state_code", "message", "detail", "hint", "internal_query", "internal_query_pos", "context", "query",
    "query_pos", "location", "application_name", "backend_type", "leader_pid", "query_id",
)  # fmt: skip
FEWEST: Final = 23  # of PostgreSQL 12; 13 added backend_type, 14 the last two

_CELL: Final = r'(?:"(?:[^"]|"")*"|[^",]*)'
_FIRST_CELLS: Final = re.compile(
    rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{{3}} [^,]+,(?:{_CELL},){{2}}\d*,{_CELL},[0-9a-f]+\.[0-9a-f]+,\d+,"
)


def csvlog_header(line: str) -> TableHeader | None:
    """The columns of a csvlog whose first line this is, or None where it is none."""
    if _FIRST_CELLS.match(line) is None:
        return None
    roles = {role: COLUMNS.index(name) for role, name in _ROLES.items()}
    return TableHeader(
        ",", COLUMNS, roles, fewest=FEWEST, is_written=False, written_by="postgresql", severity=severity_of_postgres
    )


_ROLES: Final = {"time": "log_time", "level": "error_severity", "message": "message"}
