"""An IPython shell that runs one notebook's cells in this process and records their outputs.

Imported only by the engine, and only when it runs: IPython takes a tenth of a second.
"""

from __future__ import annotations

import asyncio
import atexit
import io
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from incident_analytics.reporting.notebooks.outputs import CellOutputs, StreamName

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Mapping

    from nbformat import NotebookNode

# What ipykernel sets for the commands a cell may start: colours kept, no pager that waits for a key.
ENVIRONMENT = {
    "TERM": "xterm-color",
    "CLICOLOR": "1",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
}


class KernelLikeCompiler(CachingCompiler):
    """Names cells as ipykernel does, by files that do not exist, so that tracebacks come out the same."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:  # noqa: ARG002
        """A file name for the cell's code; ipykernel puts the process id in it."""
        return f"ipykernel_0/{number}.py"


@dataclass(frozen=True, slots=True)
class CellFailure:
    """How a cell ended that did not end well.

    Args:
        name: The exception's class.
        value: Its text.
        traceback: Lines as IPython prints them.
        exception: The exception itself.
    """

    name: str
    value: str
    traceback: tuple[str, ...]
    exception: BaseException | None


class RecordingHook(DisplayHook):
    """Keeps the value of a cell's last line instead of printing it."""

    shell: CellShell

    def write_output_prompt(self) -> None:
        """Print no ``Out[1]:``."""

    def write_format_data(self, format_dict: Mapping[str, object], md_dict: Mapping[str, object] | None = None) -> None:
        """Record the value in all its formats."""
        self.shell.outputs.result(format_dict, md_dict or {}, self.prompt_count)

    def finish_displayhook(self) -> None:
        """Print no empty line after it."""
        self._is_active = False


class RecordingPublisher(DisplayPublisher):
    """Keeps what a cell shows with `display`."""

    def publish(  # type: ignore[override]  # the parent's `source` has been ignored since IPython 5
        self,
        data: Mapping[str, object],
        metadata: Mapping[str, object] | None = None,
        *,
        transient: Mapping[str, str] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        """Record one display, or new content for an earlier one."""
        display_id = (transient or {}).get("display_id")
        if update:
            self.shell.outputs.update(data, metadata or {}, str(display_id))
        else:
            self.shell.outputs.display(data, metadata or {}, display_id)

    def clear_output(self, wait: bool = False) -> None:
        """Forget the cell's outputs so far."""
        self.shell.outputs.clear(wait=wait)


class RecordedStream(io.TextIOBase):
    """A standard stream whose text becomes an output of the running cell."""

    encoding = "UTF-8"

    def __init__(self, shell: CellShell, name: StreamName) -> None:
        super().__init__()
        self._shell = shell
        self._name = name

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str, /) -> int:
        """Record the text."""
        self._shell.outputs.stream(self._name, text)
        return len(text)


class CellShell(InteractiveShell):
    """IPython without files, threads or a terminal: no history database, no profile, no start-up scripts."""

    compiler_class = Type(KernelLikeCompiler)
    displayhook_class = Type(RecordingHook)
    display_pub_class = Type(RecordingPublisher)
    # The parent's default writes past sys.stdout, where no cell would see it.
    system = InteractiveShell.system_piped

    def __init__(self) -> None:
        self.outputs = CellOutputs({})
        self._shown: dict[str, list[NotebookNode]] = {}
        self._remembered: dict[str, object] = {}
        self._traceback: tuple[str, ...] = ()
        self._display_failure: CellFailure | None = None
        self._runner = asyncio.Runner()
        quiet = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}})
        super().__init__(config=quiet)  # type: ignore[no-untyped-call]  # IPython is half typed
        self.loop_runner = self._run_coroutine

    def init_ipython_dir(self, ipython_dir: object) -> None:
        """Make no folder in the home of the person."""

    def init_profile_dir(self, profile_dir: object) -> None:
        """Read no profile, so that a report does not depend on who made it."""

    def init_environment(self) -> None:
        """Set what a kernel sets; the caller puts the environment back."""
        os.environ.update(ENVIRONMENT)

    @property  # type: ignore[misc]  # read-only here
    def db(self) -> dict[str, object]:
        """What magics such as ``%cd`` want to remember, for this run only."""
        return self._remembered

    def ask_exit(self) -> NoReturn:
        """Treat ``exit`` in a cell as the error it is."""
        raise SystemExit("a cell called exit")

    def run_source(self, cell: NotebookNode) -> CellFailure | None:
        """Run a code cell; its outputs and number go into it."""
        self.outputs = CellOutputs(self._shown)
        cell.outputs = self.outputs.nodes
        cell.execution_count = self.execution_count
        self._traceback, self._display_failure = (), None
        result = self.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
        error = result.error_before_exec or result.error_in_exec
        if error is None:
            return self._display_failure
        return CellFailure(type(error).__name__, str(error), self._traceback, error)

    def close(self) -> None:
        """Let go of everything the cells made."""
        self._runner.close()
        self.atexit_operations()  # type: ignore[no-untyped-call]
        atexit.unregister(self.atexit_operations)

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self._traceback = tuple(stb)
        self.outputs.error(etype.__name__, str(evalue), stb)
        if self.displayhook.is_active:
            # The value could not be shown: ipykernel counts that as a failed cell too.
            self._display_failure = CellFailure(etype.__name__, str(evalue), self._traceback, evalue)

    def _run_coroutine(self, coroutine: Coroutine[object, object, object]) -> object:
        return self._runner.run(coroutine)


@contextmanager
def cell_shell() -> Iterator[CellShell]:
    """A shell that is the process's `get_ipython()` for a while; one that was there comes back."""
    previous = InteractiveShell.instance() if InteractiveShell.initialized() else None
    _take_place(previous, None)
    shell = CellShell()
    _take_place(shell, shell)
    stdout, stderr = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = RecordedStream(shell, "stdout"), RecordedStream(shell, "stderr")
    try:
        yield shell
    finally:
        sys.stdout, sys.stderr = stdout, stderr
        shell.close()
        _take_place(shell, None)
        _take_place(previous, previous)


def _take_place(like: InteractiveShell | None, occupant: InteractiveShell | None) -> None:
    if like is not None:
        for parent in type(like)._walk_mro():  # noqa: SLF001  # traitlets offers no other way to put one back
            parent._instance = occupant  # type: ignore[assignment]  # noqa: SLF001
