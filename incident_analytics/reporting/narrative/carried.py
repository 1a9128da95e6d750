"""Cells that people added to a notebook or changed in it, carried into the next one."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.reporting.narrative.filling import free_id, markdown_cell
from incident_analytics.reporting.narrative.stamps import KEY, NARRATIVE_TAG, Stamp, id_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nbformat import NotebookNode

_INJECTED_TAG = "injected-parameters"
_PARAMETER_TAGS = frozenset({"parameters", _INJECTED_TAG})
_NOT_RUN = "skip-execution"
_ERROR_TAG = "papermill-error-cell-tag"
_NOTE_ID = "cells-without-place"
_NOTE = (
    "*The cells below were added beside a part of the report that is no longer there. "
    "They were kept; move them where they belong.*"
)


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A person's cell.

    Args:
        cell: The cell as it goes into the next notebook.
        after: The id of the cell it stood behind; None at the very top.
        former_id: The id it had.
    """

    cell: NotebookNode
    after: str | None
    former_id: str


def added_cell(cell: NotebookNode, after: str | None) -> KeptCell:
    """A cell a person added, to stand where it stood.

    Code is tagged `section`: if it fails, the report goes on. Changed parameters stand there without running.
    """
    kept = _persons(cell)
    if kept.cell_type == "code":
        _tag(kept, _NOT_RUN if _PARAMETER_TAGS & _tags(cell) else "section")
    return KeptCell(kept, after, id_of(cell))


def edited_cell(cell: NotebookNode) -> KeptCell:
    """A generated cell a person changed, to stand beside the one the template makes anew.

    A changed section runs there; other code only stands there, because running a changed copy of the
    parameters or of the loading cell would change the numbers of everything below.
    """
    kept = _persons(cell)
    if kept.cell_type == "code" and "section" not in _tags(cell):
        _tag(kept, _NOT_RUN)
    kept.id = f"{id_of(cell)[:56]}-edited"
    return KeptCell(kept, id_of(cell), id_of(kept))


def is_made_by_the_run(cell: NotebookNode, notebook: NotebookNode) -> bool:
    """Whether papermill put the cell there: its error banners, and the parameters as they were passed."""
    tags = _tags(cell)
    if _ERROR_TAG in tags:
        return True
    passed = notebook.metadata.get("papermill", {}).get("parameters", {})
    return _INJECTED_TAG in tags and _assigned(str(cell.source)) == passed


def _assigned(source: str) -> dict[str, object] | None:
    try:
        return {
            ast.unparse(statement.targets[0]): ast.literal_eval(statement.value)
            for statement in ast.parse(source).body
            if isinstance(statement, ast.Assign)
        }
    except (SyntaxError, ValueError):
        return None


def carry(notebook: NotebookNode, kept_cells: Sequence[KeptCell]) -> NotebookNode:
    """The notebook with people's cells in it, each behind its former neighbour.

    Where the neighbour is gone, the cell goes to the end, under a note that says so.

    Args:
        notebook: A notebook made by `fill`. It stays as it is.
        kept_cells: What `harvest` kept, in the order of the previous notebook.
    """
    carried = copy.deepcopy(notebook)
    homeless: list[NotebookNode] = []
    names: dict[str | None, str] = {}  # the id a kept cell had -> the id it has now
    last_behind: dict[str | None, str] = {}  # a neighbour -> the last cell carried behind it
    for kept in kept_cells:
        cell = copy.deepcopy(kept.cell)
        cell.id = free_id(id_of(cell), {id_of(other) for other in [*carried.cells, *homeless]})
        neighbour = names.get(kept.after, kept.after)
        ids = [id_of(other) for other in carried.cells]
        anchor = last_behind.get(neighbour, neighbour)
        if anchor is None:
            carried.cells.insert(0, cell)
        elif anchor in ids:
            carried.cells.insert(ids.index(anchor) + 1, cell)
        else:
            homeless.append(cell)
        last_behind[neighbour] = names[kept.former_id] = id_of(cell)
    if homeless:
        carried.cells += [markdown_cell(_NOTE, _NOTE_ID), *homeless]
    return carried


def _persons(cell: NotebookNode) -> NotebookNode:
    kept = copy.deepcopy(cell)
    kept.metadata.pop(KEY, None)
    Stamp("person").put_on(kept)
    tags = [tag for tag in kept.metadata.pop("tags", []) if tag not in _PARAMETER_TAGS | {NARRATIVE_TAG}]
    if tags:
        kept.metadata["tags"] = tags
    return kept


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def _tag(cell: NotebookNode, tag: str) -> None:
    if _NOT_RUN not in _tags(cell):
        cell.metadata["tags"] = [*cell.metadata.get("tags", []), *({tag} - _tags(cell))]
