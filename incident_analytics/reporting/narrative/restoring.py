"""Text that is gone from the document while the previous notebook still shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.model.measurement import Finding, Place
from incident_analytics.reporting.narrative.document import FILE
from incident_analytics.reporting.narrative.filling import template_sections
from incident_analytics.reporting.narrative.lines import cell_text, margins
from incident_analytics.reporting.narrative.questions import SECTION as QUESTIONS
from incident_analytics.reporting.narrative.questions import merge_questions
from incident_analytics.reporting.narrative.stamps import id_of, section_of, stamp_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

    from incident_analytics.reporting.narrative.document import Narrative
    from incident_analytics.reporting.narrative.stamps import Stamp


def lost_text(narrative: Narrative, cell: NotebookNode, stamp: Stamp, previous: NotebookNode) -> str:
    """What the unedited cell of an empty or missing section shows, to stand in the document again.

    Nothing where the words stand elsewhere in the document (a person moved them or renamed their heading),
    and nothing of questions that nobody answered: those leave when they no longer arise.

    Args:
        narrative: The document as it is now.
        cell: The cell as the last run left it.
        stamp: Its stamp.
        previous: The notebook it stands in.
    """
    text = margins(cell_text(str(cell.source)))[1]
    if stamp.invitation or narrative.section(stamp.section):
        return ""
    if stamp.section == QUESTIONS:
        text = merge_questions(text, [])
    if not text:
        return ""
    others = (other for other in previous.cells if section_of(other) and id_of(other) != id_of(cell))
    elsewhere = sum(cell_text(str(other.source)).count(text) for other in others)
    return "" if cell_text(narrative.text()).count(text) > elsewhere else text


def with_order_of(narrative: Narrative, previous: NotebookNode, titles: Mapping[str, str]) -> Narrative:
    """An empty document with the headings of the previous notebook, so that what comes back stands in order.

    Args:
        narrative: The document; it stays as it is unless it is blank.
        previous: The notebook of the previous run.
        titles: The sections' titles by id.
    """
    if narrative.text().strip("\ufeff \t\r\n"):
        return narrative
    stamps = (stamp_of(cell) for cell in previous.cells)
    shown = [stamp.section for stamp in stamps if stamp is not None and stamp.section in titles]
    return narrative.with_sections((section, titles[section]) for section in shown)


def titles_shown(previous: NotebookNode, template: NotebookNode | None) -> dict[str, str]:
    """The titles of the sections in a notebook: the template's, else the heading the cell stands under.

    Args:
        previous: The notebook of the previous run.
        template: The template; None where it is not at hand.
    """
    titles = dict(template_sections(template)) if template is not None else {}
    above = ""
    for cell in previous.cells:
        section = section_of(cell)
        if section:
            titles.setdefault(section, above)
        first = str(cell.source).split("\n", 1)[0]
        above = first[3:].strip() if cell.cell_type == "markdown" and first.startswith("## ") else ""
    return titles


def restored_note(section: str) -> Finding:
    """What to tell of text that came back."""
    return Finding(
        "prose-restored",
        "warning",
        f"The text of section {section} was gone from {FILE} and has been restored from the notebook of the last "
        "report. To be rid of it, empty it in the notebook as well.",
        Place(FILE),
        seen=section,
    )
