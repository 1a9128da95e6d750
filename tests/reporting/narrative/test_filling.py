"""Filling a template with prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat

from incident_analytics.reporting.narrative.document import Narrative
from incident_analytics.reporting.narrative.filling import fill, remember_numbers, template_sections
from incident_analytics.reporting.narrative.stamps import seed_of, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    Edit = Callable[..., NotebookNode]

DOCUMENT = Narrative.parse("# Title\r\n\r\n## Summary {#summary}\r\n\r\nIt broke.\r\nWe mended it.\r\n")


def _source(notebook: NotebookNode, cell_id: str) -> str:
    return next(cell.source for cell in notebook.cells if cell.id == cell_id)


def _numbers(notebook: NotebookNode, section: str) -> dict[str, str]:
    stamps = [stamp_of(cell) for cell in notebook.cells]
    return dict(next(stamp.numbers for stamp in stamps if stamp is not None and stamp.section == section))


def test_a_section_stands_in_its_cell_and_an_empty_one_invites(template: NotebookNode) -> None:
    """Line ends are a notebook's; the template itself stays as it is."""
    before = nbformat.writes(template)
    notebook = fill(template, DOCUMENT)
    assert _source(notebook, "prose-summary") == "It broke.\nWe mended it."
    assert _source(notebook, "prose-causes") == "*What made it possible?*"
    assert nbformat.writes(template) == before
    nbformat.validate(notebook)


def test_every_template_cell_is_stamped(template: NotebookNode) -> None:
    """Or a generated cell that leaves the template would come back as a person's."""
    notebook = fill(template, DOCUMENT)
    stamps = [stamp_of(cell) for cell in notebook.cells]
    assert [stamp.origin for stamp in stamps if stamp is not None] == ["template"] * 5
    assert [stamp.seed for stamp in stamps if stamp is not None] == [seed_of(cell.source) for cell in notebook.cells]
    assert template_sections(template) == (
        ("summary", "Summary"),
        ("causes", "Contributing factors"),
        ("questions", "Questions for the review"),
    )


def test_unknown_sections_are_shown_behind_the_one_they_follow(template: NotebookNode) -> None:
    """Prose under a heading of people's own is part of the report; an empty one is not."""
    text = "## First {#first}\nA\n## Summary {#summary}\nB\n## Rück blick {#rück.blick}\nC\n## Empty {#empty}\n"
    notebook = fill(template, Narrative.parse(text))
    assert [cell.id for cell in notebook.cells] == [
        "parameters",
        "prose-summary",
        "section-r-ck-blick-title",
        "section-r-ck-blick",
        "impact",
        "prose-causes",
        "prose-questions",
        "section-first-title",
        "section-first",
    ]
    assert _source(notebook, "section-r-ck-blick-title") == "## Rück blick"
    assert _source(notebook, "section-r-ck-blick") == "C"
    nbformat.validate(notebook)


def test_a_text_remembers_the_numbers_it_was_written_beside(template: NotebookNode) -> None:
    """Untouched, it keeps them over any number of runs."""
    first = fill(template, DOCUMENT, numbers={"time_to_resolution": "1 h 30 min"})
    second = fill(template, DOCUMENT, numbers={"time_to_resolution": "2 h"}, previous=first)
    third = fill(template, DOCUMENT, numbers={"time_to_resolution": "3 h"}, previous=second)
    assert _numbers(third, "summary") == {"time_to_resolution": "1 h 30 min"}
    assert _numbers(third, "causes") == {}


def test_an_edited_text_was_written_beside_the_numbers_of_the_last_report(template: NotebookNode) -> None:
    """Those are what the person had before them, not the ones this run finds."""
    first = fill(template, DOCUMENT, numbers={"time_to_resolution": "1 h 30 min"})
    changed = DOCUMENT.with_section("summary", "It took 1 h 30 min.").with_section("causes", "New.")
    second = fill(template, changed, numbers={"time_to_resolution": "2 h"}, previous=first)
    assert _numbers(second, "summary") == {"time_to_resolution": "1 h 30 min"}
    assert _numbers(second, "causes") == {"time_to_resolution": "1 h 30 min"}


def test_a_stale_number_stays_remembered_while_the_text_cites_it(template: NotebookNode) -> None:
    """An edit elsewhere in the section does not clear the mark; mending the sentence does."""
    old = {"time_to_resolution": "1 h 30 min"}
    new = {"time_to_resolution": "2 h"}
    document = DOCUMENT.with_section("summary", "It took 1 h 30 min.")
    first = fill(template, document, numbers=old)
    second = fill(template, document, numbers=new, previous=first)
    longer = document.with_section("summary", "It took 1 h 30 min. One more thing.")
    third = fill(template, longer, numbers=new, previous=second)
    assert _numbers(third, "summary") == old
    mended = document.with_section("summary", "It took 2 h. One more thing.")
    assert _numbers(fill(template, mended, numbers=new, previous=third), "summary") == new


def test_numbers_can_be_remembered_after_the_run(template: NotebookNode) -> None:
    """Where only the notebook knows them."""
    first = fill(template, DOCUMENT)
    remember_numbers(first, {"users_affected": "15,000"})
    second = fill(template, DOCUMENT, previous=first)
    remember_numbers(second, {"users_affected": "16,200"}, previous=first)
    assert _numbers(second, "summary") == {"users_affected": "15,000"}
