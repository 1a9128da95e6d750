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
