"""The ledger of temporary fixes: in place until reverted or replaced."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.analysis.trends.cohort import LeftOut
from incident_analytics.analysis.trends.temporary_fixes import temporary_fixes
from incident_analytics.reporting.trends.plain import plain
from incident_analytics.sources.histories import records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.analysis.trends.cohort import Cohort
    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History

LASTING = {"text": "Size it by load", "kind": "Long-term fix", "due": "2024-03-01", "owner": "data team"}


def incident(*events: tuple[str, str], **more: object) -> dict[str, object]:
    """A record of 2024-01-15 whose timeline has some entries."""
    timeline = [{"time": f"2024-01-15T{time}Z", "event": text} for time, text in events]
    over = {"started_at": "2024-01-15T14:00Z", "resolved_at": "2024-01-15T18:00Z"}
    return {"id": "A", **over, "timeline": timeline, **more}


def test_half_of_the_samples_fixes_are_in_place(
    sample_history: History, sample_cohort: Cohort, runbook: Runbook
) -> None:
    """24 quick fixes, 12 of whose lasting fixes are open (data/README.md)."""
    ledger = temporary_fixes(records_of(sample_history), sample_cohort, runbook)
    assert (ledger.n, ledger.in_place, ledger.replaced, ledger.reverted) == (24, 12, 12, 0)
    assert (ledger.without_lasting_fix, ledger.overdue, ledger.left_out) == (0, 9, ())
    assert (ledger.median.n, ledger.median.n_open) == (24, 12)
    oldest = ledger.oldest[0]
    assert (oldest.incident_id, oldest.text) == ("INC-2022-019", "More memory added to edge-gateway for now")
    assert (oldest.lasting_fix, oldest.due) == ("Size the memory of edge-gateway by its load", date(2022, 3, 23))
    assert [each.put_in_at for each in ledger.oldest] == sorted(
        each.put_in_at for each in ledger.oldest if each.put_in_at
    )
    assert plain(ledger)["n"] == 24  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    "text",
    ["Pool resized from 20 to 50", "Memory increased", "Feature disabled for now", "Provider switched to the fallback"],
)
def test_what_stays_is_on_the_ledger(told: Callable[..., Any], runbook: Runbook, text: str) -> None:
    """Each fix that the runbook names, without a lasting one."""
    cohort, records = told(incident(("15:00", text)))
    ledger = temporary_fixes(records, cohort, runbook)
    assert (ledger.n, ledger.in_place, ledger.without_lasting_fix) == (1, 1, 1)
    assert (ledger.oldest[0].text, ledger.oldest[0].put_in_at) == (text, datetime(2024, 1, 15, 15, 0, tzinfo=UTC))
    assert ledger.oldest[0].age_seconds == 137 * 86_400 + 9 * 3_600


def test_a_restart_leaves_nothing_in_place(told: Callable[..., Any], runbook: Runbook) -> None:
    """It is counted among those left out."""
    cohort, records = told(incident(("15:00", "Rolling restart of the workers"), ("15:10", "Killed idle sessions")))
    ledger = temporary_fixes(records, cohort, runbook)
    assert (ledger.n, ledger.reason) == (0, "no record tells of a temporary fix")
    reason = "a restart or an ended session, which leaves nothing in place"
    assert ledger.left_out == (LeftOut(reason, 2, ("A",)),)


def test_a_fix_is_replaced_when_every_lasting_one_is_closed(told: Callable[..., Any], runbook: Runbook) -> None:
    """At the last closing; one that is open keeps it in place."""
    done = [{**LASTING, "closed_at": "2024-02-01T10:00Z"}, {**LASTING, "closed_at": "2024-02-10T15:00Z"}]
    cohort, records = told(incident(("15:00", "Memory increased"), action_items=done))
    ledger = temporary_fixes(records, cohort, runbook)
    assert (ledger.in_place, ledger.replaced, ledger.median.estimate) == (0, 1, 26 * 86_400)
    cohort, records = told(incident(("15:00", "Memory increased"), action_items=[*done, LASTING]))
    ledger = temporary_fixes(records, cohort, runbook)
    assert (ledger.in_place, ledger.replaced, ledger.overdue) == (1, 0, 1)
    assert (ledger.oldest[0].lasting_fix, ledger.oldest[0].owner) == ("Size it by load", "data team")


def test_a_fix_that_was_taken_back_is_reverted(told: Callable[..., Any], runbook: Runbook) -> None:
    """By a later entry of its timeline."""
    cohort, records = told(incident(("15:00", "Feature disabled for now"), ("17:00", "Feature re-enabled")))
    ledger = temporary_fixes(records, cohort, runbook)
    assert (ledger.n, ledger.in_place, ledger.reverted, ledger.median.estimate) == (1, 0, 1, 7_200)


def test_what_was_closed_later_is_still_in_place(told: Callable[..., Any], runbook: Runbook) -> None:
    """The ledger is that of the instant it is seen from."""
    items = [{**LASTING, "closed_at": "2024-04-01T10:00Z"}]
    cohort, records = told(incident(("15:00", "Memory increased"), action_items=items), as_of="2024-02-01")
    ledger = temporary_fixes(records, cohort, runbook)
    assert (ledger.in_place, ledger.overdue) == (1, 0)


def test_a_mitigation_tells_a_fix_once(told: Callable[..., Any], runbook: Runbook) -> None:
    """Not a second time where the timeline tells it at the same instant."""
    mitigation = {"kind": "fix_forward", "at": "2024-01-15T15:00Z", "description": "Connection pool resized to 50"}
    cohort, records = told(incident(mitigation=mitigation))
    assert temporary_fixes(records, cohort, runbook).n == 1
    cohort, records = told(incident(("15:00", "Pool resized from 20 to 50"), mitigation=mitigation))
    assert temporary_fixes(records, cohort, runbook).n == 1


def test_an_action_item_can_be_a_temporary_fix(told: Callable[..., Any], runbook: Runbook) -> None:
    """From the incident's end until it is closed."""
    items = [{"text": "Route around", "kind": "workaround"}, {"text": "b", "kind": "temporary fix", "status": "done"}]
    cohort, records = told(incident(action_items=items))
    ledger = temporary_fixes(records, cohort, runbook)
    assert (ledger.n, ledger.in_place, ledger.reverted) == (2, 1, 1)
    assert ledger.oldest[0].put_in_at == datetime(2024, 1, 15, 18, 0, tzinfo=UTC)


def test_tables_and_empty_histories_know_of_none(told: Callable[..., Any], runbook: Runbook) -> None:
    """That is no zero."""
    cohort, records = told(table="id,started_at\nA,2024-01-15T14:10:00Z\n")
    ledger = temporary_fixes(records, cohort, runbook)
    assert (ledger.n, ledger.in_place, ledger.reason) == (
        None, None, "no records: rows of tables tell of no such thing",
    )  # fmt: skip
    cohort, records = told(incident(), as_of="2023-01-01")
    assert temporary_fixes(records, cohort, runbook).reason == "no incidents"
