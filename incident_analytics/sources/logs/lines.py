"""The lines of one file, decompressed and decoded, whatever state the file is in."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from incident_analytics.errors import SourceError
from incident_analytics.sources.compressed import DAMAGED, READ_BYTES, damage, decompressed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK_BYTES: Final = 4 << 20
LONGEST_LINE_BYTES: Final = 16 << 20


class LineSource:
    """Iterates over the lines of a file with their numbers; knows afterwards what was wrong with it.

    A line ends with LF or CRLF. Bytes that are not UTF-8 are replaced by U+FFFD. A line over 16 MiB comes in
    pieces that share its number, so that memory stays bounded.

    Args:
        path: The file, plain or compressed with gzip, bzip2, xz or zstd, told by its first bytes.

    Raises:
        SourceError: It cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.replaced_lines = 0
        self.cut_lines = 0
        self.stopped = ""

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Each line without its end, and its number counted from 1."""
        for number, lines in self.blocks():
            yield from enumerate(lines, number)

    def blocks(self) -> Iterator[tuple[int, list[str]]]:
        """The lines a few MiB at a time, each time with the number of the first."""
        number, rest = 1, bytearray()  # bytes would be copied whole for each block that is added
        for block in self._utf8_blocks():
            rest += block
            if len(rest) < BLOCK_BYTES:
                continue
            body, newline, tail = rest.rpartition(b"\n")
            if newline:
                lines = self._decoded(body)
                yield number, lines
                number += len(lines)
                rest = tail
            elif len(rest) > LONGEST_LINE_BYTES:
                yield number, self._decoded(rest[:LONGEST_LINE_BYTES])
                self.cut_lines += 1
                rest = rest[LONGEST_LINE_BYTES:]
        if rest:
            yield number, self._decoded(rest.removesuffix(b"\n"))

    def _decoded(self, body: bytes | bytearray) -> list[str]:
        if b"\r" in body:
            body = body.replace(b"\r\n", b"\n").removesuffix(b"\r")
        try:
            return body.decode().split("\n")
        except UnicodeDecodeError:
            return [self._replaced(line) for line in body.split(b"\n")]

    def _replaced(self, line: bytes | bytearray) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.replaced_lines += 1
            return line.decode(errors="replace")

    def _utf8_blocks(self) -> Iterator[bytes]:
        blocks = self._blocks()
        first = next(blocks, b"")
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
            yield decoder.decode(first).encode()
            for block in blocks:
                yield decoder.decode(block).encode()
        else:
            yield first.removeprefix(codecs.BOM_UTF8)
            yield from blocks

    def _blocks(self) -> Iterator[bytes]:
        """Blocks of bytes until the end, or until a compressed file turns out to be broken."""
        try:
            with self.path.open("rb") as file:
                stream = decompressed(file)
                while block := stream.read1(READ_BYTES):
                    yield block
        except DAMAGED as error:
            self.stopped = damage(error)
            if not self.stopped:
                reason = getattr(error, "strerror", None) or str(error)
                raise SourceError("the log cannot be opened", where=str(self.path), nearest=reason) from error
