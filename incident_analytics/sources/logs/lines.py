"""The lines of one file, decompressed and decoded, whatever state the file is in."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import zlib
from typing import TYPE_CHECKING, Final, Protocol

from incident_analytics.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

READ_BYTES: Final = 1 << 20
ZSTD_STEP_BYTES: Final = 1 << 14
BLOCK_BYTES: Final = 4 << 20
LONGEST_LINE_BYTES: Final = 16 << 20

GZIP, BZIP2, XZ, ZSTD = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"
_BROKEN: Final = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError)


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
                magic = file.read(8)
                file.seek(0)
                stream = _decompressed(file, magic)
                while block := stream.read1(READ_BYTES):
                    yield block
        except _BROKEN as error:
            self.stopped = f"the compressed data ends early or is damaged ({error})"
        except OSError as error:
            if error.errno is None:  # bz2 and zstd tell of damage with a bare OSError
                self.stopped = f"the compressed data is damaged ({error})"
                return
            raise SourceError(
                "the log cannot be opened", where=str(self.path), nearest=str(error.strerror or error)
            ) from error


class _Stream(Protocol):
    """Bytes, read in blocks of at most so many."""

    def read1(self, size: int, /) -> bytes: ...


def _decompressed(file: BufferedReader, magic: bytes) -> _Stream:
    if magic.startswith(GZIP):
        return gzip.GzipFile(fileobj=file)
    if magic.startswith(BZIP2):
        return bz2.BZ2File(file)
    if magic.startswith(XZ):
        return lzma.LZMAFile(file)
    if magic.startswith(ZSTD):
        return _Zstd(file)
    return file


class _Zstd:
    """Reads in small steps, since a step that meets the damage gives nothing."""

    def __init__(self, file: BufferedReader | io.BytesIO) -> None:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 -- takes a tenth of a second to load

        self._stream: io.RawIOBase = pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd")

    def read1(self, size: int, /) -> bytes:
        return self._stream.read(min(size, ZSTD_STEP_BYTES)) or b""


def _zstd_head(head: bytes) -> bytes:
    """As much as can be decompressed of a file's first bytes."""
    stream, found = _Zstd(io.BytesIO(head)), bytearray()
    try:
        while len(found) < BLOCK_BYTES and (block := stream.read1(READ_BYTES)):
            found += block
    except OSError:
        pass
    return bytes(found)


def decompressed_head(head: bytes) -> bytes:
    """What the first bytes of a file say once they are decompressed; empty where they cannot be.

    >>> decompressed_head(gzip.compress(b"a line"))
    b'a line'
    """
    try:
        if head.startswith(GZIP):
            return zlib.decompressobj(31).decompress(head, BLOCK_BYTES)  # 31: gzip's header, largest window
        if head.startswith(BZIP2):
            return bz2.BZ2Decompressor().decompress(head, BLOCK_BYTES)
        if head.startswith(XZ):
            return lzma.LZMADecompressor().decompress(head, BLOCK_BYTES)
        if head.startswith(ZSTD):
            return _zstd_head(head)
    except (OSError, zlib.error, lzma.LZMAError):
        return b""
    return head
