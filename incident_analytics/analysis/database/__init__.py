"""Captured database state -> who ran long, who held connections, who waited behind whom.

In: the frames of `sources/database`: sessions, locks, counts and settings. Out: frozen numbers, ready for sentences
and to be drawn; what a capture does not tell is None or empty, never guessed.

Start reading in `blocking.py`; `captures.py` says which rows were taken together, `lock_conflicts.py` finds who
blocks where only pg_locks was kept, `waiting_groups.py` gathers a chain for a drawing, `state.py` has it all a capture.
"""

from incident_analytics.analysis.database.blocking import (
    BlockedSession,
    BlockingChain,
    RootBlocker,
    blocking_chain,
    chain_of,
)
from incident_analytics.analysis.database.captures import Capture, captures_of
from incident_analytics.analysis.database.connections import ConnectionGroup, Connections, connections
from incident_analytics.analysis.database.sessions import (
    LONG_RUNNING_SECONDS,
    Session,
    idle_in_transaction,
    long_running,
    sessions_of,
)
from incident_analytics.analysis.database.state import DatabaseState, database_states, most_waiting
from incident_analytics.analysis.database.waiting_groups import WaitingGroup, waiting_groups

__all__ = [
    "LONG_RUNNING_SECONDS",
    "BlockedSession",
    "BlockingChain",
    "Capture",
    "ConnectionGroup",
    "Connections",
    "DatabaseState",
    "RootBlocker",
    "Session",
    "WaitingGroup",
    "blocking_chain",
    "captures_of",
    "chain_of",
    "connections",
    "database_states",
    "idle_in_transaction",
    "long_running",
    "most_waiting",
    "sessions_of",
    "waiting_groups",
]
