"""What a run changes in this process is put back."""

from __future__ import annotations

import atexit
import builtins
import decimal
import os
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from IPython.core.getipython import get_ipython
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from incident_analytics.reporting.notebooks.process_state import process_state
from incident_analytics.reporting.notebooks.run import run_template

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

MESS = """
import builtins, decimal, os, sys, warnings
import pandas as pd
import beside
os.chdir("/")
os.environ["LEFT_BEHIND"] = "1"
os.environ.pop("HOME", None)
sys.path.append("/left/behind")
sys.argv = ["left"]
builtins.left_behind = 1
decimal.getcontext().prec = 3
pd.set_option("display.max_rows", 7)
warnings.simplefilter("error")
left = 1
"""


def test_a_run_leaves_no_trace(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Folder, environment, sys, builtins, modules, warnings, decimals and pandas are as before."""
    (tmp_path / "beside.py").write_text("value = 1\n")

    def state() -> dict[str, object]:
        return {
            "folder": Path.cwd(),
            "environment": dict(os.environ),
            "path": list(sys.path),
            "argv": sys.argv,
            "streams": (sys.stdout, sys.stderr, sys.displayhook, sys.excepthook),
            "main": sys.modules["__main__"],
            "builtins": dict(vars(builtins)),
            "decimals": decimal.getcontext().prec,
            "rows": pd.get_option("display.max_rows"),
            "filters": list(warnings.filters),
            "prompt": hasattr(sys, "ps1"),
            "threads": threading.active_count(),
            "shell": get_ipython(),
        }

    before = state()
    run_template(template_of(mess=MESS, use="beside.value"), {}, working_directory=tmp_path)
    assert state() == before
    assert "beside" not in sys.modules


def test_a_run_may_be_the_first_to_import_pandas() -> None:
    """Its options are put back, without a matplotlib that one of them asks for."""
    code = (
        "from incident_analytics.reporting.notebooks.process_state import process_state\n"
        "from pathlib import Path\n"
        "with process_state(Path.cwd()):\n"
        "    import pandas\n"
        "    pandas.set_option('display.max_rows', 7)\n"
        "print(pandas.get_option('display.max_rows'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "60\n"


def test_two_runs_share_no_names(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """The second notebook does not see the first one's variables or cell numbers."""
    run_template(template_of(a="left = 1"), {}, working_directory=tmp_path)
    run = run_template(template_of(a="'left' in globals()"), {}, working_directory=tmp_path)
    assert run.notebook.cells[1].outputs[0].data["text/plain"] == "False"
    assert run.notebook.cells[1].execution_count == 2


def test_the_shell_of_the_caller_comes_back(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Someone who makes a report from their own notebook keeps their shell."""
    quiet = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}})
    mine = InteractiveShell.instance(config=quiet, ipython_dir=str(tmp_path))
    try:
        run_template(template_of(outer="get_ipython().user_ns['mine'] = 1"), {}, working_directory=tmp_path)
        assert get_ipython() is mine
        assert "mine" not in mine.user_ns
    finally:
        mine.restore_sys_module_state()
        atexit.unregister(mine.atexit_operations)
        InteractiveShell.clear_instance()


def test_a_run_inside_a_run_keeps_the_outer_shell(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """A cell that runs another template still has its own output afterwards."""
    nested = (
        "from nbformat.v4 import new_code_cell, new_notebook\n"
        "from pathlib import Path\n"
        "from incident_analytics.reporting.notebooks.run import run_template\n"
        "inner = new_notebook(cells=[new_code_cell('print(1); 2', id='a')])\n"
        "outputs = run_template(inner, {}, working_directory=Path('.')).notebook.cells[0].outputs\n"
        "print('outer')\n"
        "[output.output_type for output in outputs]"
    )
    run = run_template(template_of(nested=nested), {}, working_directory=tmp_path)
    printed, value = run.notebook.cells[1].outputs
    assert printed.text == "outer\n"
    assert value.data["text/plain"] == "['stream', 'execute_result']"


def test_warnings_are_those_of_a_fresh_process(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Also in the second run, and whatever filters the caller has (here: warnings are errors)."""
    for _ in range(2):
        run = run_template(template_of(a="import warnings\nwarnings.warn('look')"), {}, working_directory=tmp_path)
        assert run.notebook.cells[1].outputs[0].text == ("cell:2: UserWarning: look\n  warnings.warn('look')\n")


def test_plotly_figures_carry_no_script(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Plotly knows ipykernel's shell by name and puts 5 MB of JavaScript into outputs of any other."""
    figure = "import plotly.graph_objects as go\ngo.Figure(go.Bar(y=[1]))"
    run = run_template(template_of(figure=figure), {}, working_directory=tmp_path)
    assert list(run.notebook.cells[1].outputs[0].data) == ["application/vnd.plotly.v1+json"]


def test_a_module_reachable_before_stays(tmp_path: Path) -> None:
    """Only what was found through the working directory is forgotten."""
    (tmp_path / "reachable.py").write_text("")
    sys.path.append(str(tmp_path))
    try:
        with process_state(tmp_path):
            __import__("reachable")
        assert "reachable" in sys.modules
    finally:
        sys.path.remove(str(tmp_path))
        del sys.modules["reachable"]
