"""Names of persons in a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST_PART = 3


def name_pattern(people: Iterable[str]) -> str | None:
    """A regular expression for the people's full names, handles, first and last names; None for nobody.

    Names are told from words by their case, so a person called Will is not every "will".
    """
    return _pattern(tuple(people))


@lru_cache(maxsize=64)
def _pattern(people: tuple[str, ...]) -> str | None:
    names: dict[str, None] = {}
    for person in people:
        whole = " ".join(person.split())
        parts = [part for part in whole.split() if len(part) >= _SHORTEST_PART and part[0].isupper()]
        names |= dict.fromkeys(name for name in (whole, *parts) if name)
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return rf"@?(?<!\w)(?:{'|'.join(re.escape(name) for name in longest_first)})(?!\w)"


def without_names(text: str, people: Iterable[str]) -> str:
    """The text with each name of a person as "someone".

    >>> without_names("Jane marked it resolved", ["Jane Smith"])
    'someone marked it resolved'
    """
    pattern = name_pattern(people)
    return text if pattern is None else re.sub(rf"{pattern}(?:\s+{pattern})*", "someone", text)
