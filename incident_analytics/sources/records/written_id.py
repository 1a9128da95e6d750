"""The id that a record file carries, found even where the record itself cannot be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from incident_analytics.errors import IncidentAnalyticsError
from incident_analytics.sources.records.files import read_raw_records

if TYPE_CHECKING:
    from pathlib import Path

_ID_LINE = re.compile(rb"""^\s*["']?id["']?\s*:\s*["']?([^"',\s#]+)""", re.MULTILINE)
_HEAD_BYTES = 4096


def written_id(record: Path) -> str | None:
    """The id of a record file as written; of one that cannot be read, the first line that tells an id."""
    try:
        identity = read_raw_records(record, where=record.name)[0].fields.get("id")
    except IncidentAnalyticsError:
        match = _ID_LINE.search(_head(record))
        return match[1].decode("utf-8", errors="replace") if match else None
    return str(identity).strip() if isinstance(identity, (str, int)) else None


def mentions(record: Path, identity: str) -> bool:
    """Whether an id may stand in a record file, in any case: a quick look before it is read."""
    return identity.lower() in record.read_bytes().decode("utf-8", errors="ignore").lower()


def _head(record: Path) -> bytes:
    try:
        with record.open("rb") as stream:
            return stream.read(_HEAD_BYTES)
    except OSError:
        return b""
