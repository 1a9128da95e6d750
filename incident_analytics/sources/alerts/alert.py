"""One alert: since when its expression was true, when it fired, when it was over, and everything that tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.errors import shortened

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.model.measurement import Place

State: TypeAlias = Literal["pending", "suppressed", "firing", "resolved"]
_SERVICE_LABELS = ("service", "job")


@dataclass(frozen=True, slots=True)
class Alert:
    """One time that an alert became active; where it comes again it is another.

    Args:
        labels: Name and value of each label, in order of name; they tell which alert it is.
        state: The farthest that any file tells: pending, suppressed (fired but silenced), firing, resolved.
        active_at: Since when its expression was true; None where no file tells it.
        fired_at: When it fired, which is later by the rule's ``for``; None where no file tells it.
        resolved_at: When it was over; None while it fires, or where no file tells it.
        summary: What it says, of the notification that it fires where there is one.
        fingerprint: What Alertmanager calls it; empty where nothing tells it.
        places: Everywhere that it stands, in order.
        fired_in: Where it stands when it fired.
        resolved_in: Where it stands when it was over.
    """

    labels: tuple[tuple[str, str], ...]
    state: State
    active_at: datetime | None
    fired_at: datetime | None
    resolved_at: datetime | None
    summary: str
    fingerprint: str
    places: tuple[Place, ...]
    fired_in: Place | None = None
    resolved_in: Place | None = None

    @property
    def name(self) -> str:
        """The label ``alertname``; what was grouped away reads as ``without a name``."""
        return shortened(dict(self.labels).get("alertname") or "without a name")

    @property
    def severity(self) -> str | None:
        """The label ``severity``, as written."""
        return dict(self.labels).get("severity") or None

    @property
    def service(self) -> str | None:
        """The label ``service``, else ``job``."""
        told = dict(self.labels)
        return next((told[label] for label in _SERVICE_LABELS if told.get(label)), None)

    @property
    def has_fired(self) -> bool:
        """Whether it fired, silenced or not."""
        return self.state != "pending"

    @property
    def moments(self) -> tuple[datetime, ...]:
        """The instants that are told of it, in order."""
        told = (self.active_at, self.fired_at, self.resolved_at)
        return tuple(at for at in told if at is not None)
