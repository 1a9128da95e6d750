"""The one writer: a file is either the old one or the new one, never half of each."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def atomic_write(path: Path, content: str | bytes) -> Path:
    """The path, now holding the content whole.

    The bytes go to a temporary file beside the target, are flushed to disk, and take the
    target's place in one step, so a reader or a power cut never sees a half-written file.
    A file that already holds these bytes is left alone, so its modification time keeps meaning.

    Args:
        path: Where to write. Missing folders are made.
        content: Text (written as UTF-8 without newline translation) or bytes.

    Returns:
        The same path.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path
