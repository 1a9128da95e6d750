"""Database state: PostgreSQL's answers as CSV in, sessions, locks and counts out.

Comes in: CSV of ``pg_stat_activity``, ``pg_locks``, the runbook's three queries and their fuller forms.
Goes out: ``DatabaseReading``: three frames in UTC and seconds, a line of the ledger a file, findings.

Start reading at ``reading.py``. ``shapes.py`` tells the answers apart by their headers,
``intervals.py`` and ``timestamps.py`` read PostgreSQL's spellings, ``captured_at.py`` says when a
snapshot was taken.
"""

from incident_analytics.sources.database.frames import ACTIVITY_SCHEMA, COUNT_SCHEMA, LOCK_SCHEMA
from incident_analytics.sources.database.reading import DatabaseReading, read_database
from incident_analytics.sources.database.shapes import sniff

__all__ = ["ACTIVITY_SCHEMA", "COUNT_SCHEMA", "LOCK_SCHEMA", "DatabaseReading", "read_database", "sniff"]
