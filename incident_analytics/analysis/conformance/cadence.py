"""Status updates on cadence: every gap between acknowledgment and resolution, and every promised next update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.analysis.conformance.timing import binding, minutes_after
from incident_analytics.model.instants import Instant

if TYPE_CHECKING:
    from datetime import datetime

    from incident_analytics.analysis.conformance.situation import Situation
    from incident_analytics.analysis.conformance.timing import Limit, Outcome
    from incident_analytics.model.incident import StatusUpdate
    from incident_analytics.model.runbook import Severity

Kept: TypeAlias = Literal["kept", "late", "missed", "pending", "not_due"]
CountedFrom: TypeAlias = Literal["acknowledged_at", "first_update"]
_KINDS = ("update_sent",)
_A_MINUTE = timedelta(minutes=1) - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class UpdateGap:
    """The time between two updates, or between one and an end of the response.

    Args:
        start: The acknowledgment, or the update before it.
        end: The update after it, the resolution, or the instant we look back from.
        outcome: Whether it kept the cadence; uncertain where a range straddles it.
    """

    start: Instant
    end: Instant
    outcome: Outcome

    @property
    def duration_seconds(self) -> float:
        """How long it lasted, between the earliest that both ends can have been."""
        return (self.end.earliest - self.start.earliest).total_seconds()


@dataclass(frozen=True, slots=True)
class PromisedUpdate:
    """A next update that an update promised.

    Args:
        update: The one that promised.
        promised_at: For when.
        sent_at: When the next one came; None where none did.
        outcome: ``kept``; ``late``; ``missed`` (none came); ``pending``; ``not_due`` (resolved before).
    """

    update: StatusUpdate
    promised_at: Instant
    sent_at: Instant | None
    outcome: Kept


@dataclass(frozen=True, slots=True)
class UpdateAudit:
    """How status updates went.

    Args:
        gaps: The gaps for which a severity sets a cadence, in order; the last one of an open incident is here
            only once its update is overdue.
        promises: The promised next updates, in order.
        counted_from: ``acknowledged_at``, or ``first_update`` where nobody recorded the acknowledgment.
        sent: The updates within, in order, several at one instant as one.
    """

    gaps: tuple[UpdateGap, ...]
    promises: tuple[PromisedUpdate, ...]
    counted_from: CountedFrom
    sent: tuple[Instant, ...]

    @property
    def on_time_share(self) -> float | None:
        """The share of gaps that kept the cadence; None without any."""
        return self.on_time / len(self.gaps) if self.gaps else None

    @property
    def on_time(self) -> int:
        """How many gaps kept the cadence."""
        return sum(gap.outcome == "met" for gap in self.gaps)

    @property
    def longest(self) -> UpdateGap | None:
        """The longest gap, the first of equals; None without any."""
        return max(self.gaps, key=lambda gap: gap.duration_seconds, default=None)


def audit_updates(situation: Situation) -> UpdateAudit:
    """Every gap between updates from acknowledgment to resolution, beside the cadence of the severity that held.

    A gap as long as the cadence is on time. The last gap ends with the resolution, or with ``as_of`` while
    the incident is open. Updates before the acknowledgment and after the resolution set no gap.
    """
    start = situation.at("acknowledged_at")
    last = situation.at("resolved_at") or Instant.exact(situation.as_of)
    sent = [event.at for event in situation.told(_KINDS) if event.moment <= last.earliest]
    counted_from: CountedFrom = "acknowledged_at" if start else "first_update"
    begin = start or (sent[0] if sent else None)
    if begin is None or begin.earliest > last.earliest:
        return UpdateAudit((), _promises(situation), counted_from, ())
    within = list({at.earliest: at for at in sent if at.earliest > begin.earliest}.values())
    marks = [begin, *within]
    gaps = [_gap(before, after, situation) for before, after in pairwise(marks)]
    if last.earliest > marks[-1].earliest:
        final = _gap(marks[-1], last, situation)
        is_due = final is not None and (not situation.is_open or final.outcome == "missed")
        gaps += [final] if is_due else []
    return UpdateAudit(tuple(gap for gap in gaps if gap), _promises(situation), counted_from, tuple(within))


def _gap(before: Instant, after: Instant, situation: Situation) -> UpdateGap | None:
    due = binding(situation, before, _cadence, done=after.latest)
    return UpdateGap(before, after, due.outcome(after)) if due else None


def _cadence(severity: Severity) -> Limit | None:
    return None if severity.update_every_minutes is None else minutes_after(severity.update_every_minutes)


def _promises(situation: Situation) -> tuple[PromisedUpdate, ...]:
    updates = sorted(situation.incident.updates, key=lambda update: update.at.earliest)
    promises = []
    for index, update in enumerate(updates):
        if update.next_update_at is not None:
            later = next((other for other in updates[index + 1 :] if other.at.earliest > update.at.earliest), None)
            sent_at = later.at if later else None
            outcome = _kept(update.next_update_at, sent_at, situation)
            promises.append(PromisedUpdate(update, update.next_update_at, sent_at, outcome))
    return tuple(promises)


def _kept(promised: Instant, sent_at: Instant | None, situation: Situation) -> Kept:
    until = _end_of(promised)
    resolved = situation.at("resolved_at")
    if sent_at is not None and sent_at.earliest <= until:
        return "kept"
    if resolved is not None and resolved.earliest <= until:
        return "not_due"
    if sent_at is not None:
        return "late"
    return "pending" if until > situation.as_of else "missed"


def _end_of(promised: Instant) -> datetime:
    """A promise for 14:45 is kept until the minute is over: that is all that was written."""
    return promised.latest + (_A_MINUTE if promised.precision == "minute" else timedelta(0))
