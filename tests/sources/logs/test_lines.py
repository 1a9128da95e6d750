"""Bytes of log files as lines."""

from __future__ import annotations

import bz2
import gzip
import lzma
from typing import TYPE_CHECKING

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from incident_analytics.errors import SourceError
from incident_analytics.sources.compressed import decompressed_head
from incident_analytics.sources.logs.lines import LineSource

if TYPE_CHECKING:
    from pathlib import Path

LINES = b"one\ntwo\nthree\n"


def _source(folder: Path, content: bytes, name: str = "app.log") -> LineSource:
    path = folder / name
    path.write_bytes(content)
    return LineSource(path)


@pytest.mark.parametrize(
    "content",
    [LINES, gzip.compress(LINES), bz2.compress(LINES), lzma.compress(LINES)],
    ids=["plain", "gzip", "bzip2", "xz"],
)
def test_lines_are_the_same_however_they_are_compressed(tmp_path: Path, content: bytes) -> None:
    """The first bytes tell the compression, whatever the name says."""
    assert list(_source(tmp_path, content)) == [(1, "one"), (2, "two"), (3, "three")]


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbfone\r\ntwo\r\n", "one\ntwo".encode("utf-16"), b"\xfe\xff" + "one\ntwo\n".encode("utf-16-be")],
)
def test_byte_order_marks_and_windows_line_ends_leave_no_trace(tmp_path: Path, content: bytes) -> None:
    """UTF-8 with a mark, CRLF and UTF-16 of either order read as the same lines."""
    assert list(_source(tmp_path, content)) == [(1, "one"), (2, "two")]


def test_only_line_feeds_end_a_line(tmp_path: Path) -> None:
    """Form feeds, Unicode line separators and lone carriage returns stay inside their line."""
    assert list(_source(tmp_path, "a\x0cb\u2028c\rd\n\ne".encode())) == [(1, "a\x0cb\u2028c\rd"), (2, ""), (3, "e")]


def test_bytes_that_are_not_utf8_are_replaced_and_their_lines_counted(tmp_path: Path) -> None:
    """A Latin-1 line reads with U+FFFD and its neighbours as they are."""
    source = _source(tmp_path, b"caf\xe9\ncaf\xc3\xa9\n")
    assert list(source) == [(1, "caf\ufffd"), (2, "café")]
    assert source.replaced_lines == 1


def test_truncated_gzip_gives_what_can_be_read(tmp_path: Path) -> None:
    """Half of a gzip stream gives the lines before the cut and says so."""
    lines = [f"line {number:05} {number * 7919 % 9973}" for number in range(20_000)]
    packed = gzip.compress("\n".join(lines).encode())
    source = _source(tmp_path, packed[: len(packed) // 2], "app.log.gz")
    read = [text for _, text in source]
    assert read[:-1] == lines[: len(read) - 1]
    assert 8_000 < len(read) < 12_000
    assert source.stopped.startswith("the compressed data ends early or is damaged")


@pytest.mark.parametrize(
    "damage", [b"\x1f\x8bnot gzip at all", bz2.compress(LINES)[:8] + b"damage" * 9, b"\xfd7zXZ\x00no"]
)
def test_damaged_compression_gives_no_lines_and_says_so(tmp_path: Path, damage: bytes) -> None:
    """A file that only begins like a compressed one ends the reading, not the program."""
    source = _source(tmp_path, damage)
    assert list(source) == []
    assert source.stopped != ""


def test_zstd_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """A whole file gives its lines, a cut one those before the cut, noise none; the last two say why."""
    content = b"".join(b"line %d %x\n" % (number, number**20) for number in range(20_000))
    packed = bytes(pa.compress(content, codec="zstd", asbytes=True))
    whole = _source(tmp_path, packed)
    assert len(list(whole)) == 20_000
    assert (whole.stopped, decompressed_head(packed)[:7]) == ("", b"line 0 ")
    cut = _source(tmp_path, packed[: len(packed) // 2])
    assert len(list(cut)) > 1_000
    assert cut.stopped.startswith("the compressed data is damaged")
    noise = _source(tmp_path, b"\x28\xb5\x2f\xfd rest")
    assert list(noise) == []
    assert noise.stopped.startswith("the compressed data is damaged")


def test_line_over_16_mib_comes_in_pieces_of_one_number(tmp_path: Path) -> None:
    """Memory stays bounded, and the next line keeps its number."""
    source = _source(tmp_path, b"x" * (17 << 20) + b"\nnext\n")
    read = list(source)
    assert [(number, len(text)) for number, text in read] == [(1, 16 << 20), (1, 1 << 20), (2, 4)]
    assert source.cut_lines == 1


def test_empty_file_has_no_lines(tmp_path: Path) -> None:
    """Nothing in, nothing out."""
    assert list(_source(tmp_path, b"")) == []


def test_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    """The error names the file and the reason."""
    with pytest.raises(SourceError, match=r"gone\.log: the log cannot be opened; No such file or directory"):
        list(LineSource(tmp_path / "gone.log"))


def test_head_of_damaged_gzip_is_empty() -> None:
    """A head that cannot be decompressed says nothing."""
    assert decompressed_head(b"\x1f\x8bnot gzip") == b""
