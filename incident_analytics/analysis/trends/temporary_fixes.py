"""The ledger of temporary fixes: what was done for now, and whether it was reverted or replaced since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.survival import time_until_done
from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.fixes_told import Told, lasting_items, told_fixes
from incident_analytics.analysis.trends.whole_records import (
    records_in,
    shown_owner,
    shown_text,
    why_nothing,
    without_record,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.model.incident import ActionItem
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import WholeRecord

_MOST_LISTED: Final = 20
_MOST_EXAMPLES: Final = 5
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
class TemporaryFixes:
    """What was done for now, and what became of it.

    Args:
        as_of: The instant it is seen from.
        n: How many temporary fixes; None where no record could tell, and `reason` says why.
        in_place: How many of them are still in place.
        replaced: How many were replaced: every lasting fix of their incident is closed.
        reverted: How many were taken back.
        without_lasting_fix: How many of those in place have no action item that is to replace them.
        overdue: How many of those in place should have been replaced by now.
        median: The time until half of them were replaced or reverted, those in place counted as open.
        oldest: Those in place, oldest first, at most twenty.
        left_out: What the numbers are not about.
        reason: Why there are none; empty where there are.
    """

    as_of: datetime
    n: int | None
    in_place: int | None
    replaced: int | None
    reverted: int | None
    without_lasting_fix: int | None
    overdue: int | None
    median: Estimate
    oldest: tuple[TemporaryFix, ...]
    left_out: tuple[LeftOut, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A fix on the ledger; of one that ended, how, and when if that is known."""

    fix: TemporaryFix
    ended: Ended
    ended_at: datetime | None


def temporary_fixes(records: Iterable[WholeRecord], cohort: Cohort, runbook: Runbook) -> TemporaryFixes:
    """The temporary fixes of a cohort's incidents, until they were reverted or replaced.

    A fix is told by a timeline entry or a mitigation whose words or kind are the runbook's for a quick fix, or by an
    action item of such a kind; restarts and ended sessions leave nothing in place and are not among them. It ends
    when it is taken back, or when every action item of its incident that is a lasting fix is closed.

    Args:
        records: The whole records of the history.
        cohort: The incidents; what comes after the instant they are seen from had not happened.
        runbook: Says which words tell a quick fix, and which statuses are closed.
    """
    as_of = cohort.scope.as_of
    told = records_in(records, cohort, runbook)
    reason = why_nothing(told, cohort)
    if reason:
        unknown = Estimate(None, None, None, 0, reason=reason)
        return TemporaryFixes(as_of, None, None, None, None, None, None, unknown, (), reason=reason)
    fixes = [(each, fix) for each in told for fix in told_fixes(each, as_of)]
    entries = [_entry(each, fix, cohort) for each, fix in fixes if fix.stays]
    still = [entry.fix for entry in entries if not entry.ended]
    still.sort(key=lambda fix: (fix.put_in_at is None, fix.put_in_at or as_of, fix.incident_id))
    return TemporaryFixes(
        as_of=as_of,
        n=len(entries),
        in_place=len(still),
        replaced=sum(entry.ended == "replaced" for entry in entries),
        reverted=sum(entry.ended == "reverted" for entry in entries),
        without_lasting_fix=sum(not fix.lasting_fix for fix in still),
        overdue=sum(fix.is_overdue for fix in still),
        median=_median(entries, as_of),
        oldest=tuple(still[:_MOST_LISTED]),
        left_out=(*without_record(told, cohort), *_left_out(fixes)),
        reason="" if entries else "no record tells of a temporary fix",
    )


def _entry(each: ToldRecord, fix: Told, cohort: Cohort) -> _Entry:
    incident, as_of = each.record.incident, cohort.scope.as_of
    lasting = lasting_items(each, as_of)
    waiting = next((item for item, is_done in lasting if not is_done), None)
    ended, ended_at = _end(fix, lasting, as_of)
    text = shown_text(waiting.text, incident) if waiting else ""
    due = waiting.due if waiting else None
    return _Entry(
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
            is_overdue=due is not None and due < as_of.astimezone(cohort.scope.zone).date(),
        ),
        ended,
        ended_at,
    )


def _end(fix: Told, lasting: Sequence[tuple[ActionItem, bool]], as_of: datetime) -> tuple[Ended, datetime | None]:
    if fix.is_reverted:
        return "reverted", fix.reverted_at
    if not lasting or not all(is_done for _, is_done in lasting):
        return "", None
    closed = [item.closed_at.earliest if item.closed_at else None for item, _ in lasting]
    known = [at for at in closed if at is not None and at <= as_of]
    return "replaced", max(known) if len(known) == len(closed) else None


def _median(entries: Sequence[_Entry], as_of: datetime) -> Estimate:
    watched = list(_watched(entries, as_of))
    if not watched:
        return Estimate(None, None, None, 0, reason="nothing tells how long a fix was in place")
    seconds, is_open = zip(*watched, strict=True)
    return time_until_done(seconds, np.asarray(is_open, dtype=np.bool_))


def _watched(entries: Sequence[_Entry], as_of: datetime) -> Iterator[tuple[float, bool]]:
    for entry in entries:
        begun, end = entry.fix.put_in_at, entry.ended_at if entry.ended else as_of
        if begun is not None and end is not None and end >= begun:
            yield (end - begun).total_seconds(), not entry.ended


def _left_out(fixes: Sequence[tuple[ToldRecord, Told]]) -> tuple[LeftOut, ...]:
    gone = [each.record.incident.id for each, fix in fixes if not fix.stays]
    reason = "a restart or an ended session, which leaves nothing in place"
    return (LeftOut(reason, len(gone), tuple(dict.fromkeys(gone))[:_MOST_EXAMPLES]),) if gone else ()
