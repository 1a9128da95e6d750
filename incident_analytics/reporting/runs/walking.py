"""Walks two JSON twins side by side and gives each value that differs, with the way to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from incident_analytics.reporting.measurement_json import Json

Way: TypeAlias = tuple[str, ...]
NEW, GONE = "new", "gone"
# What names an item of a list, the first that each item has and no two share.
_NAMES: tuple[str, ...] = ("label", "id", "group", "name", "rule", "metric", "key", "period", "reason", "fact")
_NAMES += ("minute_at", "service", "text")
# Longer lists are curves and points: that they differ is told once, with how many do.
_LONGEST_LIST = 60
_NUMBER = re.compile(r"-?\d+(\.\d+)?( items)?")


@dataclass(frozen=True, slots=True)
class Differs:
    """A value that differs.

    Args:
        way: The keys and names of items that lead to it; those of items stand in brackets.
        before: What the first twin has there; null where it has nothing.
        after: What the second one has.
        note: What to know: that it is new or gone, or how many items of a list differ.
    """

    way: Way
    before: Json
    after: Json
    note: str = ""

    @property
    def name(self) -> str:
        """The way in words, such as ``rate.periods[2023-Q1].n``."""
        return "".join(part if part.startswith("[") or not at else f".{part}" for at, part in enumerate(self.way))

    @property
    def is_number(self) -> bool:
        """Whether it is a number that moved, came or went, and not words."""
        told = [each for each in (self.before, self.after) if each is not None]
        return all(_is_number(each) for each in told) and bool(told or self.note)


def differing(before: Json, after: Json, way: Way = ()) -> Iterator[Differs]:
    """Each value that differs, in the order of the second twin, what is gone last.

    Items of lists are compared by what names them (label, id, name, ...), else by where they stand.

    >>> [each.name for each in differing({"a": [{"id": "x", "n": 1}]}, {"a": [{"id": "x", "n": 2}]})]
    ['a[x].n']
    """
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_objects(before, after, way)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, way)
    elif before != after or isinstance(before, bool) is not isinstance(after, bool):
        yield Differs(way, _leaf(before), _leaf(after))


def _of_objects(before: Mapping[str, Json], after: Mapping[str, Json], way: Way) -> Iterator[Differs]:
    for key in dict.fromkeys([*after, *before]):
        inner = (*way, key)
        if key not in before:
            yield Differs(inner, None, _leaf(after[key]), NEW)
        elif key not in after:
            yield Differs(inner, _leaf(before[key]), None, GONE)
        else:
            yield from differing(before[key], after[key], inner)


def _of_lists(before: Sequence[Json], after: Sequence[Json], way: Way) -> Iterator[Differs]:
    if before == after:
        return
    items_before, items_after = _named(before, after)
    is_flat = not any(isinstance(each, (dict, list)) for each in (*before, *after))
    if is_flat or max(len(before), len(after)) > _LONGEST_LIST:
        names = dict.fromkeys([*items_after, *items_before])
        moved = sum(
            name not in items_before or name not in items_after or items_before[name] != items_after[name]
            for name in names
        )
        yield Differs(way, _leaf(list(before)), _leaf(list(after)), f"{moved} of {len(names)} items differ")
        return
    yield from _of_objects(items_before, items_after, way)


def _named(before: Sequence[Json], after: Sequence[Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    """The items of both lists by the names that fit both."""
    items = [*before, *after]
    if items and all(isinstance(each, dict) for each in items):
        for key in _NAMES:
            named = [[_name(each, key) for each in side] for side in (before, after)]
            if all(None not in names and len(set(names)) == len(names) for names in named):
                return _together(named[0], before), _together(named[1], after)
    return ({f"[{at}]": each for at, each in enumerate(side)} for side in (before, after))  # type: ignore[return-value]


def _name(item: Json, key: str) -> str | None:
    found = item.get(key) if isinstance(item, dict) else None
    if found is None and isinstance(item, dict) and key in item:
        return "none"  # such as the incidents without a severity
    return str(found) if isinstance(found, (str, int)) else None


def _together(names: Sequence[str | None], items: Sequence[Json]) -> dict[str, Json]:
    return {f"[{name}]": each for name, each in zip(names, items, strict=True)}


def _leaf(value: Json) -> Json:
    """A value as it is told: a whole object or list only by its size, but for a short list of plain values."""
    if isinstance(value, dict):
        return None
    if isinstance(value, list):
        is_short = len(value) <= 5 and not any(isinstance(each, (dict, list)) for each in value)  # noqa: PLR2004
        return value if is_short else f"{len(value)} items"
    return value


def _is_number(value: Json) -> TypeGuard[float | str]:
    if isinstance(value, bool):
        return False
    if isinstance(value, list):
        return all(_is_number(each) for each in value)
    return isinstance(value, (int, float)) or (isinstance(value, str) and bool(_NUMBER.fullmatch(value)))
