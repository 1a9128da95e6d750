"""One record of a history: a part that cannot be read is missing and counted, the incident stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from incident_analytics.sources.histories.ledger import Tally
from incident_analytics.sources.histories.schema import recorded_milestones
from incident_analytics.sources.histories.single_record import RecordRows
from incident_analytics.sources.records.files import read_raw_line

if TYPE_CHECKING:
    from incident_analytics.model.incident import Incident
    from incident_analytics.model.runbook import Runbook


def read(record: dict[str, Any], runbook: Runbook) -> tuple[Incident | None, Tally]:
    """The incident of a record, and what was counted."""
    tally = Tally()
    (raw,) = read_raw_line(json.dumps(record), where="x.ndjson", number=7)
    return RecordRows(runbook, recorded_milestones, tally).incident(raw), tally


@pytest.mark.parametrize(
    ("part", "lost"),
    [
        ({"resolved_at": "soon"}, ["resolved_at"]),
        (
            {"impact": {"users_affected": "many", "duration_minutes": "x"}},
            ["impact.duration_minutes", "impact.users_affected"],
        ),
        ({"timeline": [{"time": "x", "event": "a"}, {"time": "14:20", "event": "b"}]}, ["timeline[].time"]),
        ({"severity_changes": [{"severity": "odd", "at": "14:30"}]}, ["severity_changes[].severity"]),
        ({"roles": [{"person": "Kim"}, {"role": "IC"}]}, ["roles[].role"]),
        ({"mitigation": {"kind": "magic"}}, ["mitigation.kind"]),
        ({"schema_version": "9"}, ["schema_version"]),
    ],
)
def test_part_that_cannot_be_read_is_left_out(part: dict[str, Any], lost: list[str], runbook: Runbook) -> None:
    """What stands beside it is kept."""
    incident, tally = read({"id": "A", "title": "x", "started_at": "2024-01-15T14:15:00Z", **part}, runbook)
    assert incident is not None
    assert (incident.id, incident.title) == ("A", "x")
    assert sorted(each.reason for each in tally.unread) == lost
    assert {str(each.examples[0]) for each in tally.unread} == {"x.ndjson:7"}
    assert tally.dropped == ()


def test_good_items_of_a_list_are_kept(runbook: Runbook) -> None:
    """Of two entries the one that can be read."""
    entries = [{"time": "x", "event": "a"}, {"time": "14:20", "event": "b"}, {"time": "y", "event": "c"}]
    incident, tally = read({"id": "A", "started_at": "2024-01-15T14:15:00Z", "timeline": entries}, runbook)
    assert incident is not None
    assert [entry.event for entry in incident.timeline] == ["b"]
    assert tally.unread[0].count == 2


def test_record_without_an_id_is_dropped(runbook: Runbook) -> None:
    """Nobody could find it again."""
    incident, tally = read({"title": "x"}, runbook)
    assert incident is None
    assert [(each.reason, each.count) for each in tally.dropped] == [("id: expected an id such as INC-2024-001", 1)]


def test_unknown_severity_is_no_missing_one(runbook: Runbook) -> None:
    """What was written is kept, and counted by the history as a whole."""
    incident, tally = read({"id": "A", "severity": "odd"}, runbook)
    assert incident is not None
    assert (incident.severity, incident.severity_written) == (None, "odd")
    assert tally.doubts == {}
    assert read({"id": "A"}, runbook)[1].doubts == {"severity-missing": 1}
