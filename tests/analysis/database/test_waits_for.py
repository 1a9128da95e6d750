"""The graph of waits."""

from __future__ import annotations

from incident_analytics.analysis.database.waits_for import WaitsFor


def test_a_session_behind_two_roots_has_both() -> None:
    """3 waits for 1 and 2, 4 for 3."""
    waits = WaitsFor.of({3: (1, 2), 4: (3,)})
    assert waits.roots == (1, 2)
    assert waits.roots_of[4] == (1, 2)
    assert waits.depths == {3: 1, 4: 2}
    assert waits.behind(3) == 1


def test_a_chain_of_thousands_is_no_depth_of_calls() -> None:
    """Every connection of a large server in one chain."""
    waits = WaitsFor.of({pid: (pid - 1,) for pid in range(1, 3000)})
    assert (waits.roots, waits.depths[2999], waits.roots_of[2999]) == ((0,), 2999, (0,))


def test_a_long_queue_in_which_everybody_ahead_is_listed_is_looked_at_once() -> None:
    """Half a million waits of a thousand sessions, as pg_blocking_pids() tells a queue."""
    waits = WaitsFor.of({pid: tuple(range(pid)) for pid in range(1, 1000)})
    assert (waits.depths[999], waits.behind(999), waits.roots_of[999]) == (999, 998, (0,))
