"""A zipped bundle, unpacked into a folder that goes when nobody needs it any more."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from incident_analytics.errors import SourceError

LARGEST_UNPACKED_BYTES = 8 * 1024**3
MOST_FILES = 20_000


def unpacked(file: Path) -> tempfile.TemporaryDirectory[str]:
    """A temporary folder with the files of a zip.

    Raises:
        SourceError: It is no zip, a member points outside it, it is encrypted, or unpacks too large.
    """
    folder = tempfile.TemporaryDirectory(prefix="incident-")
    try:
        with zipfile.ZipFile(file) as archive:
            _guard(archive, file)
            archive.extractall(folder.name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        folder.cleanup()
        raise SourceError("this zip cannot be read", where=file.name, found=str(error)) from None
    except SourceError:
        folder.cleanup()
        raise
    return folder


def _guard(archive: zipfile.ZipFile, file: Path) -> None:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MOST_FILES or size > LARGEST_UNPACKED_BYTES:
        raise SourceError(
            "this zip unpacks too large", where=file.name, expected="at most 8 GiB", found=f"{size / 1024**3:.1f} GiB"
        )
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise SourceError("this zip points outside itself", where=file.name, found=member.filename)


def root_of(folder: Path, names: tuple[str, ...]) -> Path:
    """Where the bundle stands in an unpacked zip: at its top, or in the one folder it holds."""
    if any((folder / name).is_file() for name in names):
        return folder
    inner = [child for child in folder.iterdir() if child.is_dir() and not child.name.startswith((".", "__MACOSX"))]
    return inner[0] if len(inner) == 1 else folder
