"""Whole records come from histories and from bundles alike."""

from __future__ import annotations

from pathlib import Path

from incident_analytics import load_incidents, open_bundle
from incident_analytics.analysis.told_records import told_records
from incident_analytics.model.measurement import Place

DATA = Path(__file__).resolve().parents[2] / "data"


def test_a_history_and_a_bundle_give_the_same_record() -> None:
    """With the milestones of the timeline.csv, and the folder before each file."""
    (of_history,) = told_records(load_incidents(DATA / "INC-2024-001", catalog=None))
    (of_bundle,) = told_records([open_bundle(DATA / "INC-2024-001")])
    instants = [{name: anchor.at for name, anchor in each.anchors().items()} for each in (of_history, of_bundle)]
    assert instants[0] == instants[1]
    for each in (of_history, of_bundle):
        assert each.folder == "INC-2024-001"
        assert each.file(Place("timeline.csv", 2)) == "INC-2024-001/timeline.csv"
        assert each.file(each.record.incident.read_from) == "INC-2024-001/incident.yaml"
        assert each.file(None) is None


def test_records_of_one_file_lie_in_no_folder() -> None:
    """Their file is the one that was loaded; the drill of the sample is left out."""
    records = list(told_records(load_incidents(DATA / "history" / "incidents.ndjson", catalog=None)))
    assert len(records) == 242
    assert records[0].file(records[0].record.incident.read_from) == "incidents.ndjson"
