"""Edits made in JupyterLab come home; nothing a person wrote is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from incident_analytics.reporting.narrative.carried import carry
from incident_analytics.reporting.narrative.document import Narrative
from incident_analytics.reporting.narrative.filling import fill
from incident_analytics.reporting.narrative.harvest import harvest

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    Edit = Callable[..., NotebookNode]

TEXT = "## Summary {#summary}\n\nIt broke.\n\n## Contributing factors {#causes}\n\n## Questions {#questions}\n"
DOCUMENT = Narrative.parse(TEXT)


def test_first_run_has_nothing_to_bring_home() -> None:
    """There is no previous notebook."""
    assert harvest(None, DOCUMENT).narrative is DOCUMENT


def test_untouched_notebook_changes_nothing(template: NotebookNode, edited: Edit) -> None:
    """Not a byte, and it keeps no cells."""
    found = harvest(edited(fill(template, DOCUMENT)), DOCUMENT)
    assert found.narrative.text() == TEXT
    assert (found.conflicts, found.kept_cells, found.notices) == ((), (), ())


def test_edit_in_the_notebook_goes_to_the_document(template: NotebookNode, edited: Edit) -> None:
    """In its section, the rest byte for byte."""
    previous = edited(fill(template, DOCUMENT), prose_summary="It broke.\n\nTwice.")
    found = harvest(previous, DOCUMENT)
    assert found.narrative.text() == TEXT.replace("It broke.", "It broke.\n\nTwice.")
    assert found.conflicts == ()


def test_edit_in_the_document_stays(template: NotebookNode, edited: Edit) -> None:
    """The notebook still shows the old text, which is nobody's edit."""
    previous = edited(fill(template, DOCUMENT))
    later = DOCUMENT.with_section("summary", "It broke at noon.").with_section("causes", "A full pool.")
    assert harvest(previous, later).narrative.text() == later.text()


def test_line_ends_of_untouched_lines_survive_an_edit_in_the_notebook(template: NotebookNode, edited: Edit) -> None:
    """JupyterLab knows only LF; the document keeps its CRLF."""
    document = Narrative.parse("## Summary {#summary}\r\n\r\nIt broke.\r\nBadly.\r\n")
    found = harvest(edited(fill(template, document), prose_summary="It broke.\nBadly.\nTwice."), document)
    assert found.narrative.text() == "## Summary {#summary}\r\n\r\nIt broke.\r\nBadly.\r\nTwice.\r\n"


def test_different_edits_in_both_are_both_kept(template: NotebookNode, edited: Edit) -> None:
    """Under a note in plain words that names where each came from."""
    previous = edited(fill(template, DOCUMENT), prose_summary="It broke in the notebook.")
    found = harvest(previous, DOCUMENT.with_section("summary", "It broke in the file."))
    assert found.narrative.section("summary") == (
        "> **Two versions.** This text was changed in postmortem.md and in the notebook since the last report. "
        "Keep what is right, then delete the rest and this note.\n\n"
        "**Version in postmortem.md:**\n\nIt broke in the file.\n\n"
        "**Version in the notebook:**\n\nIt broke in the notebook."
    )
    assert [(finding.rule, finding.level, finding.seen) for finding in found.conflicts] == [
        ("prose-changed-twice", "warning", "summary")
    ]


def test_bringing_the_same_notebook_home_twice_changes_nothing(template: NotebookNode, edited: Edit) -> None:
    """A run may fail between storing the document and storing the notebook."""
    previous = edited(fill(template, DOCUMENT), prose_summary="From the notebook.", prose_causes="Also new.")
    once = harvest(previous, DOCUMENT.with_section("summary", "From the file.")).narrative
    twice = harvest(previous, once)
    assert twice.narrative.text() == once.text()
    assert twice.conflicts == ()


def test_the_same_edit_in_both_is_no_conflict(template: NotebookNode, edited: Edit) -> None:
    """Nor is an edit that only says more."""
    document = DOCUMENT.with_section("summary", "It broke. Twice.")
    same = harvest(edited(fill(template, DOCUMENT), prose_summary="It broke. Twice."), document)
    assert (same.narrative.text(), same.conflicts) == (document.text(), ())
    more = harvest(edited(fill(template, DOCUMENT), prose_summary="It broke. Twice. At noon."), document)
    assert (more.narrative.section("summary"), more.conflicts) == ("It broke. Twice. At noon.", ())


def test_the_invitation_does_not_become_prose(template: NotebookNode, edited: Edit) -> None:
    """Whether a person wrote instead of it or below it."""
    invitation = "*What made it possible?*"
    below = edited(fill(template, DOCUMENT), prose_causes=f"{invitation}\n\nA full pool.")
    assert harvest(below, DOCUMENT).narrative.section("causes") == "A full pool."
    instead = edited(fill(template, DOCUMENT), prose_causes="A full pool.")
    assert harvest(instead, DOCUMENT).narrative.section("causes") == "A full pool."


def test_an_emptied_cell_empties_no_section(template: NotebookNode, edited: Edit) -> None:
    """It may be a slip of the hand; the person is told where to delete the text."""
    found = harvest(edited(fill(template, DOCUMENT), prose_summary=" \n"), DOCUMENT)
    assert found.narrative.text() == TEXT
    assert [finding.rule for finding in found.notices] == ["prose-emptied"]


