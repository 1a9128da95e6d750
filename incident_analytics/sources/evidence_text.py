"""The bytes of an evidence file as text, whatever encoding it came in, and what had to be done for it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from incident_analytics.errors import SourceError
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.sources.compressed import unpacked_bytes

if TYPE_CHECKING:
    from pathlib import Path

# Metrics and answers of a database are held in memory while they are read; logs are not read by this.
MOST_BYTES: Final = 256 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """A file's text, and the bytes that were not text.

    Args:
        text: The text, without a byte order mark, its line ends as they were.
        encoding: ``utf-8``, ``utf-8-sig`` (with a mark) or ``utf-16``.
        bad_line: The first line with bytes that are not of that encoding; they read as U+FFFD. None where all are.
        cut: Why there is more in the file than the text; empty where there is not.
    """

    text: str
    encoding: str = "utf-8"
    bad_line: int | None = None
    cut: str = ""


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
    """The text of a file, packed or not; of a broken or very large one its beginning.

    Args:
        path: The file.
        name: What to call it in messages.

    Raises:
        SourceError: The file cannot be opened.
    """
    try:
        data, cut = unpacked_bytes(path, MOST_BYTES)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(f"the file cannot be opened ({reason.lower()})", where=name) from None
    return replace(decode_evidence(data), cut=cut)


def about_text(evidence: EvidenceText, name: str) -> tuple[Finding, ...]:
    """What is wrong with a file's bytes: it was not read to its end, or some are no text."""
    findings = []
    if evidence.cut:
        message = f"The file is not read to its end: {evidence.cut}."
        findings.append(Finding("truncated-file", "warning", message, Place(name)))
    if evidence.bad_line is not None:
        message = "Some bytes are not text; they read as the replacement character."
        findings.append(Finding("not-text", "warning", message, Place(name, evidence.bad_line), expected="UTF-8"))
    return tuple(findings)


def relative_name(path: Path, root: Path) -> str:
    """The file's name as the ledger writes it: relative to the bundle, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
