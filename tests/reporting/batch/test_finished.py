"""What is remembered of a report that is whole, and when it counts no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.reporting.batch.asked import Outcome
from incident_analytics.reporting.batch.finished import finished, remember


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle with prose, and its report."""
    folder = tmp_path / "data" / "INC-1"
    folder.mkdir(parents=True)
    (folder / "postmortem.md").write_text("words")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "INC-1.html").write_text("page")
    (tmp_path / "out" / "INC-1.ipynb").write_text("notebook")
    return folder


@pytest.fixture
def outcome(tmp_path: Path) -> Outcome:
    """What became of it."""
    out = tmp_path / "out"
    findings = (Finding("silence", "warning", "80 min", Place("incident.yaml", 3)),)
    return Outcome("INC-1", (out / "INC-1.html", out / "INC-1.ipynb"), notes=("told once",), findings=findings)


def test_a_finished_report_is_found_with_its_findings(bundle: Path, outcome: Outcome, tmp_path: Path) -> None:
    """Findings decide about exit codes every time; notes were told by the run that made it."""
    out = tmp_path / "out"
    remember(outcome, bundle, out, "inputs")
    found = finished(bundle, out, "inputs")
    assert found == Outcome("INC-1", outcome.paths, findings=outcome.findings, was_finished=True)


def test_other_inputs_make_it_unfinished(bundle: Path, outcome: Outcome, tmp_path: Path) -> None:
    """It was made from something else."""
    remember(outcome, bundle, tmp_path / "out", "inputs")
    assert finished(bundle, tmp_path / "out", "others") is None


@pytest.mark.parametrize("name", ["out/INC-1.html", "out/INC-1.ipynb", "data/INC-1/postmortem.md"])
def test_an_edit_makes_it_unfinished(bundle: Path, outcome: Outcome, tmp_path: Path, name: str) -> None:
    """What people write in the prose or the notebook is brought home by a new run."""
    remember(outcome, bundle, tmp_path / "out", "inputs")
    (tmp_path / name).write_text("edited")
    assert finished(bundle, tmp_path / "out", "inputs") is None


def test_a_lost_document_makes_it_unfinished(bundle: Path, outcome: Outcome, tmp_path: Path) -> None:
    """A page that was removed is made again."""
    remember(outcome, bundle, tmp_path / "out", "inputs")
    (tmp_path / "out" / "INC-1.html").unlink()
    assert finished(bundle, tmp_path / "out", "inputs") is None


@pytest.mark.parametrize(
    "memory", ["", "[]", "{", '{"version": 1}', '{"version": 1, "inputs": "inputs", "kept": []}', "null"]
)
def test_a_broken_memory_is_none(bundle: Path, tmp_path: Path, memory: str) -> None:
    """Whatever stands there, the report is made again."""
    folder = tmp_path / "out" / ".incident-runs"
    folder.mkdir()
    (folder / "INC-1.json").write_text(memory)
    assert finished(bundle, tmp_path / "out", "inputs") is None


def test_paths_are_told_as_seen_from_here(
    bundle: Path, outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run from another folder prints paths that lead somewhere."""
    remember(outcome, bundle, tmp_path / "out", "inputs")
    monkeypatch.chdir(tmp_path)
    found = finished(Path("data/INC-1"), Path("out"), "inputs")
    assert found is not None
    assert found.paths == (Path("out/INC-1.html"), Path("out/INC-1.ipynb"))


def test_prose_beside_the_report_counts_too(tmp_path: Path, outcome: Outcome, bundle: Path) -> None:
    """A zip has its prose beside its report."""
    del bundle
    zipped, out = tmp_path / "INC-1.incident.zip", tmp_path / "out"
    zipped.write_bytes(b"")
    (out / "INC-1.prose.md").write_text("words")
    remember(outcome, zipped, out, "inputs")
    assert finished(zipped, out, "inputs") is not None
    (out / "INC-1.prose.md").write_text("more words")
    assert finished(zipped, out, "inputs") is None
