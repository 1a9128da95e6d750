"""Everything that each capture tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.database import database_states, most_waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.database import DatabaseReading


def test_the_sample_has_one_state(sample: DatabaseReading) -> None:
    """46 connections, 11 waiting, 11 active for long, 4 idle in transaction, counted by hand in its files."""
    (state,) = database_states(sample)
    assert state.connections is not None
    assert state.long_running is not None
    assert state.idle_in_transaction is not None
    counts = (state.connections.total, state.waiting, len(state.long_running), len(state.idle_in_transaction))
    assert counts == (46, 11, 11, 4)
    assert len(state.chain.places) == 11
    assert {place.file.rpartition("/")[2] for place in state.chain.places} == {"pg_locks.csv"}
    assert {place.file.rpartition("/")[2] for place in state.connections.places} == {"connection_count.csv"}


def test_states_stand_in_order_of_time_and_the_worst_is_found(written: Callable[..., DatabaseReading]) -> None:
    """Folders are named so that their order is another one."""
    states = database_states(
        written(
            **{
                "b/2024-01-15T142000Z__blocking": "pid,blocked_by\n2,{1}\n3,{1}\n",
                "c/2024-01-15T141000Z__blocking": "pid,blocked_by\n2,{1}\n",
                "a__connection_count": "count\n7\n",
            }
        )
    )
    assert [state.waiting for state in states] == [1, 2, None]
    worst = most_waiting(states)
    assert worst is not None
    assert worst.folder == "b/2024-01-15T142000Z"


def test_without_waits_the_most_connections_are_shown(written: Callable[..., DatabaseReading]) -> None:
    """5, then 9, then 7 connections."""
    files = {f"2024-01-15T14{n}000Z__connection_count": f"count\n{count}\n" for n, count in enumerate((5, 9, 7))}
    shown = most_waiting(database_states(written(**files)))
    assert shown is not None
    assert shown.connections is not None
    assert shown.connections.total == 9


def test_what_no_file_lists_is_not_called_none(written: Callable[..., DatabaseReading]) -> None:
    """The lock waits of the runbook's query tell neither sessions nor connections."""
    (state,) = database_states(written(locks="locktype,mode,granted,pid\nrelation,AccessShareLock,f,7\n"))
    assert (state.connections, state.long_running, state.idle_in_transaction) == (None, None, None)
    assert (state.waiting, state.chain.unexplained) == (1, (7,))


def test_a_session_that_says_it_waits_for_a_lock_is_counted(written: Callable[..., DatabaseReading]) -> None:
    """pg_stat_activity alone tells that 8 waits, and not for whom; 9 waits for its client."""
    header = "pid,state,query_start,state_change,wait_event_type,wait_event,query\n"
    times = "2024-01-15 14:00:00+00,2024-01-15 14:00:00+00"
    rows = f"8,active,{times},Lock,relation,x\n9,idle,{times},Client,ClientRead,y\n"
    (state,) = database_states(written(pg_stat_activity=header + rows))
    assert (state.waiting, state.chain.unexplained) == (1, (8,))
    assert [place.line for place in state.chain.places] == [2]
    assert (state.long_running, state.idle_in_transaction) == ((), ())


def test_nothing_captured_is_no_state(written: Callable[..., DatabaseReading]) -> None:
    """No file, no answer."""
    assert most_waiting(database_states(written())) is None
