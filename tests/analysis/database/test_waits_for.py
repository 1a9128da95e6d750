"""The graph of waits."""

from __future__ import annotations

from incident_analytics.analysis.database.waits_for import WaitsFor


def test_a_session_behind_two_roots_has_both() -> None:
    """3 waits for 1 and 2, 4 for 3."""
    waits = WaitsFor.of({3: (1, 2), 4: (3,)})
    assert waits.roots == (1, 2)
    assert waits.roots_of(4) == (1, 2)
    assert waits.depths == {3: 1, 4: 2}
    assert waits.behind(3) == 1


def test_a_chain_of_thousands_is_no_depth_of_calls() -> None:
    """Every connection of a large server in one chain."""
    waits = WaitsFor.of({pid: (pid - 1,) for pid in range(1, 3000)})
    assert (waits.roots, waits.depths[2999], waits.roots_of(2999)) == ((0,), 2999, (0,))
