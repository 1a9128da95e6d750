"""The sample incident as a folder: made again from its seed, small, listed, and as its README says."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
BUNDLE = DATA / "INC-2024-001"


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, made again by its generator."""
    folder = tmp_path_factory.mktemp("again") / "INC-2024-001"
    command = [sys.executable, str(DATA / "generate/inc_2024_001.py"), str(folder)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script
    return folder


def files_below(folder: Path) -> dict[str, Path]:
    """The bundle's files by path, without what can be rebuilt."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path for name, path in found.items() if not name.startswith("derived/")}


def content(path: Path) -> object:
    """What must be the same again: zlib builds may pack one text into different bytes."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.name == "MANIFEST.json":
        packed = {"sha256", "bytes"}
        files = json.loads(data)["files"]
        return [
            {key: value for key, value in one.items() if key not in packed or not one["path"].endswith(".gz")}
            for one in files
        ]
    return data


@pytest.mark.slow
def test_the_same_seed_makes_the_committed_files_again(made_again: Path) -> None:
    """Every file the generator writes is the committed one, and it writes them all."""
    committed, again = files_below(BUNDLE), files_below(made_again)
    assert sorted(again) == sorted(committed)
    prose = "postmortem.md"
    assert [name for name, path in again.items() if name != prose and content(path) != content(committed[name])] == []
    # Reports add the open questions to the prose, so the committed file has more sections than the planted ones.
    lines = committed[prose].read_text(encoding="utf-8").splitlines()
    assert [line for line in again[prose].read_text(encoding="utf-8").splitlines() if line not in lines] == []


def test_the_folder_is_small() -> None:
    """The whole bundle stays under 5 MB, so that it can travel in the wheel."""
    assert sum(path.stat().st_size for path in files_below(BUNDLE).values()) < 5_000_000


def test_the_manifest_names_the_evidence_with_its_sha256() -> None:
    """Each piece of evidence is listed once, with the hash and size it has on disk."""
    listed = {one["path"]: one for one in json.loads((BUNDLE / "MANIFEST.json").read_text())["files"]}
    evidence = {name: path for name, path in files_below(BUNDLE).items() if name.startswith("evidence/")}
    assert sorted(listed) == sorted(evidence)
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in evidence.items()}
    assert {name: one["sha256"] for name, one in listed.items()} == hashes
    assert {name: one["bytes"] for name, one in listed.items()} == {
        name: path.stat().st_size for name, path in evidence.items()
    }


def test_the_evidence_was_received_within_two_hours_of_resolution() -> None:
    """The runbook asks for preserved evidence by 17:45; the last file came at 16:21:30."""
    listed = json.loads((BUNDLE / "MANIFEST.json").read_text())["files"]
    assert max(one["received_at"] for one in listed) == "2024-01-15T16:21:30Z"


def test_the_record_begins_with_the_template_as_printed() -> None:
    """The first 24 lines of the record are the runbook's template; nothing of it was changed."""
    template = """\
incident:
  id: INC-2024-001
  severity: SEV1
  title: Payment processing outage
  started_at: 2024-01-15T14:15:00Z
  detected_by: monitoring_alert
  resolved_at: 2024-01-15T15:45:00Z

  impact:
    users_affected: 15000
    revenue_lost: $45000
    duration_minutes: 90

  timeline:
    - time: 14:15
      event: Alert triggered
    - time: 14:18
      event: IC assigned
    - time: 14:25
      event: Root cause identified

  action_items:
    - Add monitoring for connection pool
    - Implement auto-scaling
    - Update runbook
"""
    assert (BUNDLE / "incident.yaml").read_bytes().startswith(template.encode())


@pytest.mark.parametrize(
    "number",
    ["14:12:40.762", "15:02:10.797", "14,208", "20,909", "52,398.55", "5,877.45", "46,521.10", "44,929", "86,070"],
)
def test_the_readme_tells_the_planted_numbers(number: str) -> None:
    """The numbers checked above are the ones people read."""
    assert number in (DATA / "README.md").read_text()
