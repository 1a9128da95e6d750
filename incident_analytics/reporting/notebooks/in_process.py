"""The engine proper: a papermill engine that runs cells in an IPython shell of this process.

Loaded only when a notebook runs. It starts no kernel and no thread and opens no file, so a process
may fork before or after a run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from papermill.engines import Engine

from incident_analytics.reporting.notebooks.deadline import Deadline, DeadlineError, alarm
from incident_analytics.reporting.notebooks.engine import is_forgiving
from incident_analytics.reporting.notebooks.process_state import process_state
from incident_analytics.reporting.notebooks.shell import CellFailure, CellShell, cell_shell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

_SKIPPED_TAG = "skip-execution"
_ONE_DAY_SECONDS = 86_400.0


class OnCellError(Protocol):
    """What nbclient calls when a cell fails; this engine calls it with the same arguments."""

    def __call__(
        self, *, cell: NotebookNode, cell_index: int, execute_reply: Mapping[str, Mapping[str, object]]
    ) -> None:
        """Take note of a failed cell."""


class ManagedNotebook(Protocol):
    """The part of papermill's execution manager an engine talks to."""

    nb: NotebookNode

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None:
        """Note that a cell starts."""

    def cell_exception(self, cell: NotebookNode, cell_index: int) -> None:
        """Note that a cell ended the notebook."""

    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None:
        """Note that a cell is done."""


class InProcessEngine(Engine):  # type: ignore[misc]  # papermill is not typed
    """Runs a notebook's code cells in this process."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: ManagedNotebook,
        kernel_name: str,  # noqa: ARG003  # there is no kernel
        *,
        deadline: Deadline | None = None,
        on_cell_error: OnCellError | None = None,
        **_: object,
    ) -> None:
        """Run the cells in order; a failing one ends the notebook unless its tags forgive it.

        Args:
            nb_man: papermill's manager of the notebook.
            kernel_name: Not used.
            deadline: When to give up; a day without one.
            on_cell_error: Told of each cell that fails.

        Raises:
            DeadlineError: The deadline passed.
            KeyboardInterrupt: The person pressed Ctrl-C.
        """
        deadline = deadline or Deadline(_ONE_DAY_SECONDS)
        with process_state(Path.cwd()), cell_shell() as shell, alarm(deadline):
            for index, cell in enumerate(nb_man.nb.cells):
                deadline.check()
                nb_man.cell_start(cell, index)
                try:
                    failure = _run_cell(shell, cell)
                    if failure is not None and on_cell_error is not None:
                        on_cell_error(cell=cell, cell_index=index, execute_reply=_reply(failure))
                    if failure is not None and not is_forgiving(cell):
                        nb_man.cell_exception(cell, index)
                        break
                finally:
                    nb_man.cell_complete(cell, index)


def _run_cell(shell: CellShell, cell: NotebookNode) -> CellFailure | None:
    if cell.cell_type != "code" or not cell.source.strip() or _SKIPPED_TAG in cell.metadata.get("tags", []):
        return None
    failure = shell.run_source(cell)
    # IPython makes every exception an output of the cell; these two are not the cell's.
    if failure is not None and isinstance(failure.exception, KeyboardInterrupt | DeadlineError):
        raise failure.exception
    return failure


def _reply(failure: CellFailure) -> dict[str, dict[str, object]]:
    # The shape of a kernel's answer, so that one listener serves both engines.
    content = {"status": "error", "ename": failure.name, "evalue": failure.value}
    return {"content": {**content, "traceback": list(failure.traceback)}}
