"""MANIFEST.json: what was received when, and whether each file still is what it was."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from incident_analytics.errors import SourceError
from incident_analytics.model.instants import Instant, ZoneRules, read_instant

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "MANIFEST.json"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One file of the manifest.

    Args:
        path: Relative to the bundle, with forward slashes.
        sha256: The hash of its bytes when it was received; empty where the manifest has none.
        received_at: When it was received.
        line: Where the manifest says so.
    """

    path: str
    sha256: str
    received_at: Instant | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Integrity:
    """What comparing the files with their manifest gave.

    Args:
        listed: How many files the manifest lists; None without a manifest.
        changed: Files whose bytes are not the ones received.
        missing: Files that are listed but gone.
        unlisted: Files of evidence that nobody listed; they may have come later.
        fingerprint: The sha256 of the manifest itself, to cite.
    """

    listed: int | None
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def is_intact(self) -> bool:
        """Whether every listed file is there and unchanged; False where none is listed."""
        return bool(self.listed) and not self.changed and not self.missing


def read_manifest(folder: Path) -> tuple[ManifestEntry, ...]:
    """The files that a bundle's manifest lists; none without a manifest.

    Raises:
        SourceError: The manifest is there but cannot be read.
    """
    file = folder / MANIFEST
    if not file.is_file():
        return ()
    try:
        text = file.read_text(encoding="utf-8")
        files = json.loads(text)["files"]
        return tuple(_entry(item, text) for item in files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        expected = 'a JSON object with "files", each with a "path"'
        raise SourceError("this manifest cannot be read", where=MANIFEST, expected=expected) from None


def _entry(item: dict[str, object], text: str) -> ManifestEntry:
    path = PurePosixPath(str(item["path"]))
    if path.is_absolute() or ".." in path.parts:
        raise SourceError("this manifest points outside its bundle", where=MANIFEST, found=str(path))
    at = text.find(json.dumps(str(item["path"])))
    line = text.count("\n", 0, at) + 1 if at >= 0 else None
    return ManifestEntry(
        str(path), str(item.get("sha256") or "").lower(), read_instant(item.get("received_at"), ZoneRules()), line
    )


def check_integrity(folder: Path, entries: tuple[ManifestEntry, ...]) -> Integrity:
    """Compares every listed file with the hash it had when it was received."""
    if not (folder / MANIFEST).is_file():
        return Integrity(None)
    hashes = {entry.path: _hash_of(folder / entry.path) for entry in entries}
    missing = tuple(path for path, found in hashes.items() if found is None)
    changed = {entry.path: None for entry in entries if entry.sha256 and hashes[entry.path] not in {None, entry.sha256}}
    here = (file.relative_to(folder).as_posix() for file in sorted((folder / "evidence").rglob("*")) if file.is_file())
    unlisted = tuple(path for path in here if path not in hashes)
    return Integrity(len(entries), tuple(changed), missing, unlisted, sha256_of(folder / MANIFEST))


def _hash_of(file: Path) -> str | None:
    """The hash of a file; None where it is gone or cannot be read."""
    try:
        return sha256_of(file) if file.is_file() else None
    except OSError:
        return None


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
