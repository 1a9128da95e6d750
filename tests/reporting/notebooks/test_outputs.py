"""Outputs of a cell: order kept, streams joined, process names gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.notebooks.outputs import CellOutputs, settled, without_cell_files

if TYPE_CHECKING:
    from nbformat import NotebookNode


def _brief(nodes: list[NotebookNode]) -> list[str]:
    return [node.get("text") or node.data["text/plain"] for node in nodes]


def test_streams_join_between_displays_and_keep_their_place() -> None:
    """A kernel cuts printed text anywhere; between two displays there is one stdout, then one stderr."""
    outputs = CellOutputs({})
    outputs.stream("stdout", "a")
    outputs.stream("stderr", "e")
    outputs.stream("stdout", "b")
    outputs.display({"text/plain": "D"}, {})
    outputs.stream("stdout", "c")
    assert _brief(settled(outputs.nodes)) == ["ab", "e", "D", "c"]


def test_clear_takes_effect_at_once_or_with_the_next_output() -> None:
    """As clear_output(wait=...) asks."""
    outputs = CellOutputs({})
    outputs.stream("stdout", "old")
    outputs.clear(wait=True)
    assert _brief(outputs.nodes) == ["old"]
    outputs.stream("stdout", "new")
    assert _brief(outputs.nodes) == ["new"]
    outputs.clear(wait=False)
    assert outputs.nodes == []


def test_update_reaches_an_earlier_cell() -> None:
    """A display handle outlives its cell."""
    shown: dict[str, list[NotebookNode]] = {}
    first, second = CellOutputs(shown), CellOutputs(shown)
    first.display({"text/plain": "50 %"}, {}, "progress")
    second.update({"text/plain": "done"}, {}, "progress")
    assert _brief(first.nodes) == ["done"]
    assert second.nodes == []


def test_later_changes_to_shown_data_do_not_reach_the_output() -> None:
    """What was shown is a copy, as if it had travelled to a browser."""
    data = {"application/json": {"n": [1]}}
    outputs = CellOutputs({})
    outputs.display(data, {})
    data["application/json"]["n"].append(2)
    assert outputs.nodes[0].data["application/json"] == {"n": [1]}


def test_images_are_stored_as_base64() -> None:
    """As a kernel sends them: 'png' is cG5n in base64."""
    outputs = CellOutputs({})
    outputs.display({"image/png": b"png"}, {})
    assert outputs.nodes[0].data["image/png"] == "cG5n"


def test_temporary_file_names_of_cells_are_gone() -> None:
    """Process ids and hashes would make every run differ."""
    assert without_cell_files("invalid syntax (210263012.py, line 1)") == "invalid syntax (cell, line 1)"
    assert without_cell_files("/tmp/ipykernel_9/7.py:3: careful") == "cell:3: careful"  # noqa: S108  # text only
    assert without_cell_files("File app/12.py:3") == "File app/12.py:3"
