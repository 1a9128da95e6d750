"""The graph of waits: roots, depths, whom each session stands behind, and circles."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class WaitsFor:
    """Who waits for whom.

    Args:
        blockers: For each waiting session, those it waits for.
        roots: Sessions that wait for nobody and are waited for, by process.
        depths: For each waiting session that reaches a root, the longest way there.
        in_circle: Waiting sessions whose way never ends at a root alone.
        roots_of: The roots that each waiting session that reaches one waits for in the end.
    """

    blockers: dict[int, tuple[int, ...]]
    roots: tuple[int, ...]
    depths: dict[int, int]
    in_circle: tuple[int, ...]
    roots_of: dict[int, tuple[int, ...]]

    @staticmethod
    def of(blockers: Mapping[int, tuple[int, ...]]) -> WaitsFor:
        """The graph; sessions that do not wait for anybody are no keys.

        >>> WaitsFor.of({2: (1,), 3: (1, 2)}).depths
        {2: 1, 3: 2}
        """
        known = {pid: tuple(sorted(set(found))) for pid, found in blockers.items() if found}
        behind: dict[int, list[int]] = {}
        for pid, found in known.items():
            for blocker in found:
                behind.setdefault(blocker, []).append(pid)
        first = sorted(blocker for blocker in behind if blocker not in known)
        depths = dict.fromkeys(first, 0)
        roots = {root: frozenset((root,)) for root in first}
        open_ones = {pid: len(found) for pid, found in known.items()}
        ready = deque(first)
        # Each wait is looked at once: of a queue, pg_blocking_pids() lists everybody ahead of everybody.
        while ready:
            for pid in behind.get(ready.popleft(), ()):
                open_ones[pid] -= 1
                if open_ones[pid] == 0:
                    depths[pid] = 1 + max(depths[each] for each in known[pid])
                    roots[pid] = frozenset().union(*(roots[each] for each in known[pid]))
                    ready.append(pid)
        waiting = {pid: depths[pid] for pid in sorted(known) if pid in depths}
        ends = {pid: tuple(sorted(roots[pid])) for pid in waiting}
        return WaitsFor(known, tuple(first), waiting, tuple(sorted(known.keys() - depths.keys())), ends)

    def behind(self, pid: int) -> int:
        """The last of the sessions that stand ahead of this one."""
        return max(self.blockers[pid], key=lambda each: (self.depths.get(each, 0), -each))
