"""Where a record tells of a temporary fix."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from incident_analytics.analysis.told_records import ToldRecord
from incident_analytics.analysis.trends.fix_ledger import ledger_entries
from incident_analytics.analysis.trends.fixes_told import told_fixes
from incident_analytics.sources.histories import WholeRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook

LATER = datetime(2024, 6, 1, tzinfo=UTC)
RECORD = "id: A\nstarted_at: 2024-01-15T14:00:00Z\nresolved_at: 2024-01-15T18:00:00Z\n"


@pytest.fixture
def fixes(read: Callable[..., Incident], runbook: Runbook) -> Callable[..., list[tuple[str, str]]]:
    """The fixes of a record with more lines: what was done, and at which time of day."""

    def told(more: str) -> list[tuple[str, str]]:
        record = ToldRecord(WholeRecord(read(RECORD + more)), runbook)
        return [(fix.text, f"{fix.at:%H:%M}" if fix.at else "") for fix in told_fixes(record, LATER)]

    return told


def test_a_status_update_tells_a_fix_that_nothing_else_tells(fixes: Callable[..., list[tuple[str, str]]]) -> None:
    """The part of it that does."""
    update = "updates: [{time: '15:00', status: ok, actions: 'Team called, memory increased and caches warmed'}]\n"
    assert fixes(update) == [("memory increased", "15:00")]


def test_a_status_update_repeats_what_the_timeline_tells(fixes: Callable[..., list[tuple[str, str]]]) -> None:
    """It names the same thing; another thing is another fix."""
    updates = "updates: [{time: '15:09', status: ok, actions: 'Connection pool resized, provider switched'}]\n"
    assert fixes(f"timeline: [{{time: '14:40', event: Pool resized to 50}}]\n{updates}") == [
        ("Pool resized to 50", "14:40"),
        ("provider switched", "15:09"),
    ]


def test_a_mitigation_repeats_what_the_timeline_tells_minutes_apart(
    fixes: Callable[..., list[tuple[str, str]]],
) -> None:
    """The same thing, written down twice."""
    mitigation = "mitigation: {kind: fix_forward, at: '2024-01-15T14:41:00Z', description: Connection pool resized}\n"
    assert fixes(f"timeline: [{{time: '14:40', event: Pool resized to 50}}]\n{mitigation}") == [
        ("Pool resized to 50", "14:40")
    ]


@pytest.mark.parametrize("actions", ["Considering to resize the pool", "Memory not increased", "Restarted the workers"])
def test_a_status_update_of_something_else_tells_no_fix(
    fixes: Callable[..., list[tuple[str, str]]], actions: str
) -> None:
    """What is planned, denied, or leaves nothing in place."""
    assert fixes(f"updates: [{{time: '15:00', status: ok, actions: {actions}}}]\n") == []


def test_a_ledger_entry_says_where_the_record_tells_it(read: Callable[..., Incident], runbook: Runbook) -> None:
    """Its file and line."""
    record = ToldRecord(WholeRecord(read(f"{RECORD}timeline:\n  - {{time: '14:40', event: Pool resized}}\n")), runbook)
    (entry,) = ledger_entries(record, LATER, UTC)
    assert (entry.fix.text, entry.ended, str(entry.place)) == ("Pool resized", "", "record.yaml:5")
