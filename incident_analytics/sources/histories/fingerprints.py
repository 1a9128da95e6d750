"""What a file was when it was read: its size, its modification time and the sha256 of its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# A file that changed within the same tick of the file system's clock has the same time; FAT ticks every two seconds.
_COARSEST_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One file of a history.

    Args:
        file: Its name.
        size: Bytes.
        modified: Nanoseconds since 1970, as the file system tells them.
        sha256: Of its bytes.
    """

    file: str
    size: int
    modified: int
    sha256: str


def fingerprint(path: Path, file: str) -> Fingerprint:
    """The fingerprint of a file as it is now.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        told = path.stat()
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceError("this file cannot be read", where=file, found=error.strerror or str(error)) from None
    return Fingerprint(file, told.st_size, told.st_mtime_ns, digest)


def still_hold(kept: Sequence[Fingerprint], files: Iterable[tuple[Path, str]], *, kept_at: int) -> bool:
    """Whether the files are those of the fingerprints, none changed, added or gone.

    Size and time are compared first; bytes are read where the time differs, or where the file is so young that
    it may have changed within one tick of the clock.

    Args:
        kept: The fingerprints, in order.
        files: The files as they are now, in order.
        kept_at: When the fingerprints were written down, in nanoseconds since 1970.
    """
    found = list(files)
    if [each.file for each in kept] != [name for _, name in found]:
        return False
    return all(_is_same(each, path, kept_at) for each, (path, _) in zip(kept, found, strict=True))


def _is_same(kept: Fingerprint, path: Path, kept_at: int) -> bool:
    try:
        told = path.stat()
    except OSError:
        return False
    if told.st_size != kept.size:
        return False
    if told.st_mtime_ns == kept.modified and told.st_mtime_ns < kept_at - _COARSEST_TICK:
        return True
    return fingerprint(path, kept.file).sha256 == kept.sha256
