"""The engine as papermill finds it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.engines import papermill_engines

from incident_analytics.reporting.notebooks.engine import ENGINE_NAME, IncidentFastEngine, is_forgiving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_papermill_runs_a_notebook_with_it(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Registered, it serves papermill's own function; no kernel is started."""
    papermill_engines.register(ENGINE_NAME, IncidentFastEngine)
    source, target = tmp_path / "in.ipynb", tmp_path / "out.ipynb"
    template = template_of(a="import os\nos.getpid()", b="bundle")
    template.metadata.update(kernelspec={"name": "python3"}, language_info={"name": "python"})
    nbformat.write(template, source)
    papermill.execute_notebook(source, target, {"bundle": "INC-1"}, engine_name=ENGINE_NAME, progress_bar=False)
    cells = nbformat.read(target, as_version=4).cells
    assert cells[3].outputs[0].data["text/plain"] == "'INC-1'"
    assert cells[2].outputs[0].data["text/plain"] == str(os.getpid())


def test_the_engine_module_can_be_imported_before_papermill() -> None:
    """Papermill loads registered engines while it is itself half imported."""
    code = (
        "from incident_analytics.reporting.notebooks.import_guard import guard; guard(); "
        "import incident_analytics.reporting.notebooks.in_process as module; "
        "from papermill.engines import Engine; print(issubclass(module.InProcessEngine, Engine))"
    )
    answer = subprocess.run(  # noqa: S603  # our own interpreter and words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "True\n"


def test_names_of_kernel_and_language_have_defaults(template_of: Callable[..., NotebookNode]) -> None:
    """A template without a kernelspec is a Python notebook."""
    template = template_of(a="1")
    assert IncidentFastEngine.nb_kernel_name(template) == "python3"
    assert IncidentFastEngine.nb_language(template) == "python"


def test_only_tagged_cells_are_forgiven(template_of: Callable[..., NotebookNode]) -> None:
    """The tag says that a cell may fail."""
    template = template_of(a_section="1", b="1")
    assert [is_forgiving(cell) for cell in template.cells] == [False, True, False]
