"""The engine in this process: what it skips, and that a batch can fork around it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from nbformat.v4 import new_markdown_cell

from incident_analytics.reporting.notebooks.run import run_template

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nbformat import NotebookNode

FORKED = """
import os
from pathlib import Path
from incident_analytics.reporting.notebooks.import_guard import guard
guard()
from nbformat.v4 import new_code_cell, new_notebook
from incident_analytics.reporting.notebooks.run import run_template

template = new_notebook(cells=[new_code_cell("import os\\nawait __import__('asyncio').sleep(0)\\nos.getpid()", id="a")])

def pid():
    return run_template(template, {}, working_directory=Path(".")).notebook.cells[0].outputs[0].data["text/plain"]

assert pid() == str(os.getpid())
child = os.fork()
if not child:
    os._exit(0 if pid() == str(os.getpid()) else 1)
print(os.waitpid(child, 0)[1], pid() == str(os.getpid()))
"""


def test_a_process_can_fork_between_runs(tmp_path: Path) -> None:
    """Parent, child and parent again each run a template with an awaiting cell."""
    done = subprocess.run(  # noqa: S603  # our own interpreter and words
        [sys.executable, "-c", FORKED], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("0 True\n", "")


def test_cells_without_code_to_run_are_passed_over(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Markdown, blank cells and cells tagged skip-execution have no number and no output."""
    template = template_of(blank=" \n", off="1 / 0", on="1")
    template.cells[2].metadata["tags"] = ["skip-execution"]
    template.cells.insert(1, new_markdown_cell("1 / 0", id="prose"))
    run = run_template(template, {}, working_directory=tmp_path)
    counts = {cell.id: cell.execution_count for cell in run.notebook.cells if cell.cell_type == "code"}
    assert counts == {"parameters": 1, "blank": None, "off": None, "on": 2}


def test_both_engines_pass_over_the_same_cells(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """The kernel is the reference."""
    template = template_of(blank="", off="1 / 0", on="1")
    template.cells[2].metadata["tags"] = ["skip-execution"]
    fast = run_template(template, {}, working_directory=tmp_path)
    assert fast.notebook == run_template(template, {}, engine="kernel", working_directory=tmp_path).notebook


def test_a_logger_made_in_a_cell_does_not_break_the_process(
    template_of: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    """Its handler still points at the cell's stream when the run is over."""
    code = "import sys\nkept = sys.stdout\nsys.kept_for_test = kept"
    run_template(template_of(a=code), {}, working_directory=tmp_path)
    assert sys.kept_for_test.write("late") == 4  # type: ignore[attr-defined]
    del sys.kept_for_test  # type: ignore[attr-defined]
