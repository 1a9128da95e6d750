"""Questions for the review: open ones made from the findings, answered ones with their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.blocks import Question, Questions
from incident_analytics.reporting.narrative.questions import SECTION, parse_questions

if TYPE_CHECKING:
    from incident_analytics.reporting.blocks import Block
    from incident_analytics.reporting.post_mortem import PostMortem


def questions(report: PostMortem) -> tuple[Block, ...]:
    """Every question with the data that raised it and, where somebody wrote one, its answer.

    An answered question stays even when the data no longer raises it.
    """
    _, asked = parse_questions(report.narrative.section(SECTION))
    written = {one.id: one for one in asked}
    current = {one.id: one for one in report.questions}
    open_or_answered = [
        Question(one.text, one.why, written[one.id].answer if one.id in written else "") for one in report.questions
    ]
    kept = [Question(one.text, one.why, one.answer) for one in asked if one.id not in current and not one.is_untouched]
    return (Questions((*open_or_answered, *kept), empty="Nothing in the data asks for an explanation."),)
