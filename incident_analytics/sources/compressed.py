"""Evidence packed with gzip, bzip2, xz or zstd, told by its first bytes; up to the damage where it is broken."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

READ_BYTES: Final = 1 << 20
HEAD_BYTES: Final = 1 << 16
_ZSTD_STEP_BYTES: Final = 1 << 14

_GZIP, _BZIP2, _XZ, _ZSTD = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"
_SUFFIXES: Final = (".gz", ".bz2", ".xz", ".zst", ".zstd")
_BROKEN: Final = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError)
# What reading raises: `damage` tells broken bytes from a file that cannot be opened.
DAMAGED: Final = (*_BROKEN, OSError)


class Stream(Protocol):
    """Bytes, read in blocks of at most so many."""

    def read1(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""


def decompressed(file: BufferedReader) -> Stream:
    """The bytes of an open file as they were before they were packed."""
    magic = file.read(8)
    file.seek(0)
    if magic.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file)
    if magic.startswith(_BZIP2):
        return bz2.BZ2File(file)
    if magic.startswith(_XZ):
        return lzma.LZMAFile(file)
    if magic.startswith(_ZSTD):
        return _Zstd(file)
    return file


def damage(error: Exception) -> str:
    """What an error says of packed bytes; empty where it is about the file and not its bytes."""
    if isinstance(error, _BROKEN):
        return f"the compressed data ends early or is damaged ({error})"
    # bz2 and zstd tell of damage with a bare OSError
    return f"the compressed data is damaged ({error})" if isinstance(error, OSError) and error.errno is None else ""


def unpacked_bytes(path: Path, most: int) -> tuple[bytes, str]:
    """At most so many of a file's bytes, and why there are no more of them; empty where that is all.

    Raises:
        OSError: It cannot be opened.
    """
    found = bytearray()
    try:
        with path.open("rb") as file:
            stream = decompressed(file)
            while len(found) <= most and (block := stream.read1(READ_BYTES)):
                found += block
    except DAMAGED as error:
        if not damage(error):
            raise
        return bytes(found[:most]), damage(error)
    return bytes(found[:most]), f"only its first {most >> 20} MiB are read" if len(found) > most else ""


def decompressed_head(head: bytes) -> bytes:
    """What the first bytes of a file say once they are decompressed, at most 64 KiB; empty where they cannot be.

    >>> decompressed_head(gzip.compress(b"a line"))
    b'a line'
    """
    try:
        if head.startswith(_GZIP):
            return zlib.decompressobj(31).decompress(head, HEAD_BYTES)  # 31: gzip's header, largest window
        if head.startswith(_BZIP2):
            return bz2.BZ2Decompressor().decompress(head, HEAD_BYTES)
        if head.startswith(_XZ):
            return lzma.LZMADecompressor().decompress(head, HEAD_BYTES)
        if head.startswith(_ZSTD):
            return _zstd_head(head)
    except (OSError, zlib.error, lzma.LZMAError):
        return b""
    return head


def plain_name(name: str) -> str:
    """A file's name as it was before it was packed.

    >>> plain_name("orders.json.gz"), plain_name("orders.csv")
    ('orders.json', 'orders.csv')
    """
    suffix = next((each for each in _SUFFIXES if name.lower().endswith(each)), "")
    return name[: len(name) - len(suffix)] or name


def plain_stem(path: Path) -> str:
    """A file's name without its endings, those of packing among them.

    >>> from pathlib import Path
    >>> plain_stem(Path("orders.json.gz"))
    'orders'
    """
    return plain_name(path.name).rpartition(".")[0] or plain_name(path.name)


class _Zstd:
    """Reads in small steps, since a step that meets the damage gives nothing."""

    def __init__(self, file: BufferedReader | io.BytesIO) -> None:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 -- takes a tenth of a second to load

        self._stream: io.RawIOBase = pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd")

    def read1(self, size: int, /) -> bytes:
        return self._stream.read(min(size, _ZSTD_STEP_BYTES)) or b""


def _zstd_head(head: bytes) -> bytes:
    """As much as can be decompressed of a file's first bytes."""
    stream, found = _Zstd(io.BytesIO(head)), bytearray()
    try:
        while len(found) < HEAD_BYTES and (block := stream.read1(READ_BYTES)):
            found += block
    except OSError:
        pass
    return bytes(found)
