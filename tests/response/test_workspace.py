"""A workspace holds everything, and never overwrites anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.model.runbook import load_runbook
from incident_analytics.response.workspace import set_up_workspace
from incident_analytics.sources import open_bundle

ROOT = Path(__file__).resolve().parents[2]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_there(tmp_path: Path) -> None:
    """Data with the sample, reports, runbook, notebooks, README and .gitignore."""
    made = set_up_workspace(tmp_path / "w")
    assert [path.name for path in made] == [".gitignore", "README.md", "data", "notebooks", "reports", "runbook.yaml"]
    assert all(path.exists() for path in made)
    assert (tmp_path / "w/notebooks/postmortem.ipynb").is_file()


def test_the_sample_is_the_shipped_one(tmp_path: Path) -> None:
    """Every byte of the sample travels, packed logs included; what can be rebuilt does not."""
    set_up_workspace(tmp_path / "w")
    shipped = {
        name: content for name, content in files_of(ROOT / "data/INC-2024-001").items() if "derived/" not in name
    }
    assert files_of(tmp_path / "w/data/INC-2024-001") == shipped
    bundle = open_bundle(tmp_path / "w/data/INC-2024-001")
    assert (bundle.record.id, bundle.integrity.changed, bundle.integrity.missing) == ("INC-2024-001", (), ())


def test_the_sample_history_is_the_shipped_one(tmp_path: Path) -> None:
    """A new workspace has something to make trends of."""
    set_up_workspace(tmp_path / "w")
    shipped = {name for name in files_of(ROOT / "data/history") if "derived/" not in name}
    assert shipped == {"incidents.csv", "incidents.ndjson", "mapping.yaml"}
    assert set(files_of(tmp_path / "w/data/history")) == shipped


def test_its_runbook_can_be_followed(tmp_path: Path) -> None:
    """It is the shipped one, comments included, to be changed by its owner."""
    set_up_workspace(tmp_path / "w")
    assert load_runbook(tmp_path / "w/runbook.yaml") == load_runbook()


def test_hidden_and_rebuilt_files_do_not_travel(tmp_path: Path) -> None:
    """Only .gitignore and .gitkeep, which are its own, are hidden."""
    set_up_workspace(tmp_path / "w")
    hidden = [path for path in files_of(tmp_path / "w") if any(part.startswith(".") for part in Path(path).parts)]
    assert sorted(hidden) == [".gitignore", "reports/.gitkeep"]


def test_a_folder_with_other_files_can_become_one(tmp_path: Path) -> None:
    """A fresh repository stays what it was, and gets a workspace."""
    (tmp_path / "notes.txt").write_text("ours")
    set_up_workspace(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "ours"
    assert (tmp_path / "runbook.yaml").is_file()


@pytest.mark.parametrize("name", ["README.md", "runbook.yaml", "data/INC-2024-001/incident.yaml"])
def test_nothing_that_exists_is_overwritten(tmp_path: Path, name: str) -> None:
    """One file in the way stops it before anything is written."""
    there = tmp_path / name
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text("ours")
    with pytest.raises(ParameterError, match="this exists already and is left as it is; name a new folder"):
        set_up_workspace(tmp_path)
    assert files_of(tmp_path) == {name: b"ours"}


def test_a_dangling_link_is_not_overwritten(tmp_path: Path) -> None:
    """A link to nowhere is somebody's, too."""
    (tmp_path / "README.md").symlink_to("nowhere")
    with pytest.raises(ParameterError, match=r"README\.md: this exists already"):
        set_up_workspace(tmp_path)
    assert (tmp_path / "README.md").is_symlink()


def test_a_file_cannot_become_a_workspace(tmp_path: Path) -> None:
    """The message says that it is a file."""
    (tmp_path / "w").write_text("ours")
    with pytest.raises(ParameterError, match="w: this is a file, so no workspace can be made in it"):
        set_up_workspace(tmp_path / "w")
