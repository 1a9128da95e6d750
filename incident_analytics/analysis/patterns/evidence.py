"""A piece of evidence for or against a known pattern, and how much of it there is in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.model.measurement import Place
    from incident_analytics.model.runbook import Pattern

Stance: TypeAlias = Literal["for", "against", "neither", "not looked at"]
Source: TypeAlias = Literal["logs", "metrics", "database"]
Answer: TypeAlias = Literal["resembles", "none", "cannot be told"]
STANCES: tuple[Stance, ...] = ("for", "against", "neither", "not looked at")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one signal of a pattern shows.

    Args:
        stance: Whether it speaks for the pattern, against it, for neither (it need not show), or there is nothing in
            the bundle to look at.
        source: Where it was looked for.
        expected: What the pattern's signal says.
        kind: What was looked for: ``words``, what a metric ``does``, or what a capture ``shows``.
        is_telling: Whether it can make a resemblance alone; that something stays level cannot.
        subject: The metric, or the session.
        labels: Its labels, a JSON object.
        number: The lines, the farthest value, the sessions, the seconds, or the connections.
        before: The same of the time before: the lines, or the usual value.
        limit: What it was compared with.
        unit: Of the numbers, as the samples name it.
        minutes: Over how many minutes the number was counted.
        minutes_before: Over how many the one before was.
        at: When it first showed.
        places: The lines that it was read from.
        example: The first message, or the query.
        series: How many series there are of it.
        reason: Why there is nothing to look at, or what to know about it.
    """

    stance: Stance
    source: Source
    expected: str
    kind: str
    is_telling: bool = True
    subject: str = ""
    labels: str = "{}"
    number: float | None = None
    before: float | None = None
    limit: float | None = None
    unit: str = ""
    minutes: float | None = None
    minutes_before: float | None = None
    at: datetime | None = None
    places: tuple[Place, ...] = ()
    example: str = ""
    series: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How one known pattern fits.

    Args:
        pattern: The pattern of the runbook.
        evidence: Every signal of it: for, against, neither, not looked at; in this order.
    """

    pattern: Pattern
    evidence: tuple[Evidence, ...]

    def of(self, stance: Stance) -> tuple[Evidence, ...]:
        """The evidence of one stance."""
        return tuple(each for each in self.evidence if each.stance == stance)

    @property
    def resembles(self) -> bool:
        """Whether something telling speaks for it, and more than against it."""
        found = self.of("for")
        return any(each.is_telling for each in found) and len(found) > len(self.of("against"))

    @property
    def is_told(self) -> bool:
        """Whether there was anything to look at."""
        return any(each.stance != "not looked at" for each in self.evidence)

    @property
    def surplus(self) -> float:
        """How much more speaks for it than against it: 1 a signal, a half where it cannot make a resemblance alone."""
        return _weight(self.of("for")) - _weight(self.of("against"))

    @property
    def sources(self) -> int:
        """In how many of logs, metrics and captures something speaks for it."""
        return len({each.source for each in self.of("for")})

    @property
    def log_lines(self) -> int:
        """How many log lines speak for it."""
        return int(sum(each.number or 0 for each in self.of("for") if each.source == "logs"))


def _weight(found: tuple[Evidence, ...]) -> float:
    return sum(1.0 if each.is_telling else 0.5 for each in found)


@dataclass(frozen=True, slots=True)
class KnownPatterns:
    """Every known pattern, those first that the evidence resembles most.

    Args:
        ranked: The patterns: see `known_patterns` for their order.
        begins: The onset that evidence was compared at; None where no start is known.
        ends: The end of the incident.
        reason: Why nothing can be told; empty where it can.
    """

    ranked: tuple[Resemblance, ...]
    begins: datetime | None
    ends: datetime | None
    reason: str = ""

    @property
    def resembling(self) -> tuple[Resemblance, ...]:
        """Those that it resembles."""
        return tuple(each for each in self.ranked if each.resembles)

    @property
    def best(self) -> Resemblance | None:
        """The one that it resembles most; None where it resembles none."""
        return next(iter(self.resembling), None)

    @property
    def answer(self) -> Answer:
        """What can be said in a word."""
        if self.reason:
            return "cannot be told"
        return "resembles" if self.best else "none"
