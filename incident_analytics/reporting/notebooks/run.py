"""One call that runs a template with parameters and returns the executed notebook."""

from __future__ import annotations

import contextlib
import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from incident_analytics.errors import ReportError
from incident_analytics.reporting.notebooks.deadline import Deadline, DeadlineError
from incident_analytics.reporting.notebooks.engine import ENGINE_NAME, IncidentFastEngine, is_forgiving
from incident_analytics.reporting.notebooks.import_guard import guard
from incident_analytics.reporting.notebooks.outputs import error_output, settled, without_cell_files
from incident_analytics.reporting.notebooks.parameters import JsonValue, checked_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from nbformat import NotebookNode

EngineName: TypeAlias = Literal["in-process", "kernel"]

INJECTED_ID = "injected-parameters"
_JUPYTER_TAG = "raises-exception"
_PAPERMILL_NAMES = {"in-process": ENGINE_NAME, "kernel": "nbclient"}
# Without the Python version, which would make the same report differ between two machines.
_LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}


@dataclass(frozen=True, slots=True)
class Run:
    """An executed notebook.

    Args:
        notebook: The notebook with its outputs; the same bytes for the same input.
        failed: Ids of the sections that raised, in order; their errors stand in their outputs.
        seconds: How long it took.
    """

    notebook: NotebookNode
    failed: tuple[str, ...]
    seconds: float


class NotebookStoppedError(ReportError):
    """A cell that is no section raised, or time ran out: the notebook ends there.

    Args:
        message: What happened.
        notebook: The notebook as far as it ran.
        cell: The id of the cell it ended at; empty for a deadline or a dead kernel.
    """

    def __init__(self, message: str, *, notebook: NotebookNode, cell: str = "") -> None:
        self.notebook = notebook
        self.cell = cell
        super().__init__(message, where=cell and f"cell {cell}")


@dataclass(slots=True)
class _Failures:
    """Listens to either engine and notes which cells failed."""

    ended: list[tuple[NotebookNode, str, str]] = field(default_factory=list)

    def __call__(
        self, *, cell: NotebookNode, cell_index: int, execute_reply: Mapping[str, Mapping[str, object]]
    ) -> None:
        del cell_index
        reply = execute_reply["content"]
        self.ended.append((cell, str(reply.get("ename", "")), without_cell_files(str(reply.get("evalue", "")))))


def run_template(
    template: NotebookNode,
    parameters: Mapping[str, JsonValue],
    *,
    engine: EngineName = "in-process",
    working_directory: Path,
    deadline_seconds: float = 600,
) -> Run:
    """Run a copy of a template; sections that raise keep their error and the others still run.

    A cell tagged `section` may raise; any other cell that raises ends the notebook. Both engines give
    the same outputs. Nothing is written: the caller stores the notebook.

    Args:
        template: A notebook whose first code cell is tagged `parameters`. It stays as it is.
        parameters: Values for names of that cell; JSON scalars or lists of them.
        engine: `in-process` runs the cells here, `kernel` in a Jupyter kernel of their own (slower, isolated).
        working_directory: The folder the cells run in.
        deadline_seconds: When to give up, for the whole notebook.

    Raises:
        ParameterError: A name the template does not take, or a value that is not plain JSON.
        NotebookStoppedError: A cell that is no section raised, the kernel died, or the deadline passed.
    """
    guard()
    started = time.monotonic()
    notebook = _prepared(template, checked_parameters(template, parameters))
    failures = _Failures()
    try:
        with contextlib.chdir(working_directory), _sections_may_raise(notebook):
            _execute(notebook, engine, Deadline(deadline_seconds), failures)
    except (DeadlineError, TimeoutError) as error:
        message = f"the notebook was not done after {deadline_seconds:g} seconds"
        raise NotebookStoppedError(message, notebook=_tidied(notebook, failures)) from error
    except RuntimeError as error:
        if type(error).__name__ != "DeadKernelError":
            raise
        raise NotebookStoppedError("the kernel died", notebook=_tidied(notebook, failures)) from error
    notebook = _tidied(notebook, failures)
    for cell, name, value in failures.ended:
        if not is_forgiving(cell):
            raise NotebookStoppedError(f"{name}: {value}", notebook=notebook, cell=str(cell.id))
    return Run(notebook, tuple(_failed(notebook)), time.monotonic() - started)


def _failed(notebook: NotebookNode) -> Iterator[str]:
    """The cells that show an error: those that raised, and those whose value could not be shown."""
    for cell in notebook.cells:
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            yield str(cell.id)


def _prepared(template: NotebookNode, parameters: dict[str, JsonValue]) -> NotebookNode:
    from papermill.iorw import load_notebook_node  # noqa: PLC0415  # papermill only where a notebook runs
    from papermill.parameterize import parameterize_notebook  # noqa: PLC0415

    notebook: NotebookNode = load_notebook_node(template)  # a copy, with the metadata papermill relies on
    notebook.metadata.papermill["parameters"] = {}
    if parameters:
        notebook = parameterize_notebook(notebook, parameters, kernel_name="python3", language="python")
    for cell in notebook.cells:
        if INJECTED_ID in cell.metadata.tags:
            cell.id = INJECTED_ID  # papermill draws a random one
    return notebook


def _execute(notebook: NotebookNode, engine: EngineName, deadline: Deadline, failures: _Failures) -> None:
    from papermill.engines import papermill_engines  # noqa: PLC0415  # papermill only where a notebook runs

    papermill_engines.register(ENGINE_NAME, IncidentFastEngine)  # also where no entry point is installed
    of_engine: dict[str, object] = {"deadline": deadline}
    if engine == "kernel":
        of_engine = {
            "timeout_func": lambda _cell: math.ceil(deadline.remaining()) or 1,
            "extra_arguments": ["--log-level=CRITICAL"],  # else ipykernel 7 warns about TCP at every start
            "record_timing": False,
        }
    papermill_engines.execute_notebook_with_engine(
        _PAPERMILL_NAMES[engine],
        notebook,
        kernel_name="python3",
        output_path=None,  # what request_save_on_cell_execute=False means: no file at each cell's start and end
        progress_bar=False,
        autosave_cell_every=0,
        on_cell_error=failures,
        **of_engine,
    )


@contextlib.contextmanager
def _sections_may_raise(notebook: NotebookNode) -> Iterator[None]:
    # nbclient goes on after a cell only if it has Jupyter's own tag for that.
    sections = [cell for cell in notebook.cells if is_forgiving(cell) and _JUPYTER_TAG not in cell.metadata.tags]
    for cell in sections:
        cell.metadata.tags.append(_JUPYTER_TAG)
    try:
        yield
    finally:
        for cell in sections:
            cell.metadata.tags.remove(_JUPYTER_TAG)


def _tidied(notebook: NotebookNode, failures: _Failures) -> NotebookNode:
    from nbformat import from_dict  # noqa: PLC0415  # papermill has loaded it

    # What papermill and the kernel note about the moment of the run would change the bytes of every run.
    notebook.metadata["papermill"] = {"parameters": notebook.metadata.papermill["parameters"]}
    notebook.metadata["language_info"] = _LANGUAGE_INFO
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if not cell.metadata.tags:
            del cell.metadata["tags"]
        if cell.cell_type == "code":
            cell.outputs = settled(cell.outputs)
    for cell, name, value in failures.ended:
        # A misspelt magic only prints its error; a section that failed must show one.
        if not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs.append(error_output(name, value))
    tidied: NotebookNode = from_dict(notebook)  # type: ignore[no-untyped-call]  # nbformat is half typed
    return tidied
