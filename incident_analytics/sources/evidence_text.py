"""The bytes of an evidence file as text, whatever encoding it came in, and what had to be done for it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """A file's text, and the bytes that were not text.

    Args:
        text: The text, without a byte order mark, its line ends as they were.
        encoding: ``utf-8``, ``utf-8-sig`` (with a mark) or ``utf-16``.
        bad_line: The first line with bytes that are not of that encoding; they read as U+FFFD. None where all are.
    """

    text: str
    encoding: str = "utf-8"
    bad_line: int | None = None


def decode_evidence(data: bytes) -> EvidenceText:
    r"""The text of the bytes: UTF-8 with or without a mark, or UTF-16 with one.

    >>> decode_evidence(b"a\nb\xff").bad_line
    2
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return EvidenceText(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        # A recorder that was cut off, or a database with SQL_ASCII: the rest is still evidence.
        line = data.count(b"\n", 0, error.start) + 1
        return EvidenceText(data.decode(encoding, errors="replace"), encoding, line)


def read_evidence(path: Path, name: str) -> EvidenceText:
    """The text of a file.

    Args:
        path: The file.
        name: What to call it in messages.

    Raises:
        SourceError: The file cannot be opened.
    """
    try:
        return decode_evidence(path.read_bytes())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(f"the file cannot be opened ({reason.lower()})", where=name) from None


def relative_name(path: Path, root: Path) -> str:
    """The file's name as the ledger writes it: relative to the bundle, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
