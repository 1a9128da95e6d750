"""Which lines have a level, and which are errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from incident_analytics.analysis.engine_door import INSTANT, INTEGER, TEXT

if TYPE_CHECKING:
    import narwhals as nw

# OpenTelemetry log data model, SeverityNumber: 17-20 ERROR, 21-24 FATAL; 0 is UNSPECIFIED
ERROR: Final = 17
LOWEST_KNOWN: Final = 1
_NAMES: Final = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")

LOG_COLUMNS: Final = {
    "timestamp": INSTANT,
    "severity_number": INTEGER,
    "service": TEXT,
    "message": TEXT,
    "user_id": TEXT,
    "raw": TEXT,
    "file": TEXT,
    "line": INTEGER,
}


def has_level(severity: nw.Expr) -> nw.Expr:
    """True for a line whose level is known; never null."""
    return (severity >= LOWEST_KNOWN).fill_null(value=False)


def is_error(severity: nw.Expr) -> nw.Expr:
    """True for a line of level ERROR or above; false, not null, where the level is unknown."""
    return (severity >= ERROR).fill_null(value=False)


def level_name(severity: int | None) -> str:
    """OpenTelemetry's short name of a severity number; empty where the level is unknown.

    >>> level_name(17), level_name(None)
    ('ERROR', '')
    """
    known = severity is not None and LOWEST_KNOWN <= severity <= len(_NAMES) * 4
    return _NAMES[(severity - 1) // 4] if known and severity is not None else ""
