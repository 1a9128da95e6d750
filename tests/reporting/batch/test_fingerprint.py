"""What makes a report out of date, and what does not."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.batch import fingerprint
from incident_analytics.reporting.batch.asked import Asked
from incident_analytics.reporting.batch.fingerprint import hash_of, inputs_of, shared_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reporting.batch.conftest import MakeBundle


def test_the_hash_of_a_file_is_sha256(tmp_path: Path) -> None:
    """The published value for the three letters abc (FIPS 180-2, B.1); none for what is not there."""
    (tmp_path / "a").write_text("abc")
    assert hash_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_of(tmp_path / "b") is None


def test_new_evidence_is_a_new_input(make_bundle: MakeBundle, tmp_path: Path) -> None:
    """A file that comes, changes its bytes or takes another name."""
    folder, out = make_bundle(), tmp_path / "out"
    seen = [inputs_of(folder, out, shared="")]
    (folder / "logs").mkdir()
    (folder / "logs" / "a.log").write_text("one")
    seen.append(inputs_of(folder, out, shared=""))
    (folder / "logs" / "a.log").write_text("two")
    seen.append(inputs_of(folder, out, shared=""))
    (folder / "logs" / "a.log").rename(folder / "logs" / "b.log")
    seen.append(inputs_of(folder, out, shared=""))
    assert len(set(seen)) == 4


def test_what_a_run_writes_itself_is_no_input(make_bundle: MakeBundle, tmp_path: Path) -> None:
    """Prose, derived and hidden files, and the time of a file, change nothing here."""
    folder = make_bundle()
    before = inputs_of(folder, tmp_path, shared="")
    for name in ("postmortem.md", "derived/logs.parquet", ".ipynb_checkpoints/a", "b/.DS_Store"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    os.utime(folder / "incident.yaml", (0, 0))
    assert inputs_of(folder, tmp_path, shared="") == before


def test_a_zip_is_an_input_as_a_whole(tmp_path: Path) -> None:
    """It is not unpacked to see whether it has changed."""
    file = tmp_path / "INC-1.incident.zip"
    file.write_bytes(b"one")
    before = inputs_of(file, tmp_path, shared="")
    file.write_bytes(b"two")
    assert inputs_of(file, tmp_path, shared="") != before


@pytest.mark.parametrize(
    "change", [{"formats": ("pdf",)}, {"assets": "inline"}, {"as_of": "2024-02-01"}, {"engine": "kernel"}]
)
def test_another_wish_is_another_input(tmp_path: Path, change: dict[str, object]) -> None:
    """Reports made for something else are made again."""
    asked = Asked(tmp_path)
    assert shared_inputs(replace(asked, **change)) != shared_inputs(asked)  # type: ignore[arg-type]  # one of several fields


def test_runbook_template_and_version_are_inputs_of_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what stands in them, not by where they lie."""
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    asked = Asked(tmp_path / "out")
    seen = [shared_inputs(asked)]
    (tmp_path / "runbook.yaml").write_text("a: 1")
    seen.append(shared_inputs(asked))
    (tmp_path / "other.yaml").write_text("a: 1")
    assert shared_inputs(replace(asked, runbook=tmp_path / "other.yaml")) == seen[-1]
    (tmp_path / "notebooks" / "postmortem.ipynb").write_text("{}")
    seen.append(shared_inputs(asked))
    monkeypatch.setattr(fingerprint, "__version__", "99")
    seen.append(shared_inputs(asked))
    assert len(set(seen)) == 4
