"""Edits made in JupyterLab since the last run, brought home before the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.reporting.narrative.carried import (
    KeptCell,
    added_cell,
    edited_cell,
    is_made_by_the_run,
)
from incident_analytics.reporting.narrative.document import FILE, Narrative
from incident_analytics.reporting.narrative.lines import (
    cell_text,
    margins,
    newline_of,
    restored,
    with_closed_fence,
)
from incident_analytics.reporting.narrative.questions import SECTION as QUESTIONS
from incident_analytics.reporting.narrative.questions import merge_answers
from incident_analytics.reporting.narrative.restoring import lost_text, restored_note, titles_shown, with_order_of
from incident_analytics.reporting.narrative.stamps import Stamp, id_of, section_of, seed_of, stamp_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

_CONFLICT = "prose-changed-twice"


@dataclass(frozen=True, slots=True)
class Harvest:
    """What was brought home.

    Args:
        narrative: The document with the notebook's edits in it.
        conflicts: Sections that were changed in both places; both versions stand in them.
        kept_cells: Cells people added or changed, to be carried into the new notebook.
        notices: What else to tell: a cell that was emptied, a text that was restored.
    """

    narrative: Narrative
    conflicts: tuple[Finding, ...] = ()
    kept_cells: tuple[KeptCell, ...] = ()
    notices: tuple[Finding, ...] = ()


def harvest(previous: NotebookNode | None, narrative: Narrative, *, template: NotebookNode | None = None) -> Harvest:
    """Bring the edits of the previous notebook into the document.

    A section edited only in the notebook takes that text; edited only in the document, it stays; edited
    in both, both versions are kept under a note that says where each came from. Running it twice on the
    same notebook changes nothing more. An emptied cell does not empty its section, and a section that is
    empty or missing in the document gets back what the notebook still shows of it.

    Args:
        previous: The notebook the last run stored, as it is now; None where there is none.
        narrative: The document as it is now.
        template: The template, to know its cells again in a notebook without stamps (one that
            plain papermill made); without it, all cells of such a notebook count as a person's.
    """
    if previous is None:
        return Harvest(narrative)
    originals = {id_of(cell): str(cell.source) for cell in template.cells} if template is not None else {}
    titles = titles_shown(previous, template)
    narrative = with_order_of(narrative, previous, titles)
    conflicts: list[Finding] = []
    notices: list[Finding] = []
    kept: list[KeptCell] = []
    after: str | None = None
    for cell in previous.cells:
        if is_made_by_the_run(cell, previous):
            continue
        stamp = _stamp(cell, originals)
        if stamp is not None and stamp.section:
            is_edited = seed_of(cell_text(str(cell.source))) != stamp.seed
            lost = "" if is_edited else lost_text(narrative, cell, stamp, previous)
            title = titles.get(stamp.section, "")
            if lost:
                lost = restored("", lost, newline_of(narrative.text()))
                narrative = narrative.with_section(stamp.section, lost, title=title)
                notices.append(restored_note(stamp.section))
            elif is_edited:
                narrative, told = _merged(narrative, cell, stamp, title)
                (conflicts if told and told.rule == _CONFLICT else notices).extend([told] if told else [])
        elif stamp is not None and seed_of(cell.source) != stamp.seed:
            kept.append(edited_cell(cell))
        elif stamp is None:
            if not cell.source.strip():
                continue  # JupyterLab leaves empty cells behind; nobody misses them
            kept.append(added_cell(cell, after))
        after = id_of(cell)
    return Harvest(narrative, tuple(conflicts), tuple(kept), tuple(notices))


def _stamp(cell: NotebookNode, originals: dict[str, str]) -> Stamp | None:
    stamp = stamp_of(cell)
    if stamp is None and (section := section_of(cell)):
        # Without a stamp a text counts as edited, unless it is still the template's invitation.
        return Stamp("template", id_of(cell), "", section, originals.get(id_of(cell), ""))
    if stamp is None and id_of(cell) in originals:
        return Stamp("template", id_of(cell), seed_of(originals[id_of(cell)]))
    if stamp is None or stamp.origin == "person" or stamp.cell != id_of(cell):
        return None  # also a copy of a generated cell: it carries the stamp, but has an id of its own
    return stamp


def _merged(narrative: Narrative, cell: NotebookNode, stamp: Stamp, title: str) -> tuple[Narrative, Finding | None]:
    source = cell_text(str(cell.source))
    if source == stamp.invitation:
        return narrative, None
    edited = margins(source.removeprefix(stamp.invitation) if stamp.invitation else source)[1]
    edited = _without_known(edited, narrative)
    original = narrative.section(stamp.section)
    in_document = cell_text(original)
    if not edited:
        return narrative, _emptied(stamp.section) if original else None
    is_document_as_it_was = not original or seed_of(in_document) == stamp.seed
    text = _united(in_document, edited, is_document_as_it_was=is_document_as_it_was, section=stamp.section)
    newline = newline_of(narrative.text())
    if text is not None:
        return narrative.with_section(stamp.section, restored(original, text, newline), title=title), None
    both = restored(original, _both(in_document, edited), newline)
    return narrative.with_section(stamp.section, both), _conflict(stamp.section)


def _without_known(edited: str, narrative: Narrative) -> str:
    # A heading typed into a cell begins a section of its own; one that came home before is not brought again.
    parts = Narrative.parse(edited)
    if not parts.sections:
        return edited
    known = cell_text(narrative.text())
    new = [part.heading + part.content for part in parts.sections]
    return margins(parts.preface + "".join(part for part in new if margins(part)[1] not in known))[1]


def _united(in_document: str, edited: str, *, is_document_as_it_was: bool, section: str) -> str | None:
    if is_document_as_it_was or in_document in edited:
        return edited
    if edited in in_document:
        return in_document
    return merge_answers(in_document, edited) if section == QUESTIONS else None


def _both(in_document: str, edited: str) -> str:
    return (
        f"> **Two versions.** This text was changed in {FILE} and in the notebook since the last report. "
        "Keep what is right, then delete the rest and this note.\n\n"
        f"**Version in {FILE}:**\n\n{with_closed_fence(in_document)}\n\n"
        f"**Version in the notebook:**\n\n{with_closed_fence(edited)}"
    )


def _conflict(section: str) -> Finding:
    return Finding(
        _CONFLICT,
        "warning",
        f"Section {section} was changed in {FILE} and in the notebook; both versions stand in it now.",
        Place(FILE),
        seen=section,
        expected="one version",
    )


def _emptied(section: str) -> Finding:
    return Finding(
        "prose-emptied",
        "info",
        f"The cell of section {section} was emptied in the notebook; its text in {FILE} is kept. "
        f"Delete it there to be rid of it.",
        Place(FILE),
        seen=section,
    )
