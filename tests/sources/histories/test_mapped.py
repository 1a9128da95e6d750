"""Tables through a mapping: cells to fields, rows to incidents."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import SourceError
from incident_analytics.sources.histories import load_incidents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incident_analytics.model.runbook import Runbook
    from incident_analytics.sources.histories import History

UTC = dt.UTC
AUDIT_LOG = """number,version,state,priority,opened,resolved,group
I1,1,New,P1,05/03/2024 10:00,?,a
I2,1,New,P2,06/03/2024 10:00,?,b
I1,3,Closed,P2,05/03/2024 10:00,05/03/2024 12:30,c
I1,2,Active,P1,05/03/2024 10:00,?,a
I3,10,Active,weird,07/03/2024 10:00,07/03/2024 11:00,a
I3,9,New,P1,07/03/2024 10:00,?,a
"""
MAPPING = """
columns: {number: id, state: status, priority: severity, opened: detected_at, resolved: resolved_at, group: team}
day_first: true
zone: Europe/Berlin
nulls: "?"
statuses: {open: [New, Active], closed: Closed}
rows: {last_by: version}
"""


def test_last_row_of_an_audit_log_is_the_incident(load: Callable[..., History]) -> None:
    """By number, not by text (10 is after 9); day first; an open status has no end; nothing is made up."""
    history = load("log.csv", AUDIT_LOG, MAPPING)
    frame = history.frame
    assert frame.select("id", "line", "severity", "status", "team").rows() == [
        ("I2", 3, "SEV2", "open", "b"),
        ("I1", 4, "SEV2", "resolved", "c"),
        ("I3", 6, None, "open", "a"),
    ]
    assert frame["detected_at"][1] == dt.datetime(2024, 3, 5, 9, 0, tzinfo=UTC)
    assert frame["resolved_at"].to_list() == [None, dt.datetime(2024, 3, 5, 11, 30, tzinfo=UTC), None]
    assert frame["started_at"].null_count() == frame["acknowledged_at"].null_count() == 3
    ledger = history.ledger
    assert (ledger.rows, ledger.incidents, ledger.merged, ledger.rows_dropped) == (6, 3, 3, 0)
    assert ledger.unknown_severities == {"weird": 1}
    assert [(each.reason, each.count, str(each.examples[0])) for each in ledger.unread] == [
        ("resolved_at of an incident whose status is open", 1, "log.csv:6")
    ]
    assert ledger.zones == {"Europe/Berlin": 8}
    assert ledger.zones_assumed == {}


def test_rows_differ_is_counted_by_incident(load: Callable[..., History]) -> None:
    """I1 changed its severity, team and end; I3 its severity and end."""
    ledger = load("log.csv", AUDIT_LOG, MAPPING).ledger
    assert ledger.rows_differ == {"resolved_at": 2, "severity": 2, "team": 1}


def test_without_a_rule_the_last_row_read_is_taken_and_told(load: Callable[..., History]) -> None:
    """A finding asks for a rule."""
    history = load("log.csv", AUDIT_LOG, MAPPING.replace("rows: {last_by: version}", ""))
    assert history.frame.filter(id="I1")["line"].to_list() == [5]
    assert "rows-merged" in {finding.rule for finding in history.findings}


def test_rows_merge_over_files(write: Callable[..., Path], runbook: Runbook) -> None:
    """January's export knows less of an incident than February's."""
    mapping = write("mapping.yaml", MAPPING)
    header = AUDIT_LOG.split("\n", 1)[0]
    write("2024-01.csv", header + "\nI1,1,New,P1,31/01/2024 22:00,?,a\n")
    write("2024-02.csv", header + "\nI1,2,Closed,P1,31/01/2024 22:00,01/02/2024 03:00,a\n")
    history = load_incidents(mapping.parent, mapping=mapping, runbook=runbook, catalog=None)
    assert history.frame.select("id", "file", "status").rows() == [("I1", "2024-02.csv", "resolved")]
    assert (history.ledger.rows, history.ledger.merged) == (2, 1)


def test_filters_leave_rows_out_with_their_reason(load: Callable[..., History]) -> None:
    """Words in any case; the lines are named."""
    content = "id,type,state\nA,Incident,ok\nB,request,ok\nC,INCIDENT,Canceled\nD,,ok\n"
    mapping = (
        "columns: {id: id}\nfilters:\n  - {column: type, keep_only: incident}\n"
        "  - {column: state, leave_out: canceled, reason: canceled}\n"
    )
    history = load("x.csv", content, mapping)
    assert history.frame["id"].to_list() == ["A"]
    told = [(each.reason, each.count, [str(place) for place in each.examples]) for each in history.ledger.dropped]
    assert told == [("type is not incident", 2, ["x.csv:3", "x.csv:5"]), ("canceled", 1, ["x.csv:4"])]


def test_rows_without_an_id_are_dropped(load: Callable[..., History]) -> None:
    """Blank and null words alike; blank lines are no rows."""
    history = load("x.csv", "id,title\nA,x\n,y\n?,z\n\nB,w\n", 'columns: {id: id, title: title}\nnulls: "?"')
    assert history.frame.select("id", "line").rows() == [("A", 2), ("B", 6)]
    assert [(each.reason, each.count) for each in history.ledger.dropped] == [("no id", 2)]
    assert history.ledger.rows == 4


def test_numbers_and_amounts(load: Callable[..., History]) -> None:
    """Grouped thousands, a decimal comma, signs; what can mean two things is counted, not guessed."""
    content = "id;users;loss;minutes\nA;1.500;45.000,50;12,5\nB;15k;$ 45000;x\nC;7;;\nD;-3;abc;0\n"
    mapping = (
        "columns: {id: id, users: users_affected, loss: revenue_lost, minutes: duration_minutes}\n"
        'currency: EUR\ndecimal_mark: ","\n'
    )
    history = load("x.csv", content, mapping)
    assert history.frame["users_affected"].to_list() == [1500, None, 7, None]
    assert history.frame["revenue_lost"].to_list() == [Decimal("45000.5"), Decimal(45000), None, None]
    assert history.frame["revenue_currency"].to_list() == ["EUR", "USD", None, None]
    assert history.frame["duration_minutes"].to_list() == [12.5, None, None, 0.0]
    told = {each.reason: each.count for each in history.ledger.unread}
    assert told == {"users_affected": 2, "revenue_lost": 1, "duration_minutes": 1}
    ambiguous = load("y.csv", "id,loss\nA,45.000\n", "columns: {id: id, loss: revenue_lost}")
    assert ambiguous.frame["revenue_lost"].to_list() == [None]
    assert ambiguous.ledger.unread[0].count == 1


def test_drills_and_services(load: Callable[..., History]) -> None:
    """A flag in the mapping's own words; the first service is the service."""
    content = 'id,kind,svc\nA,real,"checkout; search"\nB,Game day,x\n'
    mapping = "columns: {id: id, kind: is_drill, svc: services}\ndrills: game day\n"
    history = load("x.csv", content, mapping, drills="kept")
    assert history.frame.select("is_drill", "services", "service").rows() == [
        (False, "checkout, search", "checkout"), (True, "x", "x"),
    ]  # fmt: skip


