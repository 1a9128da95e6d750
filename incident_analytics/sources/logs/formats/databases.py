"""PostgreSQL's text log with the default prefix of a time and a process."""

from __future__ import annotations

from typing import Final

from incident_analytics.sources.logs.formats.text_format import DIGITS, TextFormat, pattern
from incident_analytics.sources.logs.severity import severity_of_postgres

POSTGRESQL: Final = TextFormat(
    "postgresql",
    DIGITS,
    pattern(
        r"""(?P<time>\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [A-Z]{2,5}| ?[+-]\d\d(?::\d\d)?))[ ]
        (?P<prefix>.*? )??
        (?P<level>DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|STATEMENT|
        LOCATION): {2}
        (?P<message>.*)"""
    ),
    severity=severity_of_postgres,
)

FORMATS: Final = (POSTGRESQL,)
