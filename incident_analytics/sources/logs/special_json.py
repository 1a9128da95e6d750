"""What keys of JSON lines do not tell by themselves: text as bytes, levels as numbers, letters or an HTTP status."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Final

from incident_analytics.sources.logs.severity import ANSI_COLOUR, severity_of_priority, severity_of_status

if TYPE_CHECKING:
    from incident_analytics.sources.logs.record import LogRecord

_OF_LETTER: Final = {"F": 21, "E": 17, "W": 13, "I": 9, "D": 5}


def priority(level: str | float) -> int | None:
    """The severity number of syslog's priority, written as text or as a number.

    >>> priority("3"), priority("x")
    (17, None)
    """
    try:
        return severity_of_priority(int(level))
    except ValueError:
        return None


def letter(level: str) -> int | None:
    """The severity number of MongoDB's letters, debug with its depth.

    >>> letter("E"), letter("D2")
    (17, 5)
    """
    return _OF_LETTER.get(level[:1])


def finish_journald(record: LogRecord) -> None:
    """A message with control characters is an array of bytes; repeated fields stay arrays."""
    message = record.message or ""
    if message.startswith("["):
        with contextlib.suppress(ValueError, TypeError):
            record.message = bytes(json.loads(message)).decode(errors="replace")
    record.message = ANSI_COLOUR.sub("", record.message or "").strip()


def finish_access(record: LogRecord) -> None:
    """The status implies a severity; nothing was written, and the attribute ``severity_from`` says so."""
    status = record.attributes.get("status")
    if isinstance(status, str) and status.isdigit():
        status = int(status)
    if isinstance(status, int) and not isinstance(status, bool):
        record.severity_number = severity_of_status(status)
        if record.severity_number is not None:
            record.attributes["severity_from"] = "status"
