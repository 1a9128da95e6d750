"""Every error this package raises on purpose, told in one tree.

    IncidentAnalyticsError
    ├── RecordError      an incident record says something that cannot be read
    ├── RunbookError     a runbook file says something that cannot be followed
    ├── BundleError      there is no such incident, or more than one
    ├── SourceError      an evidence file cannot be opened or unpacked
    ├── ParameterError   a notebook or function was given something it does not take
    └── ReportError      a document could not be made

Each keeps its facts as attributes and reads as one line:
where it is, what is wrong, what was expected, what was found, the nearest right answer.
"""

from __future__ import annotations

from typing import Self

LONGEST_FOUND = 80
LONGEST_FACT = 400


def shortened(text: str, limit: int = LONGEST_FOUND) -> str:
    """The text on one line, cut at its end where it is too long, fit for any terminal.

    What cannot be printed, such as the escape that starts a terminal's command, reads as U+FFFD.

    >>> shortened("one  two")
    'one two'
    """
    line = " ".join(text[: 4 * limit].split())
    line = line if len(line) <= limit else f"{line[: limit - 1]}…"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)


class IncidentAnalyticsError(Exception):
    """The parent of all errors raised on purpose.

    Args:
        message: What is wrong, without the place.
        where: File and line, such as ``incident.yaml:9``.
        expected: What would have been right.
        found: What stood there instead.
        nearest: The nearest right answer, as a sentence.
    """

    def __init__(
        self, message: str, *, where: str = "", expected: str = "", found: str | None = None, nearest: str = ""
    ) -> None:
        self.message = message
        self.where = where
        self.expected = expected
        self.found = found
        self.nearest = nearest
        super().__init__(self._line())

    def inside(self, folder: str) -> Self:
        """The same error with its place told from outside the folder: ``data/INC-1/incident.yaml:9``."""
        if folder in {"", "."}:
            return self
        moved = type(self)(
            self.message,
            where=f"{folder}/{self.where}" if self.where else folder,
            expected=self.expected,
            found=self.found,
            nearest=self.nearest,
        )
        moved.__dict__ |= {name: value for name, value in vars(self).items() if name not in vars(moved)}
        return moved

    def _line(self) -> str:
        line = f"{self.where}: {self.message}" if self.where else self.message
        facts = []
        if self.expected:
            facts.append(f"expected {shortened(self.expected, LONGEST_FACT)}")
        if self.found is not None:
            facts.append(f"found '{shortened(self.found)}'")
        line = shortened(line, LONGEST_FACT)
        if facts:
            line = f"{line}: {', '.join(facts)}"
        return f"{line}; {shortened(self.nearest, LONGEST_FACT)}" if self.nearest else line


class RecordError(IncidentAnalyticsError):
    """An incident record says something that cannot be read; `problems` tells all of it, one error a field."""

    problems: tuple[RecordError, ...] = ()


class RunbookError(IncidentAnalyticsError):
    """A runbook file says something that cannot be followed."""


class BundleError(IncidentAnalyticsError):
    """There is no such incident, or more than one of that name."""


class SourceError(IncidentAnalyticsError):
    """An evidence file cannot be opened or unpacked."""


class ParameterError(IncidentAnalyticsError):
    """A notebook, command or function was given something it does not take."""


class ReportError(IncidentAnalyticsError):
    """A document could not be made."""
