"""The frame of timelines has every event of every record once, with its place."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from polars.testing import assert_frame_equal

from incident_analytics import load_incidents, open_bundle, timeline_frame
from incident_analytics.analysis.timeline_frame import TIMELINE_SCHEMA

DATA = Path(__file__).resolve().parents[2] / "data"


def test_the_sample_has_its_events_from_both_files() -> None:
    """All 21 rows of timeline.csv, and 13 from the record, in the order of time."""
    frame = timeline_frame([open_bundle(DATA / "INC-2024-001")])
    assert dict(frame.schema) == TIMELINE_SCHEMA
    assert sorted(frame["file"].value_counts().rows()) == [
        ("INC-2024-001/incident.yaml", 13),
        ("INC-2024-001/timeline.csv", 21),
    ]
    assert frame["at"].is_sorted()
    assert frame.row(0, named=True) == {
        "incident_id": "INC-2024-001",
        "at": datetime(2024, 1, 15, 13, 58, tzinfo=UTC),
        "at_latest": None,
        "kinds": "deployed",
        "source": "deploys",
        "actor": None,
        "text": "payment-processor 2.31.0 deployed",
        "severity": "SEV1",
        "file": "INC-2024-001/timeline.csv",
        "line": 2,
    }
    assert "stood_down, all_clear_sent" in frame["kinds"].to_list()


def test_a_history_and_its_bundle_tell_the_same() -> None:
    """However the folder was opened."""
    history = load_incidents(DATA / "INC-2024-001", catalog=None)
    assert_frame_equal(timeline_frame(history), timeline_frame([open_bundle(DATA / "INC-2024-001")]))


def test_a_range_has_its_latest_instant_and_a_record_of_many_its_line(tmp_path: Path) -> None:
    """Of the second record of a file."""
    records = [{"id": "A"}, {"id": "B", "detected_at": "2024-01-15T14:10Z..2024-01-15T14:20Z"}]
    file = tmp_path / "some.ndjson"
    file.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    (row,) = timeline_frame(load_incidents(file, catalog=None)).rows(named=True)
    assert (row["incident_id"], row["at"].minute, row["at_latest"].minute) == ("B", 10, 20)
    assert (row["kinds"], row["source"], row["file"], row["line"]) == ("detected", "milestone", "some.ndjson", 2)


def test_rows_of_tables_and_no_incidents_have_no_events(tmp_path: Path) -> None:
    """The columns are there all the same."""
    file = tmp_path / "some.csv"
    file.write_text("id,started_at\nA,2024-01-15T14:10:00Z\n", encoding="utf-8")
    of_a_table = timeline_frame(load_incidents(file, catalog=None))
    assert (of_a_table.height, dict(of_a_table.schema)) == (0, TIMELINE_SCHEMA)
    assert_frame_equal(timeline_frame([]), of_a_table)
