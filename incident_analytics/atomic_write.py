"""The one writer: a file is either the old one or the new one, never half of each."""

from __future__ import annotations

import contextlib
import os
from itertools import count
from typing import TYPE_CHECKING

from incident_analytics.errors import ReportError

if TYPE_CHECKING:
    from pathlib import Path


def atomic_write(path: Path, content: str | bytes) -> Path:
    """The path, now holding the content whole.

    The bytes go to a temporary file beside the target, are flushed to disk, and take the
    target's place in one step, so a reader or a power cut never sees a half-written file.
    A file that already holds these bytes is left alone, so its modification time keeps meaning;
    a link stays a link, and what it points at is written.

    Args:
        path: Where to write. Missing folders are made.
        content: Text (written as UTF-8 without newline translation) or bytes.

    Returns:
        The same path.

    Raises:
        ReportError: It cannot be written there.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        target = path.resolve() if path.is_symlink() else path
        if not (target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data):
            _replace(target, data)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ReportError(f"this cannot be written ({reason})", where=str(path)) from None
    return path


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, part = _part_beside(target)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _part_beside(target: Path) -> tuple[int, Path]:
    """A new file beside the target; one that a killed run left there is passed over."""
    for number in count(1):
        part = target.parent / f".incident-{os.getpid()}-{number}.part"
        with contextlib.suppress(FileExistsError):
            # A new file takes the mode that the person's umask gives; an old one keeps its own.
            return os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), part
    raise AssertionError
