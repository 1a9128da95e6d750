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
        number = 1
        for body, is_whole in self.bodies():
            lines = self.decoded(body)
            yield number, lines
            number += len(lines) if is_whole else 0

    def bodies(self) -> Iterator[tuple[bytes, bool]]:
        """The bytes of lines a few MiB at a time, without the end of the last, and whether that one is whole."""
        pieces: list[bytes] = []
        size = 0
        for block in self._utf8_blocks():
            pieces.append(block)
            size += len(block)
            if size < BLOCK_BYTES:
                continue
            end = block.rfind(b"\n")
            if end >= 0:
                pieces[-1] = block[:end]
                yield b"".join(pieces), True
                pieces = [block[end + 1 :]]
            elif size > LONGEST_LINE_BYTES:
                body, newline, tail = b"".join(pieces).rpartition(b"\n")
                if newline:
                    yield body, True
                else:
                    yield tail[:LONGEST_LINE_BYTES], False
                    self.cut_lines += 1
                    tail = tail[LONGEST_LINE_BYTES:]
                pieces = [tail]
            size = sum(map(len, pieces))
        rest = b"".join(pieces)
        if rest:
            yield rest.removesuffix(b"\n"), True

    def decoded(self, body: bytes) -> list[str]:
        """The lines that these bytes are, without the end of the last."""
        if b"\r" in body:
            body = body.replace(b"\r\n", b"\n").removesuffix(b"\r")
        try:
            return body.decode().split("\n")
        except UnicodeDecodeError:
            return [self._replaced(line) for line in body.split(b"\n")]

    def _replaced(self, line: bytes) -> str:
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