def test_a_deleted_cell_empties_no_section(template: NotebookNode, edited: Edit) -> None:
    """The document is the source."""
    previous = edited(fill(template, DOCUMENT))
    previous.cells = [cell for cell in previous.cells if cell.id != "prose-summary"]
    assert harvest(previous, DOCUMENT).narrative.text() == TEXT


def test_answers_given_in_file_and_notebook_unite(template: NotebookNode, edited: Edit) -> None:
    """Different questions are no conflict."""
    asked = "### One? {#question-one}\n\n### Two? {#question-two}"
    document = DOCUMENT.with_section("questions", asked)
    previous = edited(fill(template, document), prose_questions=f"{asked}\n\nIn the notebook.")
    later = document.with_section("questions", asked.replace("\n\n### Two", "\n\nIn the file.\n\n### Two"))
    found = harvest(previous, later)
    assert found.conflicts == ()
    assert found.narrative.section("questions") == (
        "### One? {#question-one}\n\nIn the file.\n\n### Two? {#question-two}\n\nIn the notebook."
    )


def test_added_cells_are_kept_with_their_neighbour(template: NotebookNode, with_cell: Edit) -> None:
    """Blank ones, which JupyterLab leaves behind, are nobody's."""
    previous = with_cell(fill(template, DOCUMENT), new_markdown_cell("a note", id="note"), "impact")
    previous = with_cell(previous, new_markdown_cell(" ", id="blank"), "note")
    previous = with_cell(previous, new_code_cell("1 + 1", id="sum"), "blank")
    found = harvest(previous, DOCUMENT)
    assert [(kept.cell.id, kept.after) for kept in found.kept_cells] == [("note", "impact"), ("sum", "note")]
    assert found.kept_cells[1].cell.metadata["tags"] == ["section"]
    assert found.narrative.text() == TEXT


def test_copy_of_a_generated_cell_is_a_persons(template: NotebookNode, with_cell: Edit) -> None:
    """JupyterLab copies the metadata with it; only the id tells."""
    filled = fill(template, DOCUMENT)
    copied = new_markdown_cell("It broke, retold.", id="copy", metadata=filled.cells[1].metadata)
    found = harvest(with_cell(filled, copied, "prose-summary"), DOCUMENT)
    assert found.narrative.text() == TEXT
    assert [kept.cell.source for kept in found.kept_cells] == ["It broke, retold."]
    assert "tags" not in found.kept_cells[0].cell.metadata


def test_edited_generated_code_is_kept_beside_it(template: NotebookNode, edited: Edit) -> None:
    """A section runs; changed parameters stand there without running."""
    previous = edited(fill(template, DOCUMENT), impact="show(report.impact, wide=True)", parameters="bundle = 'mine'")
    kept = harvest(previous, DOCUMENT).kept_cells
    assert [(cell.cell.id, cell.cell.source, cell.after) for cell in kept] == [
        ("parameters-edited", "bundle = 'mine'", "parameters"),
        ("impact-edited", "show(report.impact, wide=True)", "impact"),
    ]
    assert [cell.cell.metadata["tags"] for cell in kept] == [["skip-execution"], ["section"]]


def test_notebook_without_stamps_counts_as_edited(template: NotebookNode, edited: Edit) -> None:
    """Plain papermill made it: its prose is kept beside the document's, its own cells are known by the template."""
    previous = edited(template, prose_summary="Written in plain Jupyter.", impact="changed()")
    found = harvest(previous, DOCUMENT, template=template)
    assert "It broke." in found.narrative.section("summary")
    assert "Written in plain Jupyter." in found.narrative.section("summary")
    assert found.narrative.section("causes") == ""
    assert [kept.cell.source for kept in found.kept_cells] == ["changed()"]


def test_notebook_without_ids_loses_nothing(template: NotebookNode) -> None:
    """Ids came with nbformat 4.5; every cell with words counts as a person's."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": source} for source in ("one", "two")]
    old = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells})
    kept = harvest(old, DOCUMENT, template=template).kept_cells
    carried = carry(fill(template, DOCUMENT), kept)
    assert [cell.source for cell in carried.cells[:2]] == ["one", "two"]
    nbformat.validate(carried)


def test_cells_of_papermill_are_not_kept(template: NotebookNode, with_cell: Edit) -> None:
    """Its banners and the parameters as passed; parameters a person changed are."""
    previous = fill(template, DOCUMENT)
    previous.metadata["papermill"] = {"parameters": {"bundle": "INC-1", "top": [1, None]}}
    passed = '# Parameters\nbundle = "INC-1"\ntop = [1, None]\n'
    tags = {"tags": ["injected-parameters"]}
    run = with_cell(previous, new_code_cell(passed, id="injected-parameters", metadata=tags), "parameters")
    banner = new_markdown_cell("An Exception", id="x", metadata={"tags": ["papermill-error-cell-tag"]})
    assert harvest(with_cell(run, banner, None), DOCUMENT).kept_cells == ()
    changed = new_code_cell("bundle = 'INC-2'", id="injected-parameters", metadata=tags)
    (kept,) = harvest(with_cell(previous, changed, "parameters"), DOCUMENT).kept_cells
    assert (kept.cell.source, kept.cell.metadata["tags"]) == ("bundle = 'INC-2'", ["skip-execution"])
