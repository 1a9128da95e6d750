"""Whether a file holds logs, told by its first bytes and, where those leave it open, by its name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

from incident_analytics.sources.compressed import decompressed_head
from incident_analytics.sources.logs.csvlog import csvlog_header
from incident_analytics.sources.logs.documents import opens_document
from incident_analytics.sources.logs.envelopes import shows_envelope
from incident_analytics.sources.logs.joining import LineReader, is_noise, joined
from incident_analytics.sources.logs.record import PLAIN, UNREADABLE, LogRecord
from incident_analytics.sources.logs.table import log_header
from incident_analytics.sources.logs.text_line import is_start_of_another_format
from incident_analytics.sources.logs.times import TimeReader

HEAD_BYTES: Final = 64 << 10
MOST_LINES: Final = 100

ANY_YEAR: Final = datetime(2020, 1, 1, tzinfo=UTC)
CERTAIN, LIKELY, POSSIBLE, NONE = 1.0, 0.8, 0.5, 0.0
_COMPRESSIONS: Final = frozenset({".gz", ".bz2", ".xz", ".zst"})
_CELL_ENDS: Final = (",", ";", "|")
_LOG_SUFFIXES: Final = frozenset({".log", ".ndjson", ".jsonl", ".out", ".err"})


def sniff(head: bytes, name: str) -> float:
    """How surely a file holds logs, from 0 to 1.

    By content: a CSV header that names a time and a message is certain; else the share of the first records
    that tell a time or a level beside their message. By name: ``.log`` and its kin, or a folder ``logs``,
    make text of an unknown format possible.

    Args:
        head: The first bytes of the file, as they are, compressed or not; 64 KiB are plenty.
        name: Its path.

    >>> sniff(b'{"level":30,"time":1795402425409,"pid":1,"hostname":"vm","msg":"x"}', "a")
    1.0
    """
    path = PurePosixPath(name)
    suffixes = [suffix for suffix in path.suffixes if suffix not in _COMPRESSIONS]
    is_named_so = (bool(suffixes) and suffixes[-1] in _LOG_SUFFIXES) or "logs" in path.parts[:-1]
    lines = _lines(head)
    if lines and (log_header(lines[0]) or csvlog_header(lines[0]) or _is_envelope(lines)):
        return CERTAIN
    if not lines or opens_document(lines[0]):
        return POSSIBLE if is_named_so else NONE
    records = list(joined(enumerate(lines, 1), LineReader(TimeReader(UTC, ANY_YEAR))))
    if not records:
        return POSSIBLE if is_named_so else NONE
    share = sum(_is_log(record) for record in records) / len(records)
    if share >= LIKELY:
        return CERTAIN
    if share >= POSSIBLE:
        return LIKELY
    return POSSIBLE if is_named_so else share


def looks_like_logs(head: bytes, name: str) -> bool:
    r"""Whether a file is to be read as logs: the confidence is at least a half.

    >>> looks_like_logs(b"incident:\n  id: INC-2024-001\n", "incident.yaml")
    False
    """
    return sniff(head, name) >= POSSIBLE


def _is_envelope(lines: list[str]) -> bool:
    return opens_document(lines[0]) and shows_envelope("\n".join(lines))


def _lines(head: bytes) -> list[str]:
    text = decompressed_head(head)[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    whole, newline, _cut = text.rpartition("\n")
    lines = (whole if newline else text).replace("\r\n", "\n").split("\n")[:MOST_LINES]
    return [line for line in lines if line.strip() and not is_noise(line)]


def _is_log(record: LogRecord) -> bool:
    if record.format == UNREADABLE:
        return False
    if record.format == PLAIN and record.timestamp is None:
        return record.severity_number is not None or is_start_of_another_format(record.raw)
    if record.format == PLAIN and record.severity_number is None and (record.message or "").startswith(_CELL_ENDS):
        return False  # a row of a table whose first column is a time
    if record.format == "json":
        return record.timestamp is not None and record.message != record.raw
    return record.timestamp is not None or record.severity_number is not None
