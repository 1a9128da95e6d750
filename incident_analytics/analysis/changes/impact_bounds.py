"""From when to when there was impact, as changes are held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.model.measurement import Place


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of the impact.

    Args:
        earliest: The earliest it can have been.
        latest: The latest.
        words: What it is, such as ``the first error in the logs``.
        is_measured: Whether the evidence tells it; otherwise the record does.
        place: Where it stands.
    """

    earliest: datetime
    latest: datetime
    words: str
    is_measured: bool
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ImpactBounds:
    """Start and end of the impact; None where neither evidence nor record tells.

    Args:
        start: The start.
        end: The end.
        is_impact_seen: False where the evidence was searched and shows no impact: then the bounds are the record's.
    """

    start: Bound | None
    end: Bound | None
    is_impact_seen: bool = True
