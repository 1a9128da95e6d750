"""A template filled with the prose, each cell stamped with where its text came from."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.reporting.narrative.citations import cites
from incident_analytics.reporting.narrative.document import PREFACE
from incident_analytics.reporting.narrative.lines import cell_text
from incident_analytics.reporting.narrative.stamps import (
    NARRATIVE_TAG,
    Stamp,
    remember_shown_numbers,
    section_of,
    seed_of,
    shown_numbers,
    stamp_of,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbformat import NotebookNode

    from incident_analytics.reporting.narrative.document import Narrative, Section

_NOTHING: Mapping[str, str] = {}
_TITLE = re.compile(r" {0,3}#{1,6}(?:\s|$)")


def template_sections(template: NotebookNode) -> tuple[tuple[str, str], ...]:
    """The sections a template shows: ids and titles, in order."""
    return tuple((section_of(cell), title_of(cell)) for cell in template.cells if section_of(cell))


def fill(
    template: NotebookNode,
    narrative: Narrative,
    *,
    numbers: Mapping[str, str] = _NOTHING,
    previous: NotebookNode | None = None,
) -> NotebookNode:
    """A copy of the template that shows the prose.

    A cell tagged `narrative` gets its section's text; where that is empty, the template's own words stay
    as an invitation. Sections the template does not know are shown behind the one they follow, and
    text before the first heading above the first section's text.
    Every cell is stamped, so that what people change in it can be told apart later.

    Args:
        template: The template. It stays as it is.
        narrative: The prose.
        numbers: The numbers this report displays, by name.
        previous: The notebook of the previous run, which remembers the numbers of older texts.
    """
    notebook = copy.deepcopy(template)
    for cell in notebook.cells:
        section = section_of(cell)
        body = cell_text(narrative.section(section)) if section else ""
        invitation = str(cell.source) if section and not body else ""
        cell.source = body or cell.source
        Stamp("template", str(cell.id), seed_of(cell.source), section, invitation).put_on(cell)
    _insert_unknown(notebook, narrative)
    _insert_preface(notebook, narrative)
    remember_numbers(notebook, numbers, previous)
    return notebook


def remember_numbers(notebook: NotebookNode, numbers: Mapping[str, str], previous: NotebookNode | None = None) -> None:
    """Note on each section the numbers its text was written beside.

    A text that is as it was keeps its numbers. A text that was edited was written beside the numbers the
    previous report displayed; where it still cites an older one, that one stays, so that the sentence
    stays marked until a person changes it.

    Args:
        notebook: A notebook made by `fill`; its stamps change.
        numbers: The numbers this report displays, by name.
        previous: The notebook of the previous run.
    """
    stamps = [stamp_of(cell) for cell in previous.cells] if previous is not None else []
    before = {stamp.section: stamp for stamp in stamps if stamp is not None and stamp.section}
    displayed = (shown_numbers(previous) if previous is not None else {}) or numbers
    for cell in notebook.cells:
        stamp = stamp_of(cell)
        if stamp is None or not stamp.section:
            continue
        old = before.get(stamp.section)
        known = dict(numbers)
        if not stamp.invitation and old is not None and not old.invitation:
            is_same = old.seed == stamp.seed
            known |= displayed
            known |= {name: text for name, text in old.numbers.items() if is_same or cites(cell.source, text)}
        elif not stamp.invitation and old is not None:
            known |= displayed
        replace(stamp, numbers={} if stamp.invitation else known).put_on(cell)
    remember_shown_numbers(notebook, numbers)


def _insert_unknown(notebook: NotebookNode, narrative: Narrative) -> None:
    shown = {section_of(cell): str(cell.id) for cell in notebook.cells if section_of(cell)}
    after = ""
    for section in narrative.sections:
        if section.id not in shown and section.body:
            at = next((at + 1 for at, cell in enumerate(notebook.cells) if cell.id == after), len(notebook.cells))
            title, text = _unknown_cells(section, {str(cell.id) for cell in notebook.cells})
            notebook.cells[at:at] = [title, text]
            shown[section.id] = str(text.id)
        after = shown.get(section.id, after)


def _insert_preface(notebook: NotebookNode, narrative: Narrative) -> None:
    text = cell_text(narrative.section(PREFACE))
    first = next((at for at, cell in enumerate(notebook.cells) if section_of(cell)), len(notebook.cells))
    # Headings alone are the document's title; the report has one of its own.
    if any(line.strip() and not _TITLE.match(line) for line in text.split("\n")):
        name = free_id("prose-preface", {str(cell.id) for cell in notebook.cells})
        notebook.cells.insert(first, _prose_cell(text, name, PREFACE))


def _prose_cell(source: str, name: str, section: str) -> NotebookNode:
    cell = markdown_cell(source, name)
    cell.metadata["tags"] = [NARRATIVE_TAG]
    Stamp("template", name, seed_of(source), section).put_on(cell)
    return cell


def _unknown_cells(section: Section, taken: set[str]) -> Sequence[NotebookNode]:
    name = free_id(f"section-{section.id}", taken)
    title = markdown_cell(f"## {cell_text(section.title)}", free_id(f"{name}-title", taken | {name}))
    return title, _prose_cell(cell_text(section.body), name, section.id)


def markdown_cell(source: str, cell_id: str) -> NotebookNode:
    """A generated Markdown cell, stamped."""
    from nbformat.v4 import new_markdown_cell  # noqa: PLC0415  # nbformat only where a notebook is made

    cell: NotebookNode = new_markdown_cell(source, id=cell_id)  # type: ignore[no-untyped-call]
    Stamp("template", cell_id, seed_of(source)).put_on(cell)
    return cell


def free_id(wanted: str, taken: set[str]) -> str:
    """A cell id made of the characters nbformat allows, with a number where it is taken.

    >>> free_id("section-rück blick", {"section-r-ck-blick"})
    'section-r-ck-blick-2'
    """
    bare = re.sub(r"[^A-Za-z0-9_-]", "-", wanted)[:52] or "cell"
    name, number = bare, 1
    while name in taken:
        number += 1
        name = f"{bare}-{number}"
    return name
