"""The graph of waits: roots, depths, whom each session stands behind, and circles."""

from __future__ import annotations

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
    """

    blockers: dict[int, tuple[int, ...]]
    roots: tuple[int, ...]
    depths: dict[int, int]
    in_circle: tuple[int, ...]

    @staticmethod
    def of(blockers: Mapping[int, tuple[int, ...]]) -> WaitsFor:
        """The graph; sessions that do not wait for anybody are no keys.

        >>> WaitsFor.of({2: (1,), 3: (1, 2)}).depths
        {2: 1, 3: 2}
        """
        known = {pid: tuple(sorted(set(found))) for pid, found in blockers.items() if found}
        roots = {blocker for found in known.values() for blocker in found if blocker not in known}
        depths = dict.fromkeys(roots, 0)
        left = dict(known)
        while left:
            ready = [pid for pid, found in left.items() if all(each in depths for each in found)]
            if not ready:
                break
            for pid in ready:
                depths[pid] = 1 + max(depths[each] for each in left.pop(pid))
        waiting = {pid: depths[pid] for pid in sorted(known) if pid in depths}
        return WaitsFor(known, tuple(sorted(roots)), waiting, tuple(sorted(left)))

    def behind(self, pid: int) -> int:
        """The last of the sessions that stand ahead of this one."""
        return max(self.blockers[pid], key=lambda each: (self.depths.get(each, 0), -each))

    def roots_of(self, pid: int) -> tuple[int, ...]:
        """The roots that a waiting session waits for in the end."""
        found: set[int] = set()
        seen: set[int] = set()
        ahead = [pid]
        while ahead:
            each = ahead.pop()
            if each in seen:
                continue
            seen.add(each)
            if each in self.blockers:
                ahead.extend(self.blockers[each])
            else:
                found.add(each)
        return tuple(sorted(found))
