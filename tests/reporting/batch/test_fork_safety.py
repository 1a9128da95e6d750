"""When a process may fork."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from incident_analytics.reporting.batch import fork_safety

ASK = "from incident_analytics.reporting.batch.fork_safety import why_not_fork; print(why_not_fork())"


def answer_after(code: str) -> str:
    """What a fresh interpreter answers after some code."""
    done = subprocess.run([sys.executable, "-c", f"{code}\n{ASK}"], capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells the names of threads")
def test_a_process_that_only_imported_polars_may_fork() -> None:
    """An import starts no pool; a query does."""
    assert answer_after("import polars") == ""
    query = "import polars as pl; pl.LazyFrame({'a': [1]}).group_by('a').len().collect()"
    assert answer_after(query) == "polars has computed in this process"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells the names of threads")
def test_what_is_loaded_before_the_first_fork_leaves_it_possible(tmp_path: Path) -> None:
    """Warming up runs a notebook and renders a page, and asks polars nothing."""
    warm = "from incident_analytics.reporting.batch.warm import warm_up; from pathlib import Path"
    ask = "from incident_analytics.reporting.batch.asked import Asked"
    assert answer_after(f"{warm}; {ask}; warm_up(Asked(Path({str(tmp_path)!r})))") == ""


def test_a_process_with_threads_may_not_fork() -> None:
    """JupyterLab's kernels have some."""
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert fork_safety.why_not_fork() == "this process runs threads"
    finally:
        wait.set()
        thread.join()


def test_macos_may_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its libraries end children that were forked."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert fork_safety.why_not_fork() == "darwin has no safe fork"


def test_a_system_without_fork_may_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none."""
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(sys, "platform", "win32")
    assert fork_safety.why_not_fork() == "win32 has no safe fork"


def test_a_system_that_does_not_tell_its_threads_may_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be known is not risked."""
    monkeypatch.setattr(fork_safety, "_THREADS", Path("nowhere"))
    assert fork_safety.why_not_fork() == f"{sys.platform} does not tell which threads a process has"
