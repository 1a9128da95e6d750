"""The ledger of one incident: what was done for now, whether it ended since, and what is to replace it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.analysis.trends.fixes_told import Told, lasting_items, told_fixes
from incident_analytics.analysis.trends.whole_records import shown_owner, shown_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, tzinfo

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.model.incident import ActionItem
    from incident_analytics.model.measurement import Place

Ended: TypeAlias = Literal["", "reverted", "replaced"]


@dataclass(frozen=True, slots=True)
class TemporaryFix:
    """Something that was done for now.

    Args:
        incident_id: The incident.
        text: What was done, without addresses, phone numbers and names of responders.
        put_in_at: When; None where nothing tells.
        age_seconds: How long it has been in place; None where nothing tells since when.
        severity: The incident's severity.
        service: The incident's service.
        lasting_fix: The action item that is to replace it; empty where none is promised.
        owner: Who is to do that.
        due: By which day.
        is_overdue: Whether that day is over.
    """

    incident_id: str
    text: str
    put_in_at: datetime | None
    age_seconds: float | None
    severity: str | None
    service: str | None
    lasting_fix: str
    owner: str | None
    due: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A fix on the ledger.

    Args:
        fix: The fix.
        ended: How it ended; empty of one that is in place.
        ended_at: When, if that is known.
        place: Where the record tells of it.
    """

    fix: TemporaryFix
    ended: Ended
    ended_at: datetime | None
    place: Place | None = None


def ledger_entries(each: ToldRecord, as_of: datetime, zone: tzinfo) -> tuple[LedgerEntry, ...]:
    """The fixes of one incident that left something in place, in the order in which the record tells them.

    Args:
        each: The whole record.
        as_of: The instant it is seen from; what comes after it had not happened.
        zone: In which a due day ends.
    """
    return tuple(_entry(each, fix, as_of, zone) for fix in told_fixes(each, as_of) if fix.stays)


def _entry(each: ToldRecord, fix: Told, as_of: datetime, zone: tzinfo) -> LedgerEntry:
    incident = each.record.incident
    lasting = lasting_items(each, as_of)
    waiting = next((item for item, is_done in lasting if not is_done), None)
    ended, ended_at = _end(fix, lasting, as_of)
    text = shown_text(waiting.text, incident) if waiting else ""
    due = waiting.due if waiting else None
    return LedgerEntry(
        TemporaryFix(
            incident_id=incident.id,
            text=shown_text(fix.text, incident),
            put_in_at=fix.at,
            age_seconds=(as_of - fix.at).total_seconds() if fix.at else None,
            severity=incident.severity,
            service=incident.services[0] if incident.services else None,
            lasting_fix=text,
            owner=shown_owner(waiting.owner, incident) if waiting else None,
            due=due,
            is_overdue=due is not None and due < as_of.astimezone(zone).date(),
        ),
        ended,
        ended_at,
        fix.place,
    )


def _end(fix: Told, lasting: Sequence[tuple[ActionItem, bool]], as_of: datetime) -> tuple[Ended, datetime | None]:
    if fix.is_reverted:
        return "reverted", fix.reverted_at
    if not lasting or not all(is_done for _, is_done in lasting):
        return "", None
    closed = [item.closed_at.earliest if item.closed_at else None for item, _ in lasting]
    known = [at for at in closed if at is not None and at <= as_of]
    return "replaced", max(known) if len(known) == len(closed) else None
