"""The clocks of all sources against each other, and the events of which two sources tell different times."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.source_clocks.offset import Offset, clock_offset
from incident_analytics.analysis.source_clocks.same_event import ToldTwice, told_twice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incident_analytics.analysis.events import Event
    from incident_analytics.analysis.source_clocks.backwards import SetBack
    from incident_analytics.analysis.source_clocks.requests import RequestClocks
    from incident_analytics.analysis.source_clocks.same_bursts import SameBurst
    from incident_analytics.analysis.source_clocks.server_dates import ServerDates

# Two people write the same event down within this.
CONFLICT_FROM: Final = 30.0
_EXPLAINED_WITHIN: Final = 60.0


@dataclass(frozen=True, slots=True)
class ClocksCompared:
    """What the sources say of each other's clocks.

    Args:
        offsets: Each two sources that tell an event in common, the surest first; most cannot be told.
        conflicts: Events of which two sources tell different times that no offset explains, in order of time.
        requests: Services compared by the requests they both log.
        set_back: Files of logs whose clock was set back.
        dates: Services compared with the dates of the answers they log.
        bursts: Services whose errors rose for as long, quarter hours apart.
    """

    offsets: tuple[Offset, ...]
    conflicts: tuple[ToldTwice, ...]
    requests: tuple[RequestClocks, ...]
    set_back: tuple[SetBack, ...]
    dates: tuple[ServerDates, ...] = ()
    bursts: tuple[SameBurst, ...] = ()

    @property
    def told(self) -> tuple[Offset, ...]:
        """The sources whose clocks differ."""
        return tuple(offset for offset in self.offsets if offset.is_told)

    @property
    def skewed_services(self) -> tuple[RequestClocks, ...]:
        """Services that lie whole, half or quarter hours apart, each odd one once, by what most ids tell."""
        zones = sorted((each for each in self.requests if each.zone_seconds is not None), key=lambda each: -each.n)
        once = {each.odd or f"{each.service} {each.against}": each for each in reversed(zones)}
        return tuple(each for each in zones if each in once.values())


def clocks_compared(
    events: Iterable[Event],
    requests: tuple[RequestClocks, ...] = (),
    set_back: tuple[SetBack, ...] = (),
    dates: tuple[ServerDates, ...] = (),
    bursts: tuple[SameBurst, ...] = (),
) -> ClocksCompared:
    """Compares the sources of a timeline by what two of them tell.

    Args:
        events: The merged timeline.
        requests: As `request_clocks` gives them.
        set_back: As `clocks_set_back` gives them.
        dates: As `server_dates` gives them.
        bursts: As `same_bursts` gives them.
    """
    pairs = told_twice(events)
    by_sources: dict[tuple[str, str], list[ToldTwice]] = defaultdict(list)
    for pair in pairs:
        by_sources[pair.first.told_by, pair.second.told_by].append(pair)
    offsets = [clock_offset(second, first, told) for (first, second), told in by_sources.items()]
    offsets.sort(key=lambda each: (not each.is_told, -each.n, each.source, each.against))
    explained = {(each.against, each.source): each for each in offsets if each.is_told}
    conflicts = tuple(
        pair for pair in pairs if pair.seconds_apart >= CONFLICT_FROM and not _is_explained(pair, explained)
    )
    return ClocksCompared(tuple(offsets), conflicts, requests, set_back, dates, bursts)


def _is_explained(pair: ToldTwice, offsets: dict[tuple[str, str], Offset]) -> bool:
    offset = offsets.get((pair.first.told_by, pair.second.told_by))
    if offset is None or offset.seconds is None:
        return False
    return abs(pair.seconds - offset.seconds) <= _EXPLAINED_WITHIN + pair.slack
