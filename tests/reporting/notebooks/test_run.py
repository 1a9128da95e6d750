"""Running templates: the same outputs from both engines, and sections that fail alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat import NotebookNode

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.notebooks.run import NotebookStoppedError, Run, run_template

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIGURE = """
figure = {"data": [{"type": "bar", "x": [1, 2], "y": [3, 4]}], "layout": {"meta": {"alt": "two bars"}}}
display({"application/vnd.plotly.v1+json": figure, "text/plain": "two bars"}, raw=True)
"""
TABLE = "from IPython.display import HTML\nHTML('<table><caption>one row</caption></table>')"
STREAMS = """
import sys
print("before", bundle)
print("careful", file=sys.stderr)
display({"text/plain": "shown"}, raw=True)
print("after")
"the value"
"""
SOURCES = {
    "figure": FIGURE,
    "table": TABLE,
    "streams": STREAMS,
    "broken_section": "print('half')\nfacts = {}\nfacts['missing']",
    "leaving_section": "import sys\nsys.exit(3)",
    "typo_section": "a b",
    "magic_section": "%nosuchmagic",
    "awaited": "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "captured": "%%capture kept\nprint('inside')",
    "kept": "kept.stdout",
    "command": "!echo from the shell",
    "warned": "import warnings\nwarnings.warn('look')",
    "cleared": "from IPython.display import clear_output\nprint(1)\nclear_output(wait=True)\nprint(2)",
    "handle": "progress = display('half', display_id='p')",
    "update": "progress.update('whole')",
}


def _outputs(run: Run) -> dict[str, list[NotebookNode]]:
    return {cell.id: cell.outputs for cell in run.notebook.cells if cell.cell_type == "code"}


def test_both_engines_give_the_same_notebook(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """The kernel is the reference: outputs, counts, metadata and tracebacks agree cell by cell."""
    template = template_of(**SOURCES)
    fast = run_template(template, {"bundle": "INC-1"}, working_directory=tmp_path)
    reference = run_template(template, {"bundle": "INC-1"}, engine="kernel", working_directory=tmp_path)
    assert (
        fast.failed
        == reference.failed
        == (
            "broken-section",
            "leaving-section",
            "typo-section",
            "magic-section",
        )
    )
    for ours, theirs in zip(fast.notebook.cells, reference.notebook.cells, strict=True):
        assert ours == theirs
    assert fast.notebook == reference.notebook


def test_outputs_stand_in_their_true_order(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Text printed before a display comes before it, the cell's value last."""
    run = run_template(template_of(streams=STREAMS), {"bundle": "INC-1"}, working_directory=tmp_path)
    found = [
        (output.output_type, output.get("text") or output.data["text/plain"]) for output in _outputs(run)["streams"]
    ]
    assert found == [
        ("stream", "before INC-1\n"),
        ("stream", "careful\n"),
        ("display_data", "shown"),
        ("stream", "after\n"),
        ("execute_result", "'the value'"),
    ]