def test_column_that_is_not_there_names_the_nearest(load: Callable[..., History]) -> None:
    """A renamed column is an error, not a history without milestones."""
    with pytest.raises(SourceError, match=r"there is no column 'opend'.*did you mean 'opened'\?"):
        load("x.csv", "id,opened\nA,x\n", "columns: {id: id, opend: started_at}")


def test_a_header_in_another_encoding_says_what_to_write(runbook: Runbook, tmp_path: Path) -> None:
    """Letters that cannot be read make the column's name differ, so a name that looks the same would be no help."""
    (tmp_path / "x.csv").write_bytes("id;begonnen für\nA;2024-01-01T10:00:00Z\n".encode("cp1252"))
    mapping = "columns: {id: id, begonnen für: started_at}\n"
    (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
    with pytest.raises(SourceError, match="the file is not UTF-8; say what it is in the mapping"):
        load_incidents(tmp_path / "x.csv", mapping=tmp_path / "mapping.yaml", runbook=runbook)
    (tmp_path / "mapping.yaml").write_text(f"encoding: cp1252\n{mapping}", encoding="utf-8")
    read = load_incidents(tmp_path / "x.csv", mapping=tmp_path / "mapping.yaml", runbook=runbook)
    assert read.frame["started_at"].to_list() == [dt.datetime(2024, 1, 1, 10, tzinfo=UTC)]


def test_zone_and_formats_of_one_column(load: Callable[..., History]) -> None:
    """Each column may be written by another system."""
    content = "id,a,b\nA,01/02/2024 10:00,2024-02-01T12:00:00Z\n"
    mapping = (
        "columns:\n  id: id\n  a: {field: started_at, zone: '+02:00', formats: '%m/%d/%Y %H:%M'}\n  b: resolved_at\n"
    )
    frame = load("x.csv", content, mapping).frame
    assert frame["started_at"][0] == dt.datetime(2024, 1, 2, 8, 0, tzinfo=UTC)
    assert frame["resolved_at"][0] == dt.datetime(2024, 2, 1, 12, 0, tzinfo=UTC)


def test_json_rows_reach_into_objects(load: Callable[..., History]) -> None:
    """A vendor's list of issues, its fields nested; one that is no object is dropped."""
    issues = [
        {"key": "OPS-1", "fields": {"priority": {"name": "P1"}, "created": "2024-01-15T14:15:00.000+0000"}},
        {"key": "OPS-2", "fields": {"priority": None, "components": ["a", "b"]}},
        17,
    ]
    mapping = (
        "columns: {key: id, fields.priority.name: severity, fields.created: started_at, fields.components: services}\n"
    )
    mapping += "formats: [iso, '%Y-%m-%dT%H:%M:%S%.f%z']\n"
    history = load("issues.json", json.dumps({"total": 3, "issues": issues}), mapping)
    assert history.frame.select("id", "severity", "services").rows() == [
        ("OPS-1", "SEV1", None),
        ("OPS-2", None, "a, b"),
    ]
    assert history.frame["started_at"][0] == dt.datetime(2024, 1, 15, 14, 15, tzinfo=UTC)
    assert [each.reason for each in history.ledger.dropped] == ["not a JSON object"]
    lines = load("issues.ndjson", "\n".join(json.dumps(issue) for issue in issues) + "\nno", mapping)
    assert lines.frame.select("id", "line").rows() == [("OPS-1", 1), ("OPS-2", 2)]
    assert [(each.reason, each.count) for each in lines.ledger.dropped] == [("not a JSON object", 2)]


def test_front_matter_of_pages(load: Callable[..., History]) -> None:
    """The keys above the text, and the page's name."""
    page = "---\ntitle: Down\ndate: 2024-01-15T9:15:00-00:00\naffected:\n  - a\n  - b\n---\n\nText\n"
    mapping = 'columns: {"@file": id, title: title, date: started_at, affected: services}\n'
    frame = load("2024-01-15-down.md", page, mapping).frame
    assert frame.select("id", "title", "services").row(0) == ("2024-01-15-down", "Down", "a, b")
    assert frame["started_at"][0] == dt.datetime(2024, 1, 15, 9, 15, tzinfo=UTC)
    with pytest.raises(SourceError, match="this page has no front matter"):
        load("x.md", "# Title\n", mapping)
