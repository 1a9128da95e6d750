"""The open questions of a run, put into the prose file and the notebook for people to answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incident_analytics.reporting.narrative.lines import cell_text, newline_of
from incident_analytics.reporting.narrative.questions import SECTION, Question, merge_questions
from incident_analytics.reporting.narrative.stamps import seed_of, stamp_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbformat import NotebookNode

    from incident_analytics.reporting.narrative.document import Narrative


def with_questions(notebook: NotebookNode, narrative: Narrative, raised: Sequence[Mapping[str, str]]) -> Narrative:
    """The prose with the questions that the findings raise now; answered ones stay as they are.

    The notebook's cell of that section shows the same text afterwards, stamped as put there by the run.

    Args:
        notebook: The run notebook; its cell changes.
        narrative: The prose.
        raised: Each question's ``id``, ``text`` and ``why``.
    """
    current = [Question(one["id"], one["text"], one["why"]) for one in raised]
    body = merge_questions(narrative.section(SECTION), current, newline=newline_of(narrative.text()))
    whole = narrative.with_section(SECTION, body)
    for cell in notebook.cells:
        stamp = stamp_of(cell)
        if stamp is not None and stamp.section == SECTION and body:
            cell.source = cell_text(whole.section(SECTION))
            replace(stamp, seed=seed_of(cell.source), invitation="").put_on(cell)
    return whole
