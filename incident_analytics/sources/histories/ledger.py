"""The ledger of a history: what became of every row, and everything that was assumed, doubtful or left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from incident_analytics.model.measurement import Place
    from incident_analytics.sources.ledger import FileReading

MOST_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened, and where it was seen first.

    Args:
        reason: What happened, in words.
        count: How often.
        examples: The first places, at most five.
    """

    reason: str
    count: int
    examples: tuple[Place, ...] = ()


@dataclass(frozen=True)
class HistoryLedger:
    """What became of every row of a history: ``rows`` is ``incidents`` and ``merged`` and all ``dropped`` together.

    Args:
        files: Each file with its reader, rows and what to know.
        rows: Rows or records read.
        incidents: Rows of the frame.
        merged: Rows that tell of an incident that another row tells of too.
        dropped: Rows left out, by reason.
        unread: Values that could not be read and are null, by field.
        unknown_severities: How many incidents carry a severity that the runbook does not know, by what was written;
            the empty text counts those that carry none.
        zones: How many times were read in each zone.
        zones_assumed: How many of them named no zone, by the zone they were read in as a guess.
        currencies: How many amounts are in each currency; the empty text counts those that name none.
        negative_durations: How many incidents end before they begin, by the two milestones.
        rows_differ: Where several rows tell of one incident: how many incidents' rows differ, by field.
        doubts: How often each rule of `docs/definitions.md` was met in the records.
    """

    files: tuple[FileReading, ...] = ()
    rows: int = 0
    incidents: int = 0
    merged: int = 0
    dropped: tuple[Counted, ...] = ()
    unread: tuple[Counted, ...] = ()
    unknown_severities: Mapping[str, int] = field(default_factory=dict)
    zones: Mapping[str, int] = field(default_factory=dict)
    zones_assumed: Mapping[str, int] = field(default_factory=dict)
    currencies: Mapping[str, int] = field(default_factory=dict)
    negative_durations: Mapping[str, int] = field(default_factory=dict)
    rows_differ: Mapping[str, int] = field(default_factory=dict)
    doubts: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows_dropped(self) -> int:
        """How many rows were left out, for whatever reason."""
        return sum(each.count for each in self.dropped)


@dataclass
class Tally:
    """What has been counted so far while a history is read; ends as a `HistoryLedger`."""

    files: list[FileReading] = field(default_factory=list)
    rows: int = 0
    merged: int = 0
    zones: Counter[str] = field(default_factory=Counter)
    zones_assumed: Counter[str] = field(default_factory=Counter)
    rows_differ: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    _dropped: dict[str, Counted] = field(default_factory=dict)
    _unread: dict[str, Counted] = field(default_factory=dict)

    def drop(self, reason: str, count: int, examples: Iterable[Place]) -> None:
        """Counts rows left out."""
        _count(self._dropped, reason, count, examples)

    def lose(self, reason: str, count: int, examples: Iterable[Place]) -> None:
        """Counts values that could not be read."""
        _count(self._unread, reason, count, examples)

    @property
    def dropped(self) -> tuple[Counted, ...]:
        """Rows left out, the most frequent reason first."""
        return _in_order(self._dropped)

    @property
    def unread(self) -> tuple[Counted, ...]:
        """Values that could not be read, the most frequent field first."""
        return _in_order(self._unread)


def _count(counts: dict[str, Counted], reason: str, count: int, examples: Iterable[Place]) -> None:
    if count:
        before = counts.get(reason, Counted(reason, 0))
        room = MOST_EXAMPLES - len(before.examples)
        seen = tuple(place for place, _ in zip(examples, range(room), strict=False))
        counts[reason] = Counted(reason, before.count + count, before.examples + seen)


def _in_order(counts: dict[str, Counted]) -> tuple[Counted, ...]:
    return tuple(sorted(counts.values(), key=lambda each: (-each.count, each.reason)))


_ZERO = frozenset({"Z", "UTC", "GMT", "+00:00", "-00:00", "+0000", "-0000", "+00", "-00"})


def zone_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Times by zone, the largest first; every spelling of no offset is UTC."""
    named: Counter[str] = Counter()
    for zone, count in counts.items():
        named["UTC" if zone.upper() in _ZERO else zone] += count
    return sorted_counts(named)


def sorted_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts with the largest first; ties by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
