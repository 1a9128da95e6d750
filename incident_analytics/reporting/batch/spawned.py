"""A fresh process for each report, where forking is unsafe or unknown: slower, and equal in every other way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from incident_analytics.reporting.batch.ended import Ended, death, threads_each, too_late

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from incident_analytics.reporting.batch.asked import Asked

COMMAND = (sys.executable, "-P", "-m", "incident_analytics.reporting.batch")


def spawned(paths: Sequence[Path], asked: Asked, *, jobs: int, deadline_seconds: float) -> Generator[Ended]:
    """The end of each report, in the order in which they end.

    Args:
        paths: The incidents' folders and zips.
        asked: Which documents, and how.
        jobs: How many processes at a time.
        deadline_seconds: When a process is killed, from its start.
    """
    with ThreadPoolExecutor(jobs) as threads:
        started = [
            threads.submit(_run, number, path, asked, jobs, deadline_seconds) for number, path in enumerate(paths)
        ]
        try:
            for each in as_completed(started):
                yield each.result()
        finally:
            threads.shutdown(wait=True, cancel_futures=True)


def _run(number: int, path: Path, asked: Asked, jobs: int, deadline_seconds: float) -> Ended:
    request = json.dumps({"path": str(path), "asked": asked.as_answer()})
    with tempfile.TemporaryDirectory(prefix="incident-batch-", ignore_cleanup_errors=True) as folder:
        own = {"TMPDIR": folder, "TEMP": folder, "TMP": folder, "POLARS_MAX_THREADS": str(threads_each(jobs))}
        try:
            done = subprocess.run(  # noqa: S603 -- our own interpreter and module
                COMMAND,
                input=request,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env={**os.environ, **own},
                timeout=deadline_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Ended(number, None, too_late(deadline_seconds))
    if done.returncode or not done.stdout:
        return Ended(number, None, death(done.returncode))
    return Ended(number, json.loads(done.stdout))
