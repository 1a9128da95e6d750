"""A zipped bundle, unpacked into a folder that goes when nobody needs it any more."""

from __future__ import annotations

import lzma
import os
import shutil
import struct
import tempfile
import weakref
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from incident_analytics.errors import SourceError

LARGEST_UNPACKED_BYTES = 8 * 1024**3
MOST_FILES = 20_000
_ENCRYPTED = 0x1

# What zipfile and the decompressors behind it raise for a zip that is cut short, corrupt or encrypted.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
)


class UnpackedFolder:
    """A temporary folder that goes when this object does, or when the process that made it ends.

    Args:
        name: Its path.
    """

    def __init__(self) -> None:
        self.name = tempfile.mkdtemp(prefix="incident-")
        self._gone = weakref.finalize(self, _remove, self.name, os.getpid())

    def remove(self) -> None:
        """Removes the folder now."""
        self._gone()


def _remove(name: str, process: int) -> None:
    # A forked child ends too, but the folder is still its parent's.
    if os.getpid() == process:
        shutil.rmtree(name, ignore_errors=True)


def unpacked(file: Path) -> UnpackedFolder:
    """A temporary folder with the files of a zip.

    Raises:
        SourceError: It is no zip, a member points outside it, it is encrypted, or unpacks too large.
    """
    folder = UnpackedFolder()
    try:
        with zipfile.ZipFile(file) as archive:
            _guard(archive, file)
            archive.extractall(folder.name)
    except _BROKEN as error:
        folder.remove()
        raise SourceError("this zip cannot be read", where=file.name, found=str(error)) from None
    except SourceError:
        folder.remove()
        raise
    return folder


def _guard(archive: zipfile.ZipFile, file: Path) -> None:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MOST_FILES:
        raise SourceError(
            "this zip holds too many files", where=file.name, expected=f"at most {MOST_FILES}", found=str(len(members))
        )
    if size > LARGEST_UNPACKED_BYTES:
        expected = f"at most {LARGEST_UNPACKED_BYTES / 1024**3:.0f} GiB"
        raise SourceError(
            "this zip unpacks too large", where=file.name, expected=expected, found=f"{size / 1024**3:.1f} GiB"
        )
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise SourceError("this zip is encrypted", where=file.name, nearest="unpack it and name the folder")
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
