"""Database state: PostgreSQL's answers in, sessions, locks, counts and settings out.

Comes in: tables of ``pg_stat_activity``, ``pg_locks``, the runbook's three queries and their fuller forms.
Goes out: ``DatabaseReading``: four frames in UTC and seconds, a line of the ledger a file, findings.

Start reading at ``reading.py``. ``shapes.py`` tells the answers apart by their headers,
``tables.py`` reads CSV, psql's tables and JSON lines, ``intervals.py`` and ``timestamps.py`` PostgreSQL's spellings,
``captured_at.py`` says when a snapshot was taken, ``redaction.py`` takes the values out of queries.
"""

from incident_analytics.sources.database.frames import ACTIVITY_SCHEMA, COUNT_SCHEMA, LOCK_SCHEMA, SETTING_SCHEMA
from incident_analytics.sources.database.reading import DatabaseReading, read_database
from incident_analytics.sources.database.redaction import redacted_query
from incident_analytics.sources.database.shapes import sniff

__all__ = [
    "ACTIVITY_SCHEMA",
    "COUNT_SCHEMA",
    "LOCK_SCHEMA",
    "SETTING_SCHEMA",
    "DatabaseReading",
    "read_database",
    "redacted_query",
    "sniff",
]
