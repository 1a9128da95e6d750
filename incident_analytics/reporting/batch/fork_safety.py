"""Whether this process may fork children that go on computing."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

_THREADS = Path("/proc/self/task")
_POOL = "polars-0"  # the first thread of polars' pool; an import alone does not start it


def why_not_fork() -> str:
    """Why this process must not fork; empty where it may.

    A child has only the thread that forked. What other threads held is locked in it for ever, and a pool
    that polars has started in the parent has no workers in the child.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return f"{sys.platform} has no safe fork"
    if threading.active_count() > 1:
        return "this process runs threads"
    if not _THREADS.is_dir():
        return f"{sys.platform} does not tell which threads a process has"
    return "polars has computed in this process" if _POOL in _thread_names() else ""


def _thread_names() -> set[str]:
    names = set()
    for thread in _THREADS.iterdir():
        try:
            names.add((thread / "comm").read_text(encoding="utf-8").strip())
        except OSError:  # it has ended meanwhile
            continue
    return names
