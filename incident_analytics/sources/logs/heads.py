"""How harmless lines of JSON begin: up to a level that is no error, everything fixed but digits.

A program's lines begin alike: `{"time":"2024-01-15T14:15:00.123Z","level":"info",` varies in its digits only. Whether a
line begins so takes a few comparisons of eight bytes at once, for all lines of a block together.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.sources.logs.severity import FIRST_ERROR, severity_of_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]

LONGEST: Final = 192
MOST: Final = 8

# Behind such a head these could still tell another level: the same key again, or keys of flavours with levels of
# their own; an escape may spell any of them.
TELLS_ANOTHER_LEVEL: Final = ('evel"', 'everity"', "__REALTIME", '"s"', r"\u00")

_VALUE: Final = r'(?:"[^"\\]*"|-?[0-9.]+)'
_HEAD: Final = re.compile(
    rf'(\{{(?:"[^"\\]+": ?{_VALUE}, ?)*?)("(?:level|severity)": ?)("[A-Za-z]+"|[1-4][0-9])[,}}]', re.ASCII
)
_DIGIT: Final = re.compile("[0-9]")
_WORD: Final = 8


@dataclass(frozen=True, slots=True)
class Head:
    """One way to begin.

    Args:
        text: What lines begin with, up to the character behind their level; digits before it are zeros.
        level_at: Where the level begins.
    """

    text: bytes
    level_at: int


def head_of(line: bytes) -> Head | None:
    """The head of a line whose level is no error, or None where it has none that is fixed.

    >>> head_of(b'{"time":1795402425409,"level":30,"pid":1}').text, head_of(b'{"level":50,"time":1795402425409}')
    (b'{"time":0000000000000,"level":30,', None)
    """
    try:
        found = _HEAD.match(line[:LONGEST].decode("ascii"))
    except UnicodeDecodeError:
        return None
    if found is None or any(danger in found[1] for danger in TELLS_ANOTHER_LEVEL):
        return None
    level = found[3]
    if level.startswith('"'):
        severity = severity_of_word(level[1:-1])
        if severity is None or severity >= FIRST_ERROR:
            return None
    at = found.end(2)
    return Head((_DIGIT.sub("0", found[0][:at]) + found[0][at:]).encode(), at)


class Heads:
    """The most frequent heads of some lines, all with the level at one place.

    Args:
        lines: The lines, or their beginnings.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        heads = [head for line in lines if (head := head_of(line)) is not None]
        self.level_at = Counter(head.level_at for head in heads).most_common(1)[0][0] if heads else 0
        found = Counter(head.text for head in heads if head.level_at == self.level_at)
        self.texts = [text for text, _ in found.most_common(MOST)]
        self._words = [list(_words(text, self.level_at)) for text in self.texts]

    def fit(self, data: Bytes, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Whether the lines that start at these places begin with any of the heads.

        Args:
            data: The bytes of all lines, and at least `LONGEST` more behind the last start.
            starts: Where the lines start.
        """
        eight = eight_bytes_each(data)
        gathered: dict[int, npt.NDArray[np.uint64]] = {}
        compared: dict[tuple[int, int, int], npt.NDArray[np.bool_]] = {}
        begins = np.zeros(starts.size, dtype=bool)
        for words in self._words:
            fits = np.ones(starts.size, dtype=bool)
            for word in words:
                if word not in compared:
                    at, fixed, value = word
                    if at not in gathered:
                        gathered[at] = eight[starts + at]
                    compared[word] = (gathered[at] & np.uint64(fixed)) == np.uint64(value)
                fits &= compared[word]
            begins |= fits
        return begins


def eight_bytes_each(data: Bytes) -> npt.NDArray[np.uint64]:
    """The eight bytes from each place on as one number, without copying them."""
    return np.ndarray((data.size - _WORD + 1,), dtype="<u8", buffer=data, strides=(1,))


def _words(text: bytes, level_at: int) -> Iterator[tuple[int, int, int]]:
    """Eight bytes of a head after the other: their offset, which bits of them are fixed, and what those are."""
    for at in (*range(0, len(text) - _WORD, _WORD), len(text) - _WORD):
        piece = text[at : at + _WORD]
        is_free = [byte == ord("0") and place < level_at for place, byte in enumerate(piece, at)]
        # Digits, and no quote or backslash, have 3 as their upper four bits.
        fixed = bytes(0xF0 if each else 0xFF for each in is_free)
        yield at, int.from_bytes(fixed, "little"), int.from_bytes(piece, "little") & int.from_bytes(fixed, "little")
