"""A process for each task, forked from this one, which has everything imported already."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, TypeVar

from incident_analytics.reporting.batch.ended import Ended, death, threads_each, too_late

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from incident_analytics.reporting.batch.asked import Answer

Task = TypeVar("Task")
_ONE_READ = 65_536
_GARBAGE = 50_000  # a child is gone in seconds: looking for cycles every 700 objects took 6 % of them


@dataclass(slots=True)
class _Child:
    number: int
    process: int
    pipe: int
    ends_at: float
    folder: tempfile.TemporaryDirectory[str]
    said: bytearray = field(default_factory=bytearray)
    is_late: bool = False


def forked(
    tasks: Sequence[Task], work: Callable[[Task], dict[str, Answer]], *, jobs: int, deadline_seconds: float
) -> Generator[Ended]:
    """The end of each task, in the order in which they end.

    Each child is a group of processes of its own, with a temporary folder of its own that goes with it.
    Children are ended when the caller stops listening. Ask `fork_safety.why_not_fork` first.

    Args:
        tasks: What to work on.
        work: Does one task in the child; its answer comes back as JSON.
        jobs: How many children at a time.
        deadline_seconds: When a child is killed, from its start.
    """
    waiting = list(enumerate(tasks))[::-1]
    running: dict[int, _Child] = {}
    gc.collect()
    gc.freeze()  # else the children's collections would touch, and so copy, every page of this process
    try:
        with selectors.DefaultSelector() as pipes:
            while waiting or running:
                while waiting and len(running) < jobs:
                    child = _started(*waiting.pop(), work, jobs=jobs, deadline_seconds=deadline_seconds)
                    running[child.pipe] = child
                    pipes.register(child.pipe, selectors.EVENT_READ)
                for child in _ready(pipes, running):
                    pipes.unregister(child.pipe)
                    del running[child.pipe]
                    yield _ended(child, deadline_seconds)
    finally:
        gc.unfreeze()
        for child in running.values():
            _kill(child)
            _ended(child, deadline_seconds)


def _ready(pipes: selectors.BaseSelector, running: dict[int, _Child]) -> list[_Child]:
    """The children that have closed their pipe, or whose time is up; waits until there may be one."""
    soonest = min(child.ends_at for child in running.values())
    done = []
    for key, _ in pipes.select(max(0.0, soonest - time.monotonic())):
        child = running[key.fd]
        part = os.read(child.pipe, _ONE_READ)
        child.said += part
        if not part:
            done.append(child)
    late = [child for child in running.values() if child.ends_at <= time.monotonic() and child not in done]
    for child in late:
        child.is_late = True
        _kill(child)
    return done + late


def _started(
    number: int, task: Task, work: Callable[[Task], dict[str, Answer]], *, jobs: int, deadline_seconds: float
) -> _Child:
    folder = tempfile.TemporaryDirectory(prefix="incident-batch-", ignore_cleanup_errors=True)
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # Python 3.12 warns where a library has threads; those of an imported polars wait for its first query.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process == 0:
        _live(task, work, writing, folder.name, jobs)
    os.close(writing)
    with contextlib.suppress(OSError):
        os.setpgid(process, process)  # as the child does itself; whoever comes first
    return _Child(number, process, reading, time.monotonic() + deadline_seconds, folder)


def _live(task: Task, work: Callable[[Task], dict[str, Answer]], writing: int, folder: str, jobs: int) -> NoReturn:
    """The child's whole life. It never returns into the parent's code, whatever happens."""
    code = 1
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # Nobody is there to answer, and stdout is for paths.
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        gc.set_threshold(_GARBAGE)
        tempfile.tempdir = folder
        os.environ |= {"TMPDIR": folder, "POLARS_MAX_THREADS": str(threads_each(jobs))}
        answer = json.dumps(work(task)).encode()
        while answer:
            answer = answer[os.write(writing, answer) :]
        code = 0
    except BaseException as error:  # noqa: BLE001 -- the parent's code must not run twice
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _ended(child: _Child, deadline_seconds: float) -> Ended:
    _, status = os.waitpid(child.process, 0)
    os.close(child.pipe)
    child.folder.cleanup()
    code = os.waitstatus_to_exitcode(status)
    if child.is_late:
        return Ended(child.number, None, too_late(deadline_seconds))
    if code or not child.said:
        return Ended(child.number, None, death(code))
    return Ended(child.number, json.loads(child.said))


def _kill(child: _Child) -> None:
    # The whole group: a cell may have started processes.
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child.process, signal.SIGKILL)
