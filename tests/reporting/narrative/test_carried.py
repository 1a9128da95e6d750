"""People's cells find their place in the next notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from incident_analytics.reporting.narrative.carried import added_cell, carry, edited_cell
from incident_analytics.reporting.narrative.document import Narrative
from incident_analytics.reporting.narrative.filling import fill
from incident_analytics.reporting.narrative.harvest import harvest
from incident_analytics.reporting.narrative.stamps import stamp_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

EMPTY = Narrative.parse("")


def _ids(notebook: NotebookNode) -> list[str]:
    return [cell.id for cell in notebook.cells]


def _note(name: str) -> NotebookNode:
    return new_markdown_cell(f"words of {name}", id=name)


def test_cells_stand_behind_their_former_neighbour_in_order(template: NotebookNode) -> None:
    """On top, in a row, and beside the edited copy of a generated cell."""
    filled = fill(template, EMPTY)
    kept = [
        added_cell(_note("top"), None),
        added_cell(_note("second"), "top"),
        edited_cell(filled.cells[2]),
        added_cell(_note("note"), "impact"),
        added_cell(_note("more"), "note"),
    ]
    carried = carry(filled, kept)
    assert _ids(carried) == [
        *("top", "second", "parameters", "prose-summary"),
        *("impact", "impact-edited", "note", "more", "prose-causes", "prose-questions"),
    ]
    assert [stamp.origin for cell in carried.cells if (stamp := stamp_of(cell))].count("person") == 5
    nbformat.validate(carried)


def test_cell_without_its_neighbour_goes_to_the_end_and_is_marked(template: NotebookNode) -> None:
    """Run after run it stays there, once."""
    document = EMPTY
    kept = [added_cell(_note("lost"), "gone"), added_cell(_note("found"), "impact"), added_cell(_note("too"), "lost")]
    notebook = carry(fill(template, document), kept)
    for _ in range(3):
        assert _ids(notebook)[-3:] == ["cells-without-place", "lost", "too"]
        assert _ids(notebook).count("found") == 1
        notebook = carry(fill(template, document), harvest(notebook, document).kept_cells)
    assert notebook.cells[-3].source.startswith("*The cells below were added beside a part of the report")


def test_a_name_that_is_taken_gets_a_number(template: NotebookNode) -> None:
    """A later template may use an id a person's cell had; the next cell still finds it."""
    kept = [added_cell(_note("impact"), "parameters"), added_cell(_note("next"), "impact")]
    carried = carry(fill(template, EMPTY), kept)
    assert _ids(carried)[:4] == ["parameters", "impact-2", "next", "prose-summary"]


def test_code_of_a_person_may_fail_without_ending_the_report() -> None:
    """It is tagged as a section; what was switched off stays off."""
    assert added_cell(new_code_cell("1 / 0", id="a"), None).cell.metadata["tags"] == ["section"]
    off = new_code_cell("x = 1", id="b", metadata={"tags": ["skip-execution"]})
    assert added_cell(off, None).cell.metadata["tags"] == ["skip-execution"]
