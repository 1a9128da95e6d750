"""A notebook knows the bundle it was made from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from nbformat.v4 import new_notebook

from incident_analytics.errors import ReportError
from incident_analytics.reporting.origin import made_from_this
from incident_analytics.sources import open_bundle

TEMPLATE = Path(__file__).resolve().parents[1] / "data" / "records" / "runbook_template.yaml"


def _workspace(folder: Path) -> Path:
    bundle = folder / "data" / "INC-2024-001"
    bundle.mkdir(parents=True)
    shutil.copy(TEMPLATE, bundle / "incident.yaml")
    (folder / "reports").mkdir()
    return bundle


def _notes(bundle: Path | str, named: str, out: Path) -> list[str]:
    notebook = new_notebook(metadata={"papermill": {"parameters": {"bundle": named}}})
    return made_from_this(notebook, out / "INC-2024-001.ipynb", open_bundle(bundle))


@pytest.mark.parametrize("named", ["INC-2024-001", "../data/INC-2024-001", "../data/INC-2024-001/incident.yaml"])
def test_the_same_bundle_is_known_however_it_is_named(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its id, by a path, by its record, from the workspace or from elsewhere."""
    bundle = _workspace(tmp_path)
    out = tmp_path / "reports"
    monkeypatch.chdir(tmp_path)
    for path in (bundle, "INC-2024-001", "data/INC-2024-001"):
        assert _notes(path, named, out) == []
        assert _notes(path, named, Path("reports")) == []
    monkeypatch.chdir(out)
    assert _notes("../data/INC-2024-001", named, Path()) == []


def test_a_workspace_may_move(tmp_path: Path) -> None:
    """What the notebook says is read from where it lies."""
    _workspace(tmp_path / "old")
    shutil.move(tmp_path / "old", tmp_path / "new")
    bundle = tmp_path / "new" / "data" / "INC-2024-001"
    assert _notes(bundle, "../data/INC-2024-001", tmp_path / "new" / "reports") == []
    assert _notes(bundle, "INC-2024-001", tmp_path / "new" / "reports") == []


def test_a_renamed_bundle_is_told(tmp_path: Path) -> None:
    """The former one is gone, so there is no other incident it could be."""
    bundle = _workspace(tmp_path)
    (note,) = _notes(bundle, "INC-1", tmp_path / "reports")
    assert note.endswith("was made from INC-1, which is not there any more; it is now made from ../data/INC-2024-001")


def test_another_bundle_is_refused(tmp_path: Path) -> None:
    """Both are named."""
    bundle = _workspace(tmp_path)
    shutil.copy(TEMPLATE, tmp_path / "rec.yaml")
    with pytest.raises(ReportError, match=r"expected \.\./rec\.yaml, found '\.\./data/INC-2024-001'; use"):
        _notes(bundle, "../rec.yaml", tmp_path / "reports")


def test_a_notebook_without_parameters_is_nobodys() -> None:
    """Nothing is known of its origin."""
    assert made_from_this(new_notebook(), Path("x.ipynb"), open_bundle(TEMPLATE)) == []
    assert made_from_this(None, Path("x.ipynb"), open_bundle(TEMPLATE)) == []
