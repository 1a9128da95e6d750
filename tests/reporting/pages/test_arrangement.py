"""A run notebook in the order of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks.figure import PLOTLY
from incident_analytics.reporting.pages.arrangement import Section, arranged

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., dict[str, object]]


def words(source: str | list[str], identity: str = "w", *tags: str) -> dict[str, object]:
    """A markdown cell."""
    return {"cell_type": "markdown", "id": identity, "source": source, "metadata": {"tags": list(tags)}}


def code(identity: str, *outputs: dict[str, object]) -> dict[str, object]:
    """A run code cell."""
    return {"cell_type": "code", "id": identity, "source": "x", "metadata": {}, "outputs": list(outputs)}


def figure() -> dict[str, object]:
    """An output that is a figure."""
    return {"output_type": "display_data", "data": {PLOTLY: {"data": [], "layout": {}}}, "metadata": {}}


def test_heading_opens_a_section_at_its_cell(make_notebook: Make) -> None:
    """The id of the cell is the anchor; the heading leaves the text."""
    arrangement = arranged(make_notebook(words("## Root cause\n\nText.", "cause")))
    assert arrangement.sections == [Section("cause", "Root cause")]
    assert [cell["source"] for cell in arrangement.cells] == ["Text."]


def test_headings_after_the_first_get_anchors_from_their_words(make_notebook: Make) -> None:
    """One cell may open several sections, and a heading may name its anchor."""
    cell = words(["## A\n", "a\n", "## What's next?\n", "## C {#see}\n", "c"], "first")
    assert arranged(make_notebook(cell)).sections == [
        Section("first", "A"),
        Section("what-s-next", "What's next?"),
        Section("see", "C"),
    ]


def test_text_before_a_heading_keeps_its_place(make_notebook: Make) -> None:
    """Nothing a cell says is lost when it is taken apart."""
    arrangement = arranged(make_notebook(words("Before.\n\n## A\n\nAfter.")))
    assert [cell["source"] for cell in arrangement.cells] == ["Before.", "After."]


def test_heading_inside_code_is_no_section(make_notebook: Make) -> None:
    """Two hashes in a fenced block are a comment."""
    arrangement = arranged(make_notebook(words("```\n## not a heading\n```\n~~~\n```\n## nor this\n~~~")))
    assert arrangement.sections == []


def test_same_anchor_twice_is_numbered(make_notebook: Make) -> None:
    """Two sections never share a place on the page."""
    arrangement = arranged(make_notebook(words("## A {#a}", "x"), words("## B {#a}", "y")))
    assert [section.anchor for section in arrangement.sections] == ["a", "a-2"]


def test_figures_are_named_after_their_cells(make_notebook: Make) -> None:
    """A second figure of a cell is numbered; a figure before any heading has a name too."""
    arrangement = arranged(make_notebook(code("fig-errors", figure(), figure()), code("fig-users", figure())))
    assert [each.name for each in arrangement.figures] == ["fig-errors", "fig-errors-2", "fig-users"]


def test_cells_of_papermill_and_of_authors_are_left_out(make_notebook: Make) -> None:
    """The red banner around a failure is replaced by ours; hints for the notebook stay there."""
    arrangement = arranged(
        make_notebook(
            words("An Exception was encountered", "p", "papermill-error-cell-tag"),
            words("Run all cells", "n", "notebook-only"),
            {"cell_type": "raw", "id": "r", "source": "x", "metadata": {}},
            words("Kept", "k"),
        )
    )
    assert [cell["source"] for cell in arrangement.cells] == ["Kept"]


def test_section_with_an_error_has_failed(make_notebook: Make) -> None:
    """The name is that of the section, once, however many of its cells raised."""
    error: dict[str, object] = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    notebook = make_notebook(code("load", error), words("## A", "a"), code("x", error), code("y", error))
    assert arranged(notebook).failed == {"load": "the beginning of the page", "a": "A"}


def test_notebook_itself_is_left_as_it_was(make_notebook: Make) -> None:
    """Arranging changes a copy."""
    notebook = make_notebook(words("## A\n\ntext", "a"), code("f", figure()))
    arranged(notebook)
    assert notebook == make_notebook(words("## A\n\ntext", "a"), code("f", figure()))
