"""Children that answer, die, hang, or start processes of their own."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incident_analytics.reporting.batch.ended import Ended
from incident_analytics.reporting.batch.forked import forked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from incident_analytics.reporting.batch.asked import Answer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def ends(
    tasks: Sequence[str], work: Callable[[str], dict[str, Answer]], *, jobs: int = 2, deadline_seconds: float = 60
) -> list[Ended]:
    """How each task ended, in the order of the tasks."""
    return sorted(forked(tasks, work, jobs=jobs, deadline_seconds=deadline_seconds), key=lambda end: end.number)


def hang() -> None:
    """Waits for a signal that nobody sends."""
    while True:
        signal.pause()


def is_running(process: int) -> bool:
    """Whether a process exists and is no zombie."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    return False


def test_each_child_answers_for_its_task() -> None:
    """Five tasks in two processes at a time; a long answer does not fill the pipe for ever."""
    found = ends(["a", "b", "c", "d", "e"], lambda task: {"task": task * 200_000})
    assert [end.answer for end in found] == [{"task": letter * 200_000} for letter in "abcde"]


def test_a_child_that_dies_is_one_failure() -> None:
    """By a signal, by an exit, by an exception: the others answer."""

    def work(task: str) -> dict[str, Answer]:
        if task == "signal":
            os.kill(os.getpid(), signal.SIGTERM)
        if task == "exit":
            os._exit(7)
        if task == "exception":
            raise MemoryError
        return {"task": task}

    assert ends(["signal", "a", "exit", "exception", "b"], work) == [
        Ended(0, None, "its process was killed by SIGTERM"),
        Ended(1, {"task": "a"}),
        Ended(2, None, "its process ended with code 7 and no answer"),
        Ended(3, None, "its process ended with code 1 and no answer"),
        Ended(4, {"task": "b"}),
    ]


def test_a_child_that_hangs_is_killed_with_all_it_started(tmp_path: Path) -> None:
    """The deadline ends the child and the process that it waits for; the next child goes on."""
    noted = tmp_path / "process"

    def work(task: str) -> dict[str, Answer]:
        if task == "hang":
            with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) as started:
                noted.write_text(str(started.pid))
                hang()
        return {"task": task}

    found = ends(["hang", "a"], work, jobs=1, deadline_seconds=1)
    assert found == [Ended(0, None, "it was not done within 1 s and was ended"), Ended(1, {"task": "a"})]
    assert not is_running(int(noted.read_text()))


def test_children_end_when_nobody_listens_any_more(tmp_path: Path) -> None:
    """After Ctrl-C nothing goes on in the background."""

    def work(task: str) -> dict[str, Answer]:
        (tmp_path / task).write_text(str(os.getpid()))
        if task == "hang":
            hang()
        while not (tmp_path / "hang").exists() or not (tmp_path / "hang").read_text():
            os.sched_yield()
        return {}

    listening = forked(["a", "hang"], work, jobs=2, deadline_seconds=60)
    next(listening)
    listening.close()
    assert not is_running(int((tmp_path / "hang").read_text()))


def test_never_more_children_than_asked_for(tmp_path: Path) -> None:
    """Each child counts those that are at work; two at most, and no other is left over."""

    def work(task: str) -> dict[str, Answer]:
        (tmp_path / task).touch()
        at_work = len(list(tmp_path.iterdir()))
        (tmp_path / task).unlink()
        return {"at_work": at_work}

    found = ends([str(number) for number in range(12)], work, jobs=2)
    assert {end.answer["at_work"] for end in found if end.answer} <= {1, 2}
    assert len(found) == 12


def test_a_child_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary files of a child go with it, even when it is killed, and the parent is as it was."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def work(task: str) -> dict[str, Answer]:
        os.environ["LEAK"] = task
        made = tempfile.mkdtemp()
        Path(made, "file").write_text("x")
        if task == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        return {"made": made}

    found = ends(["a", "die"], work)
    assert found[0].answer is not None
    assert Path(str(found[0].answer["made"])).is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert "LEAK" not in os.environ
    assert gc.get_freeze_count() == 0


def test_what_a_child_prints_is_no_data(capfd: pytest.CaptureFixture[str]) -> None:
    """Its stdout is stderr: stdout is for paths; a child has nobody to ask."""

    def work(task: str) -> dict[str, Answer]:
        sys.stdout = os.fdopen(1, "w")
        sys.stdout.write(task)
        return {"read": os.read(0, 1).decode()}

    assert ends(["loud"], work) == [Ended(0, {"read": ""})]
    assert capfd.readouterr() == ("", "loud")
