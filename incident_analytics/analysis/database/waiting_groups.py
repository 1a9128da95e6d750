"""The chain as it can be drawn: who stands directly behind whom, sessions alike told as one group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from incident_analytics.analysis.database.blocking import BlockedSession, BlockingChain

# Deeper than this a drawing cannot be read; what stands further behind is told in groups of its own.
MOST_LEVELS: Final = 5
_Key: TypeAlias = "tuple[str, str, str]"
_Children: TypeAlias = "Mapping[int, Sequence[BlockedSession]]"


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Waiting sessions of one application with one query that wait for the same kind of lock.

    Args:
        sessions: They, in the order in which they stand.
        is_queue: Whether each stands behind the one before, and not all of them behind the same.
        is_further: Whether it is everybody alike who stands further behind than is drawn, in whatever order.
        groups: Those behind it.
    """

    sessions: tuple[BlockedSession, ...]
    is_queue: bool
    groups: tuple[WaitingGroup, ...] = ()
    is_further: bool = False

    @property
    def also_behind(self) -> tuple[int, ...]:
        """Other roots that some of them wait for, beside the one they are drawn behind."""
        roots = {root for each in self.sessions for root in each.roots}
        return tuple(sorted(roots)) if len(roots) > 1 else ()


def waiting_groups(chain: BlockingChain, root: int) -> tuple[WaitingGroup, ...]:
    """The groups directly behind a root blocker, each with those behind it, the largest first.

    A session stands behind the last of those ahead of it, so that it is drawn once however many block it. Sessions
    alike that queue one behind the other are one group, and so are those that stand side by side.
    """
    children: dict[int, list[BlockedSession]] = {}
    for each in chain.blocked:
        children.setdefault(each.behind, []).append(each)
    return _groups(children.get(root, ()), children, MOST_LEVELS)


def _groups(waiting: Sequence[BlockedSession], children: _Children, levels: int) -> tuple[WaitingGroup, ...]:
    if levels == 0:
        everybody = [*waiting, *_behind(waiting, children)]
        return _by_size(WaitingGroup(tuple(each), is_queue=False, is_further=True) for each in _alike(everybody))
    return _by_size(_group(each, children, levels) for each in _alike(waiting))


def _group(alike: Sequence[BlockedSession], children: _Children, levels: int) -> WaitingGroup:
    queue = list(alike)
    if len(alike) == 1:
        while len(behind := children.get(queue[-1].pid, ())) == 1 and _key(behind[0]) == _key(queue[-1]):
            queue += behind
    is_queue = len(queue) > len(alike)
    last = queue[-1:] if is_queue else queue
    next_ones = [each for ahead in last for each in children.get(ahead.pid, ())]
    return WaitingGroup(tuple(queue), is_queue, _groups(next_ones, children, levels - 1) if next_ones else ())


def _behind(waiting: Sequence[BlockedSession], children: _Children) -> list[BlockedSession]:
    found: list[BlockedSession] = []
    ahead = list(waiting)
    while ahead:
        ahead = [each for one in ahead for each in children.get(one.pid, ())]
        found += ahead
    return found


def _alike(waiting: Iterable[BlockedSession]) -> list[list[BlockedSession]]:
    alike: dict[_Key, list[BlockedSession]] = {}
    for each in waiting:
        alike.setdefault(_key(each), []).append(each)
    return list(alike.values())


def _by_size(groups: Iterable[WaitingGroup]) -> tuple[WaitingGroup, ...]:
    return tuple(sorted(groups, key=lambda each: (-_size(each), each.sessions[0].pid)))


def _size(group: WaitingGroup) -> int:
    return len(group.sessions) + sum(_size(each) for each in group.groups)


def _key(session: BlockedSession) -> _Key:
    return session.application or "", " ".join((session.query or "").split()), session.wait or ""
