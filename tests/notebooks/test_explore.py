"""The notebook for analysts: it runs with either engine, in a kernel or without, on other histories."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import polars as pl
import pytest

from incident_analytics.reporting.notebooks.run import run_template
from incident_analytics.shipped import shipped

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from incident_analytics.reporting.notebooks.run import Run

ROOT = Path(__file__).resolve().parents[2]
HISTORY = str(ROOT / "data" / "history" / "incidents.ndjson")
# What an engine shows in its own words.
FRAMES = {"frame-shown", "response-times-shown"}


@pytest.fixture(scope="module")
def template() -> NotebookNode:
    """The notebook as it is stored, with its outputs."""
    return nbformat.read(ROOT / "notebooks" / "explore.ipynb", as_version=4)


def run(template: NotebookNode, out: Path, **parameters: str) -> Run:
    """A run of all cells, kept in a folder of the test."""
    given: dict[str, Any] = {"path": HISTORY, "out": str(out), **parameters}
    return run_template(template, given, working_directory=ROOT)


def shown(notebook: NotebookNode) -> dict[str, list[str]]:
    """What each cell with an id of ours shows, as text."""
    return {
        cell.id: [output.data["text/plain"] for output in cell.outputs if "data" in output]
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.id not in {"parameters", "saved"} and not cell.id.startswith("injected")
    }


def test_it_travels_with_the_package() -> None:
    """In a checkout and in a wheel."""
    assert shipped("notebooks/explore.ipynb").is_file()
    assert '"notebooks/explore.ipynb" = "incident_analytics/shipped/' in (ROOT / "pyproject.toml").read_text()


def test_each_cell_is_short_and_each_parameter_plain(template: NotebookNode) -> None:
    """Six lines at most; parameters are texts or nothing."""
    code = [cell for cell in template.cells if cell.cell_type == "code"]
    (parameters,) = [cell for cell in code if "parameters" in cell.metadata.tags]
    assert [cell.id for cell in code if cell is not parameters and cell.source.count("\n") > 5] == []
    scope: dict[str, object] = {}
    exec(parameters.source, scope)  # noqa: S102 -- our own notebook
    values = {name: value for name, value in scope.items() if not name.startswith("__")}
    assert all(value is None or isinstance(value, str) for value in values.values())
    assert json.loads(json.dumps(values)) == values


def test_what_is_stored_names_no_place_of_this_machine(template: NotebookNode) -> None:
    """Not in an output either."""
    assert str(ROOT) not in json.dumps(template)


def test_both_engines_show_the_same_numbers(template: NotebookNode, tmp_path: Path) -> None:
    """And those that are stored; only the frames themselves are shown in each engine's own way."""
    polars, pandas = (shown(run(template, tmp_path / each, engine=each).notebook) for each in ("polars", "pandas"))
    assert polars == shown(template)
    assert {name for name in polars if polars[name] != pandas[name]} == FRAMES
    assert "Time to acknowledgment  2022    2023   0.54 (0.45 to 0.64)" in polars["questions-shown"][0]


def test_the_frame_is_kept_twice(template: NotebookNode, tmp_path: Path) -> None:
    """As CSV and as Parquet, with the response times of the clock, and nothing else is written."""
    found = run(template, tmp_path / "kept")
    assert sorted(each.name for each in (tmp_path / "kept").iterdir()) == ["incidents.csv", "incidents.parquet"]
    frame = pl.read_parquet(tmp_path / "kept" / "incidents.parquet")
    assert (frame.height, frame["time_to_acknowledgment_seconds"].median()) == (242, 393.0)
    assert found.failed == ()


def test_another_clock_and_other_groups(template: NotebookNode, tmp_path: Path) -> None:
    """PagerDuty's words, two services."""
    asked = {"clock": "pagerduty", "metric": "seconds_to_resolve", "group": "service"}
    found = shown(run(template, tmp_path, **asked, before="auth-service", after="order-service").notebook)
    assert found["comparison-shown"][0].startswith("order-service compared with auth-service.")
    assert found["curves-shown"]


def test_one_incident_is_no_comparison(template: NotebookNode, tmp_path: Path) -> None:
    """Reasons stand where numbers would."""
    one = tmp_path / "one.ndjson"
    one.write_text(Path(HISTORY).read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    run_of_one = run(template, tmp_path, path=str(one), before="2022", after="2022")
    found = shown(run_of_one.notebook)
    assert "too small to show any difference" in found["comparison-shown"][0]
    assert "no reduction can be told from chance" in found["visible-shown"][0]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_kernel_shows_the_same(template: NotebookNode, tmp_path: Path, engine: str) -> None:
    """What JupyterLab runs, from the notebook's own folder, with the history found by its short name."""
    out = os.path.relpath(tmp_path, ROOT / "notebooks")
    parameters: dict[str, Any] = {"engine": engine, "out": out}
    found = run_template(template, parameters, engine="kernel", working_directory=ROOT / "notebooks")
    stored, now = shown(template), shown(found.notebook)
    assert {name for name in stored if stored[name] != now[name]} == (FRAMES if engine == "pandas" else set())
    assert {each.name for each in tmp_path.iterdir()} == {"incidents.csv", "incidents.parquet"}
