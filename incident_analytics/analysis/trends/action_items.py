"""What was promised after incidents, and what became of it: open, overdue, late, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from incident_analytics.analysis.action_items_frame import items_of
from incident_analytics.analysis.statistics.estimate import Estimate
from incident_analytics.analysis.trends.ageing import Ageing, ageing
from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.recurrence import Recurrence, recurrence
from incident_analytics.analysis.trends.whole_records import (
    records_in,
    shown_owner,
    shown_text,
    why_nothing,
    without_record,
)
from incident_analytics.model.runbook import load_runbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from incident_analytics.analysis.told_records import ToldRecord
    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import WholeRecord

_MOST_LISTED: Final = 10
_MOST_EXAMPLES: Final = 5
_BAND_ENDS: Final = (30, 90, 180, 365)
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Open items of some age.

    Args:
        from_days: From so many days on.
        to_days: Under so many; None has no upper end.
        count: How many.
    """

    from_days: int
    to_days: int | None
    count: int


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An action item that is open.

    Args:
        incident_id: The incident.
        number: Its place among the incident's items.
        text: What is to be done, without addresses, phone numbers and names of responders.
        owner: As recorded, without addresses and phone numbers; one who took a role is shown as that role.
        due: By which day.
        is_overdue: Whether that day is over.
        age_seconds: How long it has been open; None where nothing says since when.
        severity: The incident's severity.
        service: The incident's service.
    """

    incident_id: str
    number: int
    text: str
    owner: str | None
    due: date | None
    is_overdue: bool
    age_seconds: float | None
    severity: str | None
    service: str | None


@dataclass(frozen=True, slots=True)
class Promises:
    """How many action items there are of each sort.

    Args:
        closed: Those that are closed.
        open: Those that are not.
        overdue: Open ones whose day is over.
        closed_late: Closed ones that were closed on a day after the one they were due.
        closed_with_due: Of how many closed ones that can be said.
        open_without_owner: Open ones that nobody owns.
        open_without_due: Open ones without a day.
        open_without_ticket: Open ones without a ticket.
    """

    closed: int
    open: int
    overdue: int
    closed_late: int
    closed_with_due: int
    open_without_owner: int
    open_without_due: int
    open_without_ticket: int


@dataclass(frozen=True, slots=True)
class ActionItemTrend:
    """What was promised after incidents, and what became of it.

    Args:
        as_of: The instant it is seen from; what was closed later was open then.
        n: How many action items; None where no record could tell, and `reason` says why.
        incidents: How many incidents have a whole record.
        incidents_with_items: How many of them have an action item.
        promises: The items by what became of them; None where there are none.
        ageing: How long they stay open.
        age_bands: The open ones by age.
        oldest: The open ones, oldest first, at most ten.
        recurrence: What came again after items were closed.
        left_out: What the numbers are not about.
        reason: Why there are none; empty where there are.
    """

    as_of: datetime
    n: int | None
    incidents: int
    incidents_with_items: int | None
    promises: Promises | None
    ageing: Ageing
    age_bands: tuple[AgeBand, ...]
    oldest: tuple[OpenItem, ...]
    recurrence: Recurrence | None
    left_out: tuple[LeftOut, ...] = ()
    reason: str = ""


def action_items(
    records: Iterable[WholeRecord], cohort: Cohort, *, as_of: datetime, runbook: Runbook | None = None
) -> ActionItemTrend:
    """What became of the action items of a cohort's incidents.

    An item is overdue, or was closed late, from the day after the one it was due, in the scope's zone. Since when an
    item is open is told by `action_items_frame`.

    Args:
        records: The whole records of the history.
        cohort: The incidents.
        as_of: The instant it is seen from.
        runbook: Says which statuses are closed; the shipped one by default.
    """
    told = records_in(records, cohort, runbook or load_runbook())
    reason = why_nothing(told, cohort)
    if reason:
        nothing = Ageing(None, Estimate(None, None, None, 0, reason=reason), (), ())
        return ActionItemTrend(as_of, None, 0, None, None, nothing, (), (), None, reason=reason)
    every = items_of(told)
    items = every.filter((pl.col("opened_at") <= as_of).fill_null(value=True)).with_columns(
        is_closed=pl.col("is_closed") & (pl.col("closed_at") <= as_of).fill_null(value=True)
    )
    open_items = items.filter(~pl.col("is_closed")).sort("opened_at", "incident_id", "number", nulls_last=True)
    listed = tuple(_open_items(open_items.head(_MOST_LISTED), told, cohort, as_of))
    return ActionItemTrend(
        as_of=as_of,
        n=items.height,
        incidents=len(told),
        incidents_with_items=items["incident_id"].n_unique(),
        promises=_promises(items, cohort, as_of) if items.height else None,
        ageing=ageing(items, as_of),
        age_bands=_bands(open_items, as_of),
        oldest=listed,
        recurrence=recurrence(items.filter(pl.col("is_closed")), told, cohort) if items.height else None,
        left_out=(*without_record(told, cohort), *_not_yet(every.filter(pl.col("opened_at") > as_of))),
        reason="" if items.height else "no record has an action item",
    )


def _promises(items: pl.DataFrame, cohort: Cohort, as_of: datetime) -> Promises:
    zone, today = cohort.scope.zone, as_of.astimezone(cohort.scope.zone).date()
    still = items.filter(~pl.col("is_closed"))
    judged = items.filter(pl.all_horizontal("is_closed", pl.col("closed_at", "due").is_not_null()))
    late = sum(closed.astimezone(zone).date() > due for closed, due in judged.select("closed_at", "due").iter_rows())
    return Promises(
        closed=items.height - still.height,
        open=still.height,
        overdue=int((still["due"] < today).sum()),
        closed_late=late,
        closed_with_due=judged.height,
        open_without_owner=still["owner"].null_count(),
        open_without_due=still["due"].null_count(),
        open_without_ticket=still["ticket"].null_count(),
    )


def _bands(open_items: pl.DataFrame, as_of: datetime) -> tuple[AgeBand, ...]:
    days = (pl.lit(as_of) - open_items["opened_at"].drop_nulls()).dt.total_seconds() / _DAY
    ages: pl.Series = pl.select(days).to_series()
    if not len(ages):
        return ()
    ends: tuple[int | None, ...] = (*_BAND_ENDS, None)
    starts = (0, *_BAND_ENDS)
    return tuple(
        AgeBand(start, end, int(((ages >= start) & (ages < (end if end is not None else float("inf")))).sum()))
        for start, end in zip(starts, ends, strict=True)
    )


def _open_items(rows: pl.DataFrame, told: Sequence[ToldRecord], cohort: Cohort, as_of: datetime) -> Iterator[OpenItem]:
    incidents = {each.record.incident.id: each.record.incident for each in told}
    today = as_of.astimezone(cohort.scope.zone).date()
    for row in rows.iter_rows(named=True):
        yield _open_item(row, incidents[row["incident_id"]], today, as_of)


def _open_item(row: Mapping[str, object], incident: Incident, today: date, as_of: datetime) -> OpenItem:
    item = incident.action_items[int(str(row["number"])) - 1]
    opened: datetime | None = row["opened_at"]  # type: ignore[assignment]  # the frame's type
    return OpenItem(
        incident_id=incident.id,
        number=int(str(row["number"])),
        text=shown_text(item.text, incident),
        owner=shown_owner(item.owner, incident),
        due=item.due,
        is_overdue=item.due is not None and item.due < today,
        age_seconds=(as_of - opened).total_seconds() if opened else None,
        severity=incident.severity,
        service=incident.services[0] if incident.services else None,
    )


def _not_yet(later: pl.DataFrame) -> tuple[LeftOut, ...]:
    if not later.height:
        return ()
    ids = tuple(later["incident_id"].unique(maintain_order=True).head(_MOST_EXAMPLES))
    return (LeftOut("it counts as open only from a later instant on", later.height, ids),)
