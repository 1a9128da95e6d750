"""What a run writes: the same bytes for the same input, another folder for anything else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from incident_analytics.analysis.trends.scope import Scope
from incident_analytics.reporting.runs.run import Run, read_run
from incident_analytics.reporting.runs.writing import write_post_mortem_run
from incident_analytics.sources import open_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

TEMPLATE = Path(__file__).resolve().parents[2] / "data/records/runbook_template.yaml"


def content(run: Run) -> dict[str, bytes]:
    """The bytes of a run's files."""
    assert run.folder is not None
    return {file.name: file.read_bytes() for file in run.folder.iterdir()}


def test_the_same_input_writes_the_same_bytes(trend_run: Callable[..., Run]) -> None:
    """In the same folder, and in another one under the same name."""
    first, again, elsewhere = trend_run(), trend_run(), trend_run(out="elsewhere")
    assert first.name == again.name == elsewhere.name
    assert sorted(content(first)) == ["incidents.parquet", "run.json"]
    assert content(first) == content(elsewhere)


def test_another_input_never_takes_a_runs_place(trend_run: Callable[..., Run], tmp_path: Path) -> None:
    """One field, or one instant to look back from, is another folder; the name of the report means the last."""
    first = trend_run()
    second = trend_run({"INC-1": {"severity": "SEV3"}})
    third = trend_run(scope=Scope(as_of=datetime(2025, 7, 2, tzinfo=UTC)))
    assert len({first.name, second.name, third.name}) == 3
    assert (tmp_path / "reports/runs/trends.latest").read_text() == f"{third.name}\n"


def test_a_trend_run_tells_what_it_was_made_from(trend_run: Callable[..., Run]) -> None:
    """Files with hash, size and rows; the clock's milestones; every incident with where it stands."""
    run = trend_run(scope=Scope(as_of=datetime(2025, 7, 1, tzinfo=UTC), since=datetime(2025, 2, 1, tzinfo=UTC)))
    (file,) = run.inputs
    assert (file.file, file.rows, len(file.sha256)) == ("incidents.ndjson", 3, 64)
    assert run.as_of == "2025-07-01T00:00:00Z"
    assert run.parameters["clock"]["time_to_resolution"] == ["started_at", "resolved_at"]  # type: ignore[index,call-overload]  # JSON
    frame = run.incidents
    assert frame is not None
    assert frame.select("id", "line", "left_out", "time_to_resolution_seconds").rows() == [
        ("INC-1", 1, "it began before 2025-02-01T00:00:00+00:00", None),
        ("INC-2", 2, "it began before 2025-02-01T00:00:00+00:00", None),
        ("INC-3", 3, None, 10800.0),
    ]


def test_a_post_mortems_run_has_the_files_of_its_ledger(tmp_path: Path) -> None:
    """But the prose, in which a run itself writes."""
    record = tmp_path / "record.yaml"
    record.write_bytes(TEMPLATE.read_bytes())
    numbers: dict[str, object] = {
        "as_of": "2024-01-15T15:45:00Z",
        "incident": {"id": "INC-2024-001"},
        "metrics": {},
        "ledger": [
            {"file": "record.yaml", "kind": "record", "rows": 1},
            {"file": "postmortem.md", "kind": "prose", "rows": None},
        ],
    }
    folder = write_post_mortem_run(open_bundle(record), numbers, out=tmp_path / "reports", name="INC-2024-001")
    run = read_run(folder)
    assert folder.parent == tmp_path / "reports/runs"
    assert [(each.file, each.rows, each.bytes) for each in run.inputs] == [
        ("record.yaml", 1, TEMPLATE.stat().st_size),
    ]
    assert (run.kind, run.incident, run.incidents) == ("post-mortem", "INC-2024-001", None)
