"""The manifest says what was received, and a changed file is noticed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from incident_analytics.errors import SourceError
from incident_analytics.sources.manifest import Integrity, check_integrity, read_manifest, sha256_of

if TYPE_CHECKING:
    from pathlib import Path

# printf abc | sha256sum
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def written(folder: Path, *files: dict[str, object]) -> Path:
    """The folder, with a manifest of these files."""
    (folder / "MANIFEST.json").write_text(json.dumps({"schema_version": "1", "files": files}, indent=1))
    return folder


def with_evidence(folder: Path, name: str = "evidence/logs/a.log", content: bytes = b"abc") -> Path:
    """The folder, with one more file of evidence."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder


def test_the_hash_is_sha_256_in_hexadecimal(tmp_path: Path) -> None:
    """As sha256sum prints it."""
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == ABC


def test_an_entry_knows_when_it_was_received_and_where_it_is_listed(tmp_path: Path) -> None:
    """The line is counted in the file above."""
    written(
        tmp_path, {"path": "b.log"}, {"path": "a.log", "sha256": ABC.upper(), "received_at": "2024-01-15T16:00:00Z"}
    )
    first, second = read_manifest(tmp_path)
    assert (first.path, first.sha256, first.received_at, first.line) == ("b.log", "", None, 5)
    assert second.received_at is not None
    assert (second.sha256, second.received_at.earliest.hour, second.line) == (ABC, 16, 8)


def test_a_file_that_is_what_was_received_is_intact(tmp_path: Path) -> None:
    """The fingerprint is that of the manifest itself."""
    written(with_evidence(tmp_path), {"path": "evidence/logs/a.log", "sha256": ABC})
    integrity = check_integrity(tmp_path, read_manifest(tmp_path))
    assert integrity == Integrity(1, fingerprint=sha256_of(tmp_path / "MANIFEST.json"))
    assert integrity.is_intact


def test_changed_missing_and_unlisted_files_are_named(tmp_path: Path) -> None:
    """A file that came later is no reason for alarm, but it is told."""
    with_evidence(with_evidence(tmp_path, content=b"abd"), "evidence/metrics/new.json")
    written(tmp_path, {"path": "evidence/logs/a.log", "sha256": ABC}, {"path": "evidence/gone.csv", "sha256": ABC})
    integrity = check_integrity(tmp_path, read_manifest(tmp_path))
    assert (integrity.listed, integrity.changed) == (2, ("evidence/logs/a.log",))
    assert (integrity.missing, integrity.unlisted) == (("evidence/gone.csv",), ("evidence/metrics/new.json",))
    assert not integrity.is_intact


def test_a_file_without_a_hash_is_only_looked_for(tmp_path: Path) -> None:
    """What was not hashed cannot have changed."""
    written(with_evidence(tmp_path), {"path": "evidence/logs/a.log"})
    assert check_integrity(tmp_path, read_manifest(tmp_path)).is_intact


def test_without_a_manifest_nothing_is_claimed(tmp_path: Path) -> None:
    """Not intact, and nothing missing."""
    integrity = check_integrity(tmp_path, read_manifest(tmp_path))
    assert (integrity, integrity.is_intact) == (Integrity(None), False)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", '{"files": 7}', '{"files": [7]}', '{"files": [null]}', '{"files": [[]]}', '{"files": [{}]}'],
)
def test_a_manifest_that_cannot_be_read_is_one_line(tmp_path: Path, text: str) -> None:
    """It says what would be right."""
    (tmp_path / "MANIFEST.json").write_text(text)
    with pytest.raises(SourceError) as refused:
        read_manifest(tmp_path)
    assert str(refused.value) == (
        'MANIFEST.json: this manifest cannot be read: expected a JSON object with "files", each with a "path"'
    )


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[" * 100_000], ids=["no text", "100,000 brackets"])
def test_a_manifest_of_hostile_bytes_is_one_line(tmp_path: Path, data: bytes) -> None:
    """Neither text nor depth ends the program."""
    (tmp_path / "MANIFEST.json").write_bytes(data)
    with pytest.raises(SourceError, match="this manifest cannot be read"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "evidence/../../secret"])
def test_a_manifest_that_points_outside_its_bundle_is_refused(tmp_path: Path, path: str) -> None:
    """Nobody's files are hashed by a stranger's list."""
    with pytest.raises(SourceError, match=r"MANIFEST\.json: this manifest points outside its bundle"):
        read_manifest(written(tmp_path, {"path": path}))
