"""The chain of waits: the planted one of the sample incident, a recorded one, and odd ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from incident_analytics.analysis.database import blocking_chain

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.sources.database import DatabaseReading


def test_eleven_sessions_wait_behind_4187(sample: DatabaseReading) -> None:
    """It has been idle in transaction since 14:12:19."""
    chain = blocking_chain(sample)
    assert chain is not None
    assert [(root.pid, root.state, root.waiting, root.deepest) for root in chain.roots] == [
        (4187, "idle in transaction", 11, 11)
    ]
    assert chain.roots[0].since == datetime(2024, 1, 15, 14, 12, 19, 485513, tzinfo=UTC)
    assert chain.roots[0].seconds == 910.514487
    assert (chain.told_by, chain.unexplained, chain.in_circle, chain.captures) == ("pg_blocking_pids", (), (), 1)


def test_each_stands_behind_the_last_ahead_of_it(sample: DatabaseReading) -> None:
    """pg_blocking_pids lists everybody ahead in the queue; a drawing joins the nearest."""
    chain = blocking_chain(sample)
    assert chain is not None
    told = [(each.pid, each.behind, each.depth) for each in chain.blocked]
    assert told[:3] == [(4190, 4187, 1), (4192, 4190, 2), (4194, 4192, 3)]
    assert told[-1] == (4210, 4208, 11)
    assert {each.roots for each in chain.blocked} == {(4187,)}
    first = chain.blocked[0]
    assert first.since == datetime(2024, 1, 15, 14, 12, 19, 794713, tzinfo=UTC)
    assert (first.seconds, first.wait, first.application) == (910.205287, "Lock transactionid", "payment-processor")


def test_locks_alone_name_the_blocker(recorded: Callable[..., DatabaseReading]) -> None:
    """18737 holds the transaction that 18764 waits for, which holds the tuple that 18768 waits for."""
    chain = blocking_chain(recorded("db_pg_locks.csv", "db_pg_stat_activity.csv"))
    assert chain is not None
    assert chain.told_by == "pg_locks"
    assert [(root.pid, root.state, root.waiting) for root in chain.roots] == [(18737, "idle in transaction", 2)]
    assert [(each.pid, each.behind, each.depth) for each in chain.blocked] == [(18764, 18737, 1), (18768, 18764, 2)]


def test_waiting_locks_alone_do_not_name_it(recorded: Callable[..., DatabaseReading]) -> None:
    """The runbook's query lists locks that are not granted; whoever holds them is not told."""
    chain = blocking_chain(recorded("db_lock_waits.csv"))
    assert chain is not None
    assert (chain.told_by, chain.roots, chain.blocked) == ("", (), ())
    assert chain.unexplained == (18764, 18768)


def test_a_root_that_is_not_listed_is_named_without_its_state(recorded: Callable[..., DatabaseReading]) -> None:
    """The blocking query lists waiting sessions only."""
    chain = blocking_chain(recorded("db_blocking.csv"))
    assert chain is not None
    root = chain.roots[0]
    assert (root.pid, root.state, root.since, root.seconds, root.file) == (18737, None, None, None, "")
    assert [each.seconds for each in chain.blocked] == [4.608186, 4.575913]


def test_a_circle_is_named_as_one(written: Callable[..., DatabaseReading]) -> None:
    """1 and 2 wait for each other, 3 behind them; 4 waits for 9."""
    chain = blocking_chain(written(blocking='pid,blocked_by\n1,{2}\n2,{1}\n3,"{1,2}"\n4,{9}\n'))
    assert chain is not None
    assert chain.in_circle == (1, 2, 3)
    assert [(each.pid, each.behind) for each in chain.blocked] == [(4, 9)]


def test_the_capture_with_most_waits_is_told(written: Callable[..., DatabaseReading]) -> None:
    """Three captures, the second with two waiting."""
    chain = blocking_chain(
        written(
            **{
                "2024-01-15T142000Z__blocking": "pid,blocked_by\n2,{1}\n",
                "2024-01-15T142100Z__blocking": "pid,blocked_by\n2,{1}\n3,{2}\n",
                "2024-01-15T142200Z__blocking": "pid,blocked_by\n2,{}\n",
            }
        )
    )
    assert chain is not None
    assert chain.captured_at == datetime(2024, 1, 15, 14, 21, tzinfo=UTC)
    assert (len(chain.blocked), chain.captures) == (2, 3)


def test_nothing_captured_is_no_chain(written: Callable[..., DatabaseReading]) -> None:
    """No file, no answer."""
    assert blocking_chain(written()) is None
