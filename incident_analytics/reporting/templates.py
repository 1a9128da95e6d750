"""The notebooks that reports are made with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from incident_analytics.shipped import shipped
from incident_analytics.sources.finding import own_file

if TYPE_CHECKING:
    from nbformat import NotebookNode


def template_notebook(name: str) -> NotebookNode:
    """The workspace's own template, else the shipped one, without outputs.

    Args:
        name: Such as ``notebooks/postmortem.ipynb``.
    """
    import nbformat  # noqa: PLC0415 -- slow, and only needed where a notebook runs

    notebook = nbformat.read(own_file(name) or shipped(name), as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return cast("NotebookNode", notebook)


def twin_in(notebook: NotebookNode, media_type: str) -> dict[str, object]:
    """The JSON twin that the notebook's last cell shows; empty where that cell failed."""
    for cell in reversed(notebook.cells):
        for output in cell.get("outputs", []):
            numbers = output.get("data", {}).get(media_type)
            if numbers is not None:
                return cast("dict[str, object]", json.loads(json.dumps(numbers)))
    return {}
