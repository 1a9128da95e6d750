"""Numbers with their nouns."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "finding"), counted(3, "entry", "entries")
    ('1 finding', '3 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
