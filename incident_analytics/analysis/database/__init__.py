"""Captured database state -> who ran long, who held connections, who waited behind whom.

In: the frames of `sources/database`: sessions, locks, counts and settings. Out: frozen numbers, ready for sentences
and to be drawn; what a capture does not tell is None or empty, never guessed.

Start reading in `blocking.py`; `captures.py` says which rows were taken together, `lock_conflicts.py` finds who
blocks where only pg_locks was kept.
"""

from incident_analytics.analysis.database.blocking import BlockedSession, BlockingChain, RootBlocker, blocking_chain
from incident_analytics.analysis.database.captures import Capture, captures_of
from incident_analytics.analysis.database.connections import ConnectionGroup, Connections, connections
from incident_analytics.analysis.database.sessions import (
    LONG_RUNNING_SECONDS,
    Session,
    idle_in_transaction,
    long_running,
    sessions_of,
)

__all__ = [
    "LONG_RUNNING_SECONDS",
    "BlockedSession",
    "BlockingChain",
    "Capture",
    "ConnectionGroup",
    "Connections",
    "RootBlocker",
    "Session",
    "blocking_chain",
    "captures_of",
    "connections",
    "idle_in_transaction",
    "long_running",
    "sessions_of",
]
