"""Packed evidence is told by its first bytes, and read up to where it is damaged."""

from __future__ import annotations

import bz2
import gzip
import lzma
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from incident_analytics.sources.compressed import decompressed_head, plain_name, plain_stem, unpacked_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = b"".join(b"line %d\n" % number for number in range(20_000))


def zstd(data: bytes) -> bytes:
    """The data packed as zstd does."""
    packed: bytes = pa.Codec("zstd").compress(data, asbytes=True)
    return packed


PACKERS = pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd])


@PACKERS
def test_packed_bytes_are_those_that_were_packed(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """Whatever the file's name."""
    path = tmp_path / "app.log"
    path.write_bytes(pack(LINES))
    assert unpacked_bytes(path, 1 << 20) == (LINES, "")


@PACKERS
def test_a_cut_file_gives_what_is_before_the_cut(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """What was read is the beginning, and the reason says that the rest is not there."""
    path, packed = tmp_path / "app.log", pack(LINES)
    path.write_bytes(packed[: len(packed) // 2])
    found, cut = unpacked_bytes(path, 1 << 20)
    assert LINES.startswith(found)
    assert cut.startswith("the compressed data")


def test_bytes_beyond_the_most_are_not_read(tmp_path: Path) -> None:
    """A few kilobytes may unpack to gigabytes."""
    path = tmp_path / "app.log.gz"
    path.write_bytes(gzip.compress(b"x" * (3 << 20)))
    found, cut = unpacked_bytes(path, 1 << 20)
    assert (len(found), cut) == (1 << 20, "only its first 1 MiB are read")
    assert unpacked_bytes(path, 3 << 20)[1] == ""


def test_a_head_is_no_longer_than_64_kib_unpacked() -> None:
    """However well it packs; what is not packed stays as it is."""
    assert decompressed_head(gzip.compress(b"x" * 1_000_000)) == b"x" * 65_536
    assert decompressed_head(b"plain") == b"plain"
    assert decompressed_head(b"\x1f\x8bnot gzip") == b""


def test_a_metric_is_named_by_the_file_before_it_was_packed(tmp_path: Path) -> None:
    """Other dots belong to the name."""
    assert plain_name("a.b.CSV.GZ") == "a.b.CSV"
    assert plain_stem(tmp_path / "rate.5m.json.zst") == "rate.5m"
    assert plain_stem(tmp_path / "orders") == "orders"
