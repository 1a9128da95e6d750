"""Who stands behind whom, gathered for a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.analysis.database import blocking_chain, waiting_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.database import WaitingGroup
    from incident_analytics.sources.database import DatabaseReading

HEADER = "pid,blocked_by,wait_event_type,wait_event,application_name,query\n"


def told(groups: tuple[WaitingGroup, ...]) -> list[object]:
    """Sessions of each group with those behind it."""
    return [([each.pid for each in group.sessions], told(group.groups)) for group in groups]


def gathered(reading: DatabaseReading, root: int) -> tuple[WaitingGroup, ...]:
    """The groups behind a root of the reading's chain."""
    chain = blocking_chain(reading)
    assert chain is not None
    return waiting_groups(chain, root)


def test_the_sample_is_one_session_and_a_queue_of_ten(sample: DatabaseReading) -> None:
    """4190 waits for the transaction of 4187, the others one behind the other for the row."""
    (first,) = gathered(sample, 4187)
    assert [each.pid for each in first.sessions] == [4190]
    (queue,) = first.groups
    assert [each.pid for each in queue.sessions] == [4192, 4194, 4196, 4198, 4200, 4202, 4204, 4206, 4208, 4210]
    assert (first.is_queue, queue.is_queue, queue.groups) == (False, True, ())


def test_sessions_alike_side_by_side_are_one_group(written: Callable[..., DatabaseReading]) -> None:
    """Of application a 2, 3 and 5, of b 4; behind 5 stands 6, whichever of the three it is drawn behind."""
    rows = "2,{1},Lock,relation,a,q\n3,{1},Lock,relation,a,q\n4,{1},Lock,relation,b,q\n5,{1},Lock,relation,a,q\n"
    found = gathered(written(blocking=f"{HEADER}{rows}6,{{5}},Lock,tuple,c,q\n"), 1)
    assert told(found) == [([2, 3, 5], [([6], [])]), ([4], [])]
    assert found[0].is_queue is False


def test_another_query_begins_another_group(written: Callable[..., DatabaseReading]) -> None:
    """Line breaks do not make a query another."""
    rows = '2,{1},Lock,tuple,a,"update  t\nset a"\n3,{2},Lock,tuple,a,update t set a\n4,{3},Lock,tuple,a,delete\n'
    assert told(gathered(written(blocking=HEADER + rows), 1)) == [([2, 3], [([4], [])])]


def test_a_long_chain_of_different_sessions_ends_in_one_group(written: Callable[..., DatabaseReading]) -> None:
    """A thousand levels are neither drawn nor too many: five are, the rest is told by application."""
    rows = "".join(f"{pid},{{{pid - 1}}},Lock,tuple,{'ab'[pid % 2]},q\n" for pid in range(2, 1002))
    level = gathered(written(blocking=HEADER + rows), 1)
    for expected in (2, 3, 4, 5, 6):
        (group,) = level
        assert [each.pid for each in group.sessions] == [expected]
        level = group.groups
    assert [(len(group.sessions), group.is_further) for group in level] == [(498, True), (497, True)]


def test_a_session_behind_two_roots_is_drawn_once(written: Callable[..., DatabaseReading]) -> None:
    """3 waits for 1 and for 2: it hangs from the first, and its group names both."""
    reading = written(blocking=f'{HEADER}3,"{{1,2}}",Lock,tuple,a,q\n')
    (group,) = gathered(reading, 1)
    assert group.also_behind == (1, 2)
    assert gathered(reading, 2) == ()
