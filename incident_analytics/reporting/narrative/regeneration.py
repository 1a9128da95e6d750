"""The order in which prose and notebook meet before a new run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incident_analytics.reporting.narrative.carried import carry
from incident_analytics.reporting.narrative.filling import fill, template_sections
from incident_analytics.reporting.narrative.harvest import harvest
from incident_analytics.reporting.narrative.lines import newline_of
from incident_analytics.reporting.narrative.questions import SECTION as QUESTIONS
from incident_analytics.reporting.narrative.questions import merge_questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbformat import NotebookNode

    from incident_analytics.model.measurement import Finding
    from incident_analytics.reporting.narrative.document import Narrative
    from incident_analytics.reporting.narrative.questions import Question

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Regeneration:
    """What to store and what to run.

    Args:
        notebook: The template with the prose and people's cells in it, ready to run.
        narrative: The document as it is now; store it before the notebook runs.
        findings: What to tell the person: conflicts, emptied cells, restored texts, repeated ids.
    """

    notebook: NotebookNode
    narrative: Narrative
    findings: tuple[Finding, ...]


def regenerate(
    template: NotebookNode,
    narrative: Narrative,
    previous: NotebookNode | None,
    *,
    questions: Sequence[Question] = (),
    numbers: Mapping[str, str] = _NOTHING,
) -> Regeneration:
    """Bring edits home, add what is new, and fill the template.

    Store the narrative first and the executed notebook afterwards: should the run fail in between, the
    next one finds the edits in both places and changes nothing twice.

    Args:
        template: The notebook template.
        narrative: The document as it stands in the file.
        previous: The notebook of the previous run as it stands in the file; None where there is none.
        questions: The questions the findings raise now.
        numbers: The numbers this report displays, by name; see `remember_numbers` to add them later.
    """
    sections = template_sections(template)
    harvested = harvest(previous, narrative.knowing(sections), template=template)
    whole = harvested.narrative.with_sections(sections)
    if any(name == QUESTIONS for name, _ in sections):
        asked = merge_questions(whole.section(QUESTIONS), questions, newline=newline_of(whole.text()))
        whole = whole.with_section(QUESTIONS, asked)
    filled = fill(template, whole, numbers=numbers, previous=previous)
    findings = (*harvested.conflicts, *harvested.notices, *whole.findings)
    return Regeneration(carry(filled, harvested.kept_cells), whole, findings)
