"""The ledger of temporary fixes: what was done for now, and whether it was reverted or replaced since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.statistics.survival import time_until_done
from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.fix_ledger import LedgerEntry, TemporaryFix, ledger_entries
from incident_analytics.analysis.trends.fixes_told import told_fixes
from incident_analytics.analysis.trends.whole_records import records_in, why_nothing, without_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import WholeRecord

_MOST_LISTED: Final = 20
_MOST_EXAMPLES: Final = 5


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


def temporary_fixes(records: Iterable[WholeRecord], cohort: Cohort, runbook: Runbook) -> TemporaryFixes:
    """The temporary fixes of a cohort's incidents, until they were reverted or replaced.

    A fix is told by a timeline entry, a status update or a mitigation whose words or kind are the runbook's for a
    quick fix, or by an action item of such a kind; restarts and ended sessions leave nothing in place and are not
    among them. It ends when it is taken back, or when every action item of its incident that is a lasting fix is
    closed (`fix_ledger`).

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
    entries = [entry for each in told for entry in ledger_entries(each, as_of, cohort.scope.zone)]
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
        left_out=(*without_record(told, cohort), *_left_out(told, as_of)),
        reason="" if entries else "no record tells of a temporary fix",
    )


def _median(entries: Sequence[LedgerEntry], as_of: datetime) -> Estimate:
    watched = list(_watched(entries, as_of))
    if not watched:
        return Estimate(None, None, None, 0, reason="nothing tells how long a fix was in place")
    seconds, is_open = zip(*watched, strict=True)
    return time_until_done(seconds, np.asarray(is_open, dtype=np.bool_))


def _watched(entries: Sequence[LedgerEntry], as_of: datetime) -> Iterator[tuple[float, bool]]:
    for entry in entries:
        begun, end = entry.fix.put_in_at, entry.ended_at if entry.ended else as_of
        if begun is not None and end is not None and end >= begun:
            yield (end - begun).total_seconds(), not entry.ended


def _left_out(told: Sequence[ToldRecord], as_of: datetime) -> tuple[LeftOut, ...]:
    gone = [each.record.incident.id for each in told for fix in told_fixes(each, as_of) if not fix.stays]
    reason = "a restart or an ended session, which leaves nothing in place"
    return (LeftOut(reason, len(gone), tuple(dict.fromkeys(gone))[:_MOST_EXAMPLES]),) if gone else ()
