"""A number of a report, with its status, its anchors and where each came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.model.instants import Instant
    from incident_analytics.model.money import Money

Status: TypeAlias = Literal["recorded", "derived", "measured", "pending", "unknown", "not_applicable", "invalid"]
Level: TypeAlias = Literal["info", "warning", "error"]

LEVELS: tuple[Level, ...] = ("info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file relative to its bundle, and a line counted from 1.

    >>> str(Place("incident.yaml", 19))
    'incident.yaml:19'
    """

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """The place as editors and terminals write it."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubtful fact, or one that two places tell differently.

    Args:
        rule: The stable name of the rule that noticed, such as ``start-equals-detection``.
        level: How much it matters: info, warning or error.
        message: One blameless sentence for a person.
        where: The place it was seen, where there is one.
        seen: What stood there.
        expected: What the rule expected.
    """

    rule: str
    level: Level
    message: str
    where: Place | None = None
    seen: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One end of a duration: which milestone, when, and how we know.

    Args:
        anchor: The milestone, such as ``acknowledged_at``.
        at: The instant, or None where nobody recorded it.
        origin: How it is known: ``recorded``, or the timeline words it was read from.
        place: The file and line it came from.
    """

    anchor: str
    at: Instant | None = None
    origin: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number with its status; a value, or a range, or the reason why there is neither.

    Args:
        name: The metric, such as ``time_to_resolution``.
        unit: ``seconds``, ``users``, ``people`` or an ISO 4217 currency.
        status: How it is known; only recorded, derived and measured have a value or range.
        value: The exact value. None where it is a range or not known.
        low: The lower end of a range.
        high: The upper end of a range.
        clock: The named pair of anchors, for durations.
        start: The first anchor.
        end: The second anchor.
        reason: Why there is no value, or what to know about the one there is.
        measured: What the evidence says of the same thing, beside the record. None where it says nothing.
        measured_window: From when to when it was counted in the evidence.
        money: The exact amount and currency, for revenue.
        findings: What is doubtful about it.
    """

    name: str
    unit: str
    status: Status
    value: float | None = None
    low: float | None = None
    high: float | None = None
    clock: str | None = None
    start: Anchor | None = None
    end: Anchor | None = None
    reason: str = ""
    measured: float | None = None
    money: Money | None = None
    findings: tuple[Finding, ...] = ()
    measured_window: tuple[datetime, datetime] | None = None

    @property
    def is_known(self) -> bool:
        """Whether it has a value or a range."""
        return self.value is not None or self.low is not None

    @property
    def is_doubtful(self) -> bool:
        """Whether a finding of level warning or error hangs on it."""
        return any(finding.level != "info" for finding in self.findings)
