"""The difference of two clocks, estimated from what both sources tell; or why it cannot be told."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.source_clocks.bare_times import names_no_zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incident_analytics.analysis.source_clocks.same_event import ToldTwice

FEWEST: Final = 3
# Below it a difference says more about who writes when than about clocks.
LEAST_SECONDS: Final = 5.0
# A clock is off by the same each time; a message that comes later is not.
STEADY_SHARE: Final = 0.25
STEADY_SECONDS: Final = 5.0
_QUARTER, _HALF = 900, 1800
_ZONE_SLACK: Final = 90.0
_FEWEST_OF_A_ZONE: Final = {True: 2, False: 3}  # by whether it is a whole or half hour
_AGREE_SHARE: Final = 0.8
_FEWEST_FOR_ORDER: Final = 6


@dataclass(frozen=True, slots=True)
class Offset:
    """How much later one source tells things than another.

    Args:
        source: The source whose times are compared.
        against: The source it is compared with.
        n: How many events both tell, those linked only by their kind left out.
        seconds: The median difference, above 0 where ``source`` is later; None with fewer than three, unless a zone
            explains them.
        low: The lower end of its 95 % interval by order statistics from six events on, else of the range of all.
        high: The upper end.
        is_told: Whether the clocks differ: the interval lies 5 s or more beside zero and the differences are steady.
        zone_seconds: The whole, half or quarter hours that explain the difference; None where none do.
        pairs: The events.
        reason: Why nothing can be told, or why it is no difference of clocks; empty where it is told.
    """

    source: str
    against: str
    n: int
    seconds: float | None
    low: float | None
    high: float | None
    is_told: bool
    zone_seconds: int | None
    pairs: tuple[ToldTwice, ...]
    reason: str = ""


def clock_offset(source: str, against: str, pairs: Sequence[ToldTwice]) -> Offset:
    """The offset of one source against another from the events that both tell.

    Args:
        source: The source that is compared; it tells ``second`` of each pair.
        against: The one it is compared with.
        pairs: What both tell.
    """
    strong = [pair for pair in pairs if pair.by != "kind"]
    zone = _zone(strong) or _zone(pairs)
    told = strong if zone is None or _zone(strong) else list(pairs)
    found = Offset(source, against, len(told), None, None, None, is_told=False, zone_seconds=zone, pairs=tuple(pairs))
    if zone is None and len(strong) < FEWEST:
        number = (
            "no event is" if not strong else "only 1 event is" if len(strong) == 1 else f"only {len(strong)} events are"
        )
        return replace(found, reason=f"{number} surely the same in both")
    differences = sorted(pair.seconds for pair in told)
    slack = median(pair.slack for pair in told)
    low, high = _interval(differences, slack)
    reason = "" if zone is not None else _why_not(differences, low, high, slack)
    return replace(found, seconds=median(differences), low=low, high=high, is_told=not reason, reason=reason)


def _why_not(differences: Sequence[float], low: float, high: float, slack: float) -> str:
    if low < LEAST_SECONDS and high > -LEAST_SECONDS:
        return "no difference beyond a few seconds"
    if _spread(differences) > max(STEADY_SECONDS, STEADY_SHARE * abs(median(differences))) + slack:
        return "the differences vary, as those of messages do that come later"
    return ""


def _spread(differences: Sequence[float]) -> float:
    """From the first to the last of a few; of six and more the range of the middle half."""
    n = len(differences)
    cut = n // 4 if n >= _FEWEST_FOR_ORDER else 0
    return differences[n - 1 - cut] - differences[cut]


def _interval(differences: Sequence[float], slack: float) -> tuple[float, float]:
    """The 95 % interval of a median by order statistics (sign test); the range of all with fewer than six."""
    n = len(differences)
    below, chance = 0, 0.5**n
    while below < n // 2 and chance + math.comb(n, below + 1) * 0.5**n <= 0.025:  # noqa: PLR2004 -- 2.5 % each side
        below += 1
        chance += math.comb(n, below) * 0.5**n
    cut = below if n >= _FEWEST_FOR_ORDER else 0
    return differences[cut] - slack, differences[n - 1 - cut] + slack


def _zone(pairs: Sequence[ToldTwice]) -> int | None:
    """The quarter hours that four in five of the differences are, within a minute and a half; None for none."""
    if not pairs:
        return None
    nearest = round(median(pair.seconds for pair in pairs) / _QUARTER) * _QUARTER
    near = [pair for pair in pairs if abs(pair.seconds - nearest) <= _ZONE_SLACK + pair.slack]
    if not nearest or len(near) < _AGREE_SHARE * len(pairs):
        return None
    # Where one of both names no zone, a single event that is surely the same shows that it was written in another.
    is_guess = all(pair.by != "kind" and names_no_zone(pair.first) != names_no_zone(pair.second) for pair in near)
    fewest = 1 if is_guess and nearest % _HALF == 0 else _FEWEST_OF_A_ZONE[nearest % _HALF == 0]
    return nearest if len(near) >= fewest else None
