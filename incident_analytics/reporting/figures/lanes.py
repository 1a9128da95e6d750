"""Labels in lanes: none over another, none through another's stem, none beyond the edge."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.reporting.figures.text_width import shortened, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Pixels from a point to its label, and from a label to the next thing.
AWAY = 9
_APART = 8
_SAME_STEM = 4
_SHORTER = (1.0, 0.75, 0.5)

_Below: TypeAlias = "dict[int, frozenset[int]]"  # the labels that one must lie above


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that would like to be shown.

    Args:
        x: Its point, in pixels from the left edge.
        text: Its words.
        rank: The lower, the more it is wanted; the left one first at a tie.
        bold: Set in bold.
        least: The fewest letters that still say something; shortened to less it is not shown.
    """

    x: float
    text: str
    rank: int = 0
    bold: bool = False
    least: int = 1


@dataclass(frozen=True, slots=True)
class Lanes:
    """The room for labels.

    Args:
        left: The left edge, in pixels.
        right: The right edge.
        many: How many lanes there are at most.
        size: The size of the font.
        most: The widest a label may be, in pixels.
    """

    left: float
    right: float
    many: int
    size: int
    most: float


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its lane.

    Args:
        text: Its words, shortened where they had to be.
        lane: Its lane; 0 is the nearest to the stems' feet.
        side: On which side of its point it stands.
    """

    text: str
    lane: int
    side: Literal["right", "left"]


@dataclass(frozen=True, slots=True)
class _Extent:
    """What a label covers: from the dot to the far end of the words."""

    x: float
    text: str
    side: Literal["right", "left"]
    width: float
    low: float = field(init=False)
    high: float = field(init=False)

    def __post_init__(self) -> None:
        # Once, not at each of the thousands of comparisons.
        is_right = self.side == "right"
        object.__setattr__(self, "low", self.x - 5 if is_right else self.x - AWAY - self.width)
        object.__setattr__(self, "high", self.x + AWAY + self.width if is_right else self.x + 5)

    def covers_stem(self, x: float) -> bool:
        """Whether a stem at x would run through the words; those of one instant share a stem."""
        if self.side == "right":
            return self.x + _SAME_STEM <= x < self.high + _APART
        return self.low - _APART < x <= self.x - _SAME_STEM

    def overlaps(self, other: _Extent) -> bool:
        return self.low < other.high + _APART and other.low < self.high + _APART


def in_lanes(wishes: Sequence[Wish], room: Lanes) -> dict[int, Label]:
    """The labels that fit, by their place in the wishes; the most wanted find their place first.

    A label's stem runs from its point down to lane 0, so a label lies above every stem that it covers. The
    labels are set in several ways: with words whole and on the right where they can be, from the left and from
    the right; with the fewest lanes at each step; all on the right if need be shorter; all towards the middle.
    What names more of the most wanted is taken.
    """

    def worth(labels: Mapping[int, Label]) -> tuple[list[int], int, int]:
        ranks = sorted({wish.rank for wish in wishes})
        named = [sum(wishes[place].rank == rank for place in labels) for rank in ranks]
        whole = sum(label.text == wishes[place].text for place, label in labels.items())
        return named, whole, -max((label.lane for label in labels.values()), default=0)

    best: dict[int, Label] = {}
    forms = [_forms(wish, room) for wish in wishes]
    for habit in ("whole", "backward", "flat", "right", "inward"):
        labels = _in_turn(wishes, forms, room, habit)
        if all(place in labels and labels[place].text == wish.text for place, wish in enumerate(wishes)):
            return labels
        best = max(best, labels, key=worth)
    return best


def _in_turn(
    wishes: Sequence[Wish], forms: Sequence[Sequence[tuple[int, _Extent]]], room: Lanes, habit: str
) -> dict[int, Label]:
    way = -1 if habit == "backward" else 1
    turn = sorted(range(len(wishes)), key=lambda each: (wishes[each].rank, way * wishes[each].x, each))
    chosen: dict[int, _Extent] = {}
    below: _Below = {}
    found: dict[int, int] = {}
    for place in turn:
        tried: list[tuple[tuple[int, int], _Extent, _Below, dict[int, int]]] = []
        for stage, extent in forms[place]:
            crossed = _crossed(chosen, below, place, extent)
            lanes = _assigned({**chosen, place: extent}, crossed)
            if lanes is None or max(lanes.values()) >= room.many:
                continue
            is_left = int(extent.side == "left")
            is_outward = int((extent.side == "left") != (extent.x > (room.left + room.right) / 2))
            liking = {
                "whole": (stage, is_left),
                "backward": (stage, is_left),
                "flat": (stage, max(lanes.values())),
                "right": (is_left, stage),
                "inward": (is_outward, stage),
            }
            tried.append((liking[habit], extent, crossed, lanes))
        if tried:
            _, chosen[place], below, found = min(tried, key=lambda each: each[0])
    return {place: Label(extent.text, found[place], extent.side) for place, extent in sorted(chosen.items())}


def _forms(wish: Wish, room: Lanes) -> list[tuple[int, _Extent]]:
    """The label whole and ever shorter, on the sides where it stays inside; with how far it was shortened."""
    forms: list[tuple[int, _Extent]] = []
    sides: tuple[tuple[Literal["right", "left"], float], ...]
    sides = (("right", room.right - wish.x - AWAY), ("left", wish.x - AWAY - room.left))
    most = min(room.most, text_width(wish.text, room.size, bold=wish.bold))
    for stage, share in enumerate(_SHORTER):
        text = shortened(wish.text, room.size, most * share, bold=wish.bold)
        width = text_width(text, room.size, bold=wish.bold)
        says_something = text == wish.text or len(text) > wish.least
        forms += [
            (stage, _Extent(wish.x, text, side, width)) for side, free in sides if says_something and width <= free
        ]
    return forms


def _crossed(chosen: Mapping[int, _Extent], below: _Below, place: int, extent: _Extent) -> _Below:
    """Whose stems run through which label, with one label more."""
    crossed = {
        other: stems | {place} if chosen[other].covers_stem(extent.x) else stems for other, stems in below.items()
    }
    crossed[place] = frozenset(other for other, stem in chosen.items() if extent.covers_stem(stem.x))
    return crossed


def _assigned(extents: Mapping[int, _Extent], below: _Below) -> dict[int, int] | None:
    """A lane for each, as low as it can be; None where two would each have to lie above the other."""
    lanes: dict[int, int] = {}
    waiting = sorted(extents, key=lambda place: (extents[place].x, place), reverse=True)
    while waiting:
        ready = next((place for place in waiting if below[place] <= lanes.keys()), None)
        if ready is None:
            return None
        lane = max((lanes[other] + 1 for other in below[ready]), default=0)
        taken = {lanes[other] for other in lanes if extents[other].overlaps(extents[ready])}
        while lane in taken:
            lane += 1
        lanes[ready] = lane
        waiting.remove(ready)
    return lanes
