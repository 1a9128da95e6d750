"""What two sources tell of the same event: by its reference, its words, a name in them, or by its kind alone."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from incident_analytics.analysis.events import Event

By: TypeAlias = Literal["reference", "words", "name", "kind"]

# The stronger the link, the earlier it is looked for.
_STRENGTH: Final[tuple[By, ...]] = ("reference", "words", "name", "kind")
# An incident has one of each, so two sources that tell it tell the same.
_ONCE: Final = frozenset(
    {
        *("detected", "acknowledged", "commander_assigned", "technical_lead_assigned", "communications_lead_assigned"),
        *("scribe_assigned", "channel_opened", "diagnosed", "mitigated", "resolved", "stood_down", "all_clear_sent"),
        *("postmortem_held", "postmortem_scheduled"),
    }
)
# Versions, tickets and references (page-8841), names of alerts (PaymentSuccessRateLow).
_NAME: Final = re.compile(
    r"(?<![\w.])v?\d+\.\d+(?:\.\d+)*(?![\w.]*\d)|\b[A-Za-z]+-\d{2,}\b|\b(?:[A-Z][a-z0-9]+){2,}\b", re.ASCII
)
_FEWEST_WORDS: Final = 2
# A reference alone links two entries where each source has one of it: a deploy and its rollback share theirs.
_ANY_KIND: Final = " *"
# Local times of two zones lie within this; what is further apart is not the same event.
WIDEST: Final = timedelta(hours=14, minutes=30)


@dataclass(frozen=True, slots=True)
class ToldTwice:
    """One event as two sources tell it.

    Args:
        first: As the source that comes first by name tells it.
        second: As the other does.
        by: Why they are taken for the same event; ``kind`` is weaker than the others.
    """

    first: Event
    second: Event
    by: By

    @property
    def seconds(self) -> float:
        """How much later the second tells it, between the middles of what each may mean."""
        return (_middle(self.second) - _middle(self.first)).total_seconds()

    @property
    def slack(self) -> float:
        """By how many seconds that may be off, as times are written by the minute or second."""
        return (_width(self.first) + _width(self.second)).total_seconds() / 2

    @property
    def seconds_apart(self) -> float:
        """How far apart they are at least; 0 where both may mean the same instant."""
        return max(abs(self.seconds) - self.slack, 0.0)


def told_twice(events: Iterable[Event]) -> tuple[ToldTwice, ...]:
    """The events that two sources tell, in order of time; each pair of entries once, by its strongest link.

    Where a source tells something several times, the other must tell it as often; then they are paired in order. The
    record's milestone fields are compared with the timeline elsewhere and are left out.
    """
    keyed: dict[tuple[By, str], dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        if event.source != "milestone":
            for key in _keys(event):
                keyed[key][event.told_by].append(event)
    found: dict[tuple[int, int], ToldTwice] = {}
    taken: set[tuple[int, str]] = set()
    for key, by_source in sorted(keyed.items(), key=lambda item: _STRENGTH.index(item[0][0])):
        for source, other in combinations(sorted(by_source), 2):
            firsts, seconds = by_source[source], by_source[other]
            if len(firsts) != len(seconds) or (key[1].endswith(_ANY_KIND) and len(firsts) > 1):
                continue
            for first, second in zip(firsts, seconds, strict=True):
                # An event has one counterpart in another source: the one it is linked to most strongly.
                ends = {(id(first), other), (id(second), source)}
                if not ends & taken and abs(first.moment - second.moment) <= WIDEST:
                    taken |= ends
                    found[id(first), id(second)] = ToldTwice(first, second, key[0])
    return tuple(sorted(found.values(), key=lambda pair: pair.first.moment))


def _keys(event: Event) -> Iterator[tuple[By, str]]:
    if event.ref:
        yield from (("reference", f"{event.ref.lower()} {kind}") for kind in event.kinds)
        yield "reference", f"{event.ref.lower()}{_ANY_KIND}"
    words = re.findall(r"\w+", event.text.lower())
    if len(words) >= _FEWEST_WORDS:
        yield "words", " ".join(words)
    for name in dict.fromkeys(match[0].lower() for match in _NAME.finditer(event.text)):
        yield from (("name", f"{name} {kind}") for kind in event.kinds)
    yield from (("kind", kind) for kind in event.kinds if kind in _ONCE)


def _width(event: Event) -> timedelta:
    """How long the stretch is that the written time may mean: 14:15 is any instant of that minute."""
    written = {"minute": timedelta(minutes=1), "second": timedelta(seconds=1)}.get(event.at.precision, timedelta(0))
    if event.at.precision == "minute" and not event.at.is_range:
        return written
    return max(written, event.at.latest - event.at.earliest) if event.at.is_range else written


def _middle(event: Event) -> datetime:
    return event.at.earliest + _width(event) / 2
