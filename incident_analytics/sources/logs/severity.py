"""Levels as OpenTelemetry severity numbers: 1 trace, 5 debug, 9 info, 13 warn, 17 error, 21 fatal."""

from __future__ import annotations

import re
from typing import Final

ANSI_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

# OpenTelemetry log data model, appendix B (mappings), and the npm levels of its winston transport.
SEVERITY_OF_WORD: Final[dict[str, int]] = {
    "all": 1,
    "trace": 1,
    "silly": 1,
    "finest": 1,
    "debug": 5,
    "finer": 5,
    "fine": 6,
    "verbose": 6,
    "config": 7,
    "http": 7,
    "info": 9,
    "information": 9,
    "informational": 9,
    "notice": 10,
    "success": 10,
    "warn": 13,
    "warning": 13,
    "err": 17,
    "error": 17,
    "severe": 17,
    "crit": 18,
    "dpanic": 18,
    "alert": 19,
    "critical": 21,
    "fatal": 21,
    "panic": 21,
    "emerg": 21,
    "emergency": 21,
}

FIRST_ERROR: Final = 17  # and all above: OpenTelemetry's ERROR and FATAL

PINO_STEPS: Final = (1, 5, 9, 13, 17, 21)  # levels 10, 20, 30, 40, 50, 60


def severity_of_word(word: str) -> int | None:
    """The severity number of a level written as a word, or None where the word is unknown.

    >>> severity_of_word("WARNING")
    13
    """
    known = SEVERITY_OF_WORD.get(word)
    if known is not None:
        return known
    return SEVERITY_OF_WORD.get(ANSI_COLOUR.sub("", word).strip().lower())


def severity_of_pino(level: float) -> int | None:
    """The severity number of a numeric level of pino or bunyan; one between two steps counts as the lower.

    >>> severity_of_pino(30), severity_of_pino(35), severity_of_pino(7)
    (9, 9, None)
    """
    step = level // 10 - 1
    return PINO_STEPS[int(step)] if 0 <= step < len(PINO_STEPS) else None


_OF_PRIORITY: Final = (21, 19, 18, 17, 13, 10, 9, 5)  # emerg, alert, crit, err, warning, notice, info, debug
_OF_POSTGRES: Final = {"LOG": 9, "DETAIL": 9, "HINT": 9, "QUERY": 9, "CONTEXT": 9, "STATEMENT": 9, "LOCATION": 9}
_FIRST_ERROR, _FIRST_WARNING, _LAST_STATUS = 500, 400, 600


def severity_of_priority(priority: int) -> int | None:
    """The severity number of syslog's 0 (emergency) to 7 (debug).

    >>> severity_of_priority(3), severity_of_priority(9)
    (17, None)
    """
    return _OF_PRIORITY[priority] if 0 <= priority < len(_OF_PRIORITY) else None


def severity_of_postgres(word: str) -> int | None:
    """The severity number of PostgreSQL's levels; LOG is information, and so are the lines that explain another.

    >>> severity_of_postgres("LOG"), severity_of_postgres("DEBUG2"), severity_of_postgres("PANIC")
    (9, 5, 21)
    """
    return _OF_POSTGRES.get(word) or severity_of_word(word.rstrip("12345"))


def severity_of_status(status: int) -> int | None:
    """The severity number that an HTTP status implies: 5xx is an error, 4xx a warning, the others information.

    >>> severity_of_status(502), severity_of_status(404), severity_of_status(200)
    (17, 13, 9)
    """
    if not 100 <= status < _LAST_STATUS:  # noqa: PLR2004 -- the first status there is
        return None
    if status >= _FIRST_ERROR:
        return 17
    return 13 if status >= _FIRST_WARNING else 9
