"""A check: one rule of the runbook, how it went, and why we think so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.model.measurement import Anchor, Place

State: TypeAlias = Literal["met", "missed", "not_evidenced", "pending", "manual", "not_applicable"]
Evidence: TypeAlias = "Place | Anchor"


@dataclass(frozen=True, slots=True)
class Check:
    """How one rule of the runbook went.

    Args:
        rule: The rule's id, such as ``response-target``.
        req: The requirement it serves, such as ``S2``.
        title: What the rule asks for, as a statement that is true where it is met.
        quote: The runbook's own words.
        state: ``met``; ``missed``; ``not_evidenced`` (nothing tells it either way); ``pending`` (its deadline
            lies after the report's instant, or the incident is open); ``manual``; ``not_applicable``.
        detail: A short plain sentence with the numbers.
        evidence: What it was judged by: events and milestones with words, time and place, or places alone.
        deadline: Until when it was or is due (UTC), where the runbook sets a time.
    """

    rule: str
    req: str
    title: str
    quote: str
    state: State
    detail: str = ""
    evidence: tuple[Evidence, ...] = ()
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge says of a rule: the parts of a check that are not the rule's own.

    Args:
        state: As in `Check`.
        detail: As in `Check`.
        evidence: As in `Check`.
        deadline: As in `Check`.
        quote: The runbook's words for this severity, where they say more than the rule's quote.
    """

    state: State
    detail: str = ""
    evidence: tuple[Evidence, ...] = ()
    deadline: datetime | None = None
    quote: str = ""
