"""Histories are loaded with the milestones of our definitions, from wherever a notebook runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_analytics.analysis.history import load_incidents
from incident_analytics.errors import ParameterError, SourceError
from incident_analytics.sources.histories import records_of

ROOT = Path(__file__).resolve().parents[2]
HISTORY = ROOT / "data" / "history"


def test_a_resolution_after_a_reopening_is_the_last_one() -> None:
    """Of three incidents only the timeline tells that they were resolved again (data/README.md)."""
    frame = load_incidents(HISTORY / "incidents.ndjson", catalog=None).frame
    again = frame.filter(frame["id"].is_in(["INC-2022-031", "INC-2022-121", "INC-2023-088"]))
    assert again["resolved_at"].dt.strftime("%Y-%m-%d %H:%M:%S").to_list() == [
        "2022-04-11 20:27:40",
        "2022-12-12 17:17:57",
        "2023-10-23 12:17:43",
    ]
    assert all(origin.startswith("timeline entry") for origin in again["resolved_at_origin"])
    assert again["reopened"].to_list() == [1, 1, 1]


def test_records_and_export_tell_the_same_times() -> None:
    """The export has a row an incident, in another zone and with other words; the instants are the same."""
    records = load_incidents(HISTORY / "incidents.ndjson", catalog=None).frame
    rows = load_incidents(HISTORY / "incidents.csv", mapping=HISTORY / "mapping.yaml", catalog=None).frame
    columns = ["id", "severity", "started_at", "detected_at", "acknowledged_at"]
    assert rows.sort("id").select(columns).equals(records.sort("id").select(columns))


def test_a_folder_is_read_with_what_it_holds() -> None:
    """The export without its mapping is told as not read, not guessed at."""
    history = load_incidents(HISTORY, catalog=None)
    assert history.frame.height == 242
    (export,) = [file for file in history.ledger.files if file.file == "incidents.csv"]
    assert export.notes == ("not read: no column is named 'id', and no mapping says which is one",)


def test_a_notebook_in_another_folder_finds_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From notebooks/ the path from the root leads to the same file, and so does its name in data/."""
    monkeypatch.delenv("INCIDENT_DATA", raising=False)
    notebooks, history = tmp_path / "notebooks", tmp_path / "data" / "history"
    notebooks.mkdir()
    history.mkdir(parents=True)
    (history / "incidents.ndjson").write_text('{"id": "INC-1", "severity": "SEV1"}\n')
    monkeypatch.chdir(notebooks)
    for path in ("data/history/incidents.ndjson", "history/incidents.ndjson", "history"):
        assert load_incidents(path, catalog=None).frame["id"].to_list() == ["INC-1"]


def test_a_day_to_look_back_from_is_its_last_instant() -> None:
    """What happened on that day had happened."""
    history = load_incidents(HISTORY / "incidents.ndjson", as_of="2023-06-30", catalog=None)
    assert history.as_of == datetime(2023, 6, 30, 23, 59, 59, 999999, tzinfo=UTC)
    assert history.is_as_of_given


def test_what_is_no_time_is_refused() -> None:
    """In one line."""
    with pytest.raises(ParameterError, match=r"as_of: expected a time such as .*, found 'soon'"):
        load_incidents(HISTORY / "incidents.ndjson", as_of="soon", catalog=None)


def test_what_is_nowhere_is_told_as_it_was_written() -> None:
    """Not as a path that nobody wrote."""
    with pytest.raises(SourceError, match=r"^nowhere\.ndjson: there is no such file or folder"):
        load_incidents("nowhere.ndjson", catalog=None)


def test_the_whole_records_are_those_of_the_frame() -> None:
    """In its order, without the drill; roles and action items are in them."""
    history = load_incidents(HISTORY / "incidents.ndjson", as_of="2023-03-31", catalog=None)
    records = list(records_of(history))
    assert [record.incident.id for record in records] == history.frame["id"].to_list()
    assert sum(len(record.incident.action_items) for record in records) > 0


def test_rows_of_a_table_have_no_record() -> None:
    """A table tells nothing of roles and action items, so there is nothing to count as missing."""
    history = load_incidents(HISTORY / "incidents.csv", mapping=HISTORY / "mapping.yaml", catalog=None)
    assert list(records_of(history)) == []


def test_a_bundle_brings_its_timeline_and_evidence() -> None:
    """The sample incident's record, its timeline.csv and its folder."""
    (record,) = records_of(load_incidents(ROOT / "data" / "INC-2024-001", catalog=None))
    assert record.incident.id == "INC-2024-001"
    assert len(record.entries) > 0
    assert record.bundle is not None
    assert record.bundle.manifest