def test_section_that_raises_leaves_the_rest_running(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Its error and traceback stay in place; the next cell has its output."""
    run = run_template(template_of(bad_section="1 / 0", next="'here'"), {}, working_directory=tmp_path)
    outputs = _outputs(run)
    assert run.failed == ("bad-section",)
    assert outputs["bad-section"][0].ename == "ZeroDivisionError"
    assert outputs["bad-section"][0].traceback[-1].endswith("division by zero")
    assert outputs["next"][0].data["text/plain"] == "'here'"


def test_misspelt_magic_in_a_section_shows_an_error(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """IPython only prints it; a failed section must be recognisable by its error output."""
    run = run_template(template_of(bad_section="%nosuchmagic"), {}, working_directory=tmp_path)
    assert [output.output_type for output in _outputs(run)["bad-section"]] == ["stream", "error"]
    assert _outputs(run)["bad-section"][1].ename == "UsageError"


@pytest.mark.parametrize("source", ["1 / 0", "%nosuchmagic", "import sys; sys.exit()", "exit"])
def test_other_cell_that_fails_ends_the_notebook(
    source: str, template_of: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    """Without its data there is no report; the notebook so far comes with the error."""
    with pytest.raises(NotebookStoppedError, match=r"^cell load: ") as caught:
        run_template(template_of(load=source, after="'never'"), {}, working_directory=tmp_path)
    assert caught.value.cell == "load"
    assert caught.value.notebook.cells[1].outputs[-1].output_type == "error"
    assert caught.value.notebook.cells[2].outputs == []


def test_kernel_engine_ends_at_the_same_cell(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """The reference stops with the same error."""
    with pytest.raises(NotebookStoppedError, match=r"^cell load: ZeroDivisionError: division by zero$"):
        run_template(template_of(load="1 / 0"), {}, engine="kernel", working_directory=tmp_path)


def test_dead_kernel_is_one_clear_error(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """A kernel killed from within does not hang the report."""
    with pytest.raises(NotebookStoppedError, match="the kernel died"):
        run_template(
            template_of(load="import os\nos.kill(os.getpid(), 9)"), {}, engine="kernel", working_directory=tmp_path
        )


@pytest.mark.parametrize("engine", ["in-process", "kernel"])
def test_deadline_ends_a_cell_that_never_returns(
    engine: str, template_of: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    """Also one that swallows every Exception."""
    source = "while True:\n    try:\n        while True: pass\n    except Exception: pass"
    with pytest.raises(NotebookStoppedError, match="not done after 1 seconds"):
        run_template(
            template_of(loop_section=source),
            {},
            engine=engine,  # type: ignore[arg-type]
            working_directory=tmp_path,
            deadline_seconds=1,
        )


def test_ctrl_c_ends_the_run_and_is_not_a_failed_section(
    template_of: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    """The person at the keyboard means the command, not the cell."""
    with pytest.raises(KeyboardInterrupt):
        run_template(template_of(a_section="raise KeyboardInterrupt"), {}, working_directory=tmp_path)


@pytest.mark.parametrize("source", ["input('name? ')", "import getpass\ngetpass.getpass()"])
def test_input_is_refused(source: str, template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """A report waits for nobody."""
    run = run_template(template_of(ask_section=source), {}, working_directory=tmp_path)
    assert _outputs(run)["ask-section"][0].ename == "StdinNotImplementedError"


def test_two_runs_give_the_same_bytes(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """No time, no random id, no process id is left in the notebook."""
    template = template_of(**SOURCES)
    first, second = (
        nbformat.writes(run_template(template, {"bundle": "INC-1"}, working_directory=tmp_path).notebook)
        for _ in range(2)
    )
    assert first == second


def test_notebook_keeps_only_the_parameters_of_papermill(
    template_of: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    """Start, end, duration and status would change with every run."""
    run = run_template(template_of(a="1"), {"bundle": "INC-1"}, working_directory=tmp_path)
    assert run.notebook.metadata.papermill == {"parameters": {"bundle": "INC-1"}}
    assert [cell.id for cell in run.notebook.cells] == ["parameters", "injected-parameters", "a"]
    assert [sorted(cell.metadata) for cell in run.notebook.cells] == [["tags"], ["tags"], []]
    nbformat.validate(run.notebook)


def test_template_and_folder_stay_as_they_are(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """Nothing is written: the caller stores the notebook."""
    template = template_of(a="1")
    before = json.dumps(template)
    run_template(template, {"bundle": "x"}, working_directory=tmp_path)
    assert json.dumps(template) == before
    assert list(tmp_path.iterdir()) == []


def test_misspelt_parameter_starts_nothing(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """It is an error before the first cell."""
    with pytest.raises(ParameterError, match="did you mean bundle"):
        run_template(template_of(a="1"), {"bundles": "x"}, working_directory=tmp_path)


def test_code_in_a_value_stays_text(template_of: Callable[..., NotebookNode], tmp_path: Path) -> None:
    """The value arrives as it was sent, whatever quotes it holds."""
    attack = '"; PWNED = 1; x = "\\"\n%%bash\n\u2028'
    run = run_template(
        template_of(value="bundle", pwned="'PWNED' in globals()"), {"bundle": attack}, working_directory=tmp_path
    )
    assert _outputs(run)["value"][0].data["text/plain"] == repr(attack)
    assert _outputs(run)["pwned"][0].data["text/plain"] == "False"


def test_kernel_engine_prints_nothing(
    template_of: Callable[..., NotebookNode], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """No warning about TCP as the first line the user sees."""
    run_template(template_of(a="1"), {}, engine="kernel", working_directory=tmp_path)
    assert capfd.readouterr() == ("", "")
