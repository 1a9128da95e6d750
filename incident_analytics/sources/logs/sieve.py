"""Blocks of lines with most of those left out that cannot be wanted: literals first, then a look at what is left."""

from __future__ import annotations

import os
import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import polars as pl

from incident_analytics.sources.logs.heads import LONGEST, TELLS_ANOTHER_LEVEL, Heads, eight_bytes_each
from incident_analytics.sources.logs.prefilter import may_be_wanted, quick_looks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    import numpy.typing as npt

    from incident_analytics.sources.logs.prefilter import Wanted

    Bytes = npt.NDArray[np.uint8]
    Flags = npt.NDArray[np.bool_]
    Places = npt.NDArray[np.int64]

MOST_THREADS: Final = 4
LINES_LEARNED_FROM: Final = 64
LINES_GATHERED: Final = 10_000
SMALLEST: Final = 4 * LONGEST
LEAST_SHARE: Final = 0.9
_NEWLINE: Final = 10
_OBJECT, _TWO_BYTES = np.uint64(int.from_bytes(b'{"', "little")), np.uint64(0xFFFF)
_DOCKER, _SEVEN_BYTES = np.uint64(int.from_bytes(b'{"log":', "little")), np.uint64((1 << 56) - 1)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that follow each other, some of them left out.

    Args:
        count: How many they were; 0 for a piece of one that goes on.
        lines: Those that are left: their number from 0 as ``line``, and ``raw``.
    """

    count: int
    lines: pl.DataFrame


class Sieve:
    """Leaves out lines that cannot be of a record that is wanted.

    Args:
        wanted: What is wanted; any of these.
        folder: The service that the file's folder names.
        decoded: Decodes lines that are not all UTF-8.
    """

    def __init__(self, wanted: Sequence[Wanted], folder: str | None, decoded: Callable[[bytes], list[str]]) -> None:
        self._careful = may_be_wanted(pl.col("raw"), wanted, folder)
        self._quick = quick_looks(wanted, folder)
        self._decoded = decoded
        self._heads = Heads(())

    def block(self, body: bytes, *, is_whole: bool) -> Block:
        """The block of these bytes, which are lines without the end of the last."""
        if b"\r" in body:
            body = body.replace(b"\r\n", b"\n").removesuffix(b"\r")
        if not _is_utf8(body):
            lines = pl.DataFrame({"raw": self._decoded(body)}).with_row_index("line").cast({"line": pl.Int64})
            return Block(lines.height if is_whole else 0, self._looked_at(lines))
        data = np.frombuffer(body, dtype=np.uint8)
        ends = np.flatnonzero(data == _NEWLINE)
        offsets = np.concatenate(([0], ends + 1, [data.size]))
        texts = _texts(data, offsets)
        chosen = np.flatnonzero(self._is_in_doubt(texts, data, offsets[:-1]))
        lines = pl.DataFrame({"line": chosen, "raw": texts.gather(chosen).str.strip_suffix("\n")})
        return Block(texts.len() if is_whole else 0, self._looked_at(lines))

    def _looked_at(self, lines: pl.DataFrame) -> pl.DataFrame:
        return lines if self._careful is None else lines.filter(self._careful)

    def _is_in_doubt(self, texts: pl.Series, data: Bytes, starts: Places) -> Flags:
        """Whether a line is in doubt for literals or for the way it begins."""
        if self._careful is None or self._quick is None or data.size < SMALLEST:
            return np.ones(starts.size, dtype=bool)
        beginnings = eight_bytes_each(data)
        is_last = starts > data.size - LONGEST - 8  # few, and too near to the end to be looked at so
        starts = np.where(is_last, 0, starts)
        first = beginnings[starts]
        doubt: Flags = is_last | ((first & _TWO_BYTES) != _OBJECT) | ((first & _SEVEN_BYTES) == _DOCKER)
        words = [*self._quick.words, r"\u00", "__REALTIME"]
        if not self._quick.errors:
            doubt |= _found(texts, words)
            return doubt
        heads, fits = self._beginnings(data, starts)
        if not heads.texts:
            return np.ones(starts.size, dtype=bool)
        doubt |= ~fits
        behind = texts.str.slice(heads.level_at)
        if any(_may_be_in(word, text) for word in self._quick.words for text in heads.texts):
            doubt |= _found(texts, words) | _found(behind, TELLS_ANOTHER_LEVEL)
        else:
            doubt |= _found(behind, {*words, *TELLS_ANOTHER_LEVEL})
        return doubt

    def _beginnings(self, data: Bytes, starts: Places) -> tuple[Heads, Flags]:
        """The heads of these lines, or those of the lines before while most still begin so, and which lines do."""
        heads = self._heads
        fits = heads.fit(data, starts)
        if np.count_nonzero(fits) < LEAST_SHARE * starts.size:
            step = max(1, starts.size // LINES_LEARNED_FROM)
            self._heads = heads = Heads(data[at : at + LONGEST].tobytes() for at in starts[::step])
            fits = heads.fit(data, starts)
        return heads, fits


def _may_be_in(word: str, head: bytes) -> bool:
    """Whether a word may stand in a head, whatever its digits are."""
    return any(character.isdigit() for character in word) or word.encode() in head


def _found(texts: pl.Series, words: Iterable[str]) -> Flags:
    return texts.str.contains("|".join(map(re.escape, sorted(words)))).to_numpy()


def _is_utf8(body: bytes) -> bool:
    if body.isascii():
        return True
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _texts(data: Bytes, offsets: Places) -> pl.Series:
    """The texts between offsets, without copying them."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 -- takes a tenth of a second to load

    array = pa.LargeStringArray.from_buffers(offsets.size - 1, pa.py_buffer(offsets), pa.py_buffer(data))
    return pl.Series(_Exported(array))


class _Exported:
    """An array of Arrow as polars takes it without loading all of pyarrow."""

    def __init__(self, array: _Exportable) -> None:
        self.array = array

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        return self.array.__arrow_c_array__(requested_schema)


class _Exportable(Protocol):
    """What Arrow's capsule interface asks for."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


def sifted(sieve: Sieve, bodies: Iterable[tuple[bytes, bool]]) -> Iterator[Block]:
    """The blocks of bodies, in their order, made by a few threads that never run far ahead."""
    threads = min(MOST_THREADS, os.cpu_count() or 1)
    running: deque[Future[Block]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for body, is_whole in bodies:
            running.append(pool.submit(sieve.block, body, is_whole=is_whole))
            if len(running) > threads:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def gathered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Fewer blocks of the same lines, since many lines are read at once in little more time than a few."""
    parts: list[pl.DataFrame] = []
    count = height = 0
    for block in blocks:
        parts.append(block.lines.with_columns(pl.col("line") + count))
        count += block.count
        height += block.lines.height
        if height >= LINES_GATHERED or not block.count:  # what follows a piece of a line has the same number
            yield Block(count, pl.concat(parts))
            parts, count, height = [], 0, 0
    if parts:
        yield Block(count, pl.concat(parts))
