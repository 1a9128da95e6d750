"""A small template, and what people do to a notebook in JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    Edit: TypeAlias = Callable[..., NotebookNode]


def _prose(section: str, title: str, invitation: str) -> NotebookNode:
    note = {"section": section, "title": title}
    return new_markdown_cell(
        invitation, id=f"prose-{section}", metadata={"tags": ["narrative"], "incident_analytics": note}
    )


@pytest.fixture(scope="session")
def template() -> NotebookNode:
    """A parameters cell, a section, and three pieces of prose."""
    return new_notebook(
        cells=[
            new_code_cell("bundle = 'none'", id="parameters", metadata={"tags": ["parameters"]}),
            _prose("summary", "Summary", "*What happened, in three sentences?*"),
            new_code_cell("show(report.impact)", id="impact", metadata={"tags": ["section"]}),
            _prose("causes", "Contributing factors", "*What made it possible?*"),
            _prose("questions", "Questions for the review", "*No open questions.*"),
        ]
    )


@pytest.fixture(scope="session")
def edited() -> Edit:
    """The notebook as JupyterLab stores it after someone typed; underscores in names are dashes in ids."""

    def edit(notebook: NotebookNode, **sources: str) -> NotebookNode:
        changed = nbformat.reads(nbformat.writes(notebook), as_version=4)
        for name, source in sources.items():
            next(cell for cell in changed.cells if cell.id == name.replace("_", "-")).source = source
        return changed

    return edit


@pytest.fixture(scope="session")
def with_cell() -> Edit:
    """The notebook with a cell added behind another, or on top."""

    def add(notebook: NotebookNode, cell: NotebookNode, after: str | None) -> NotebookNode:
        changed = nbformat.reads(nbformat.writes(notebook), as_version=4)
        at = 0 if after is None else [other.id for other in changed.cells].index(after) + 1
        changed.cells.insert(at, cell)
        return changed

    return add
