"""Open questions for the review, each with the data that raised it."""

from __future__ import annotations

from dataclasses import dataclass

from incident_analytics.reporting.blocks.block import Block
from incident_analytics.reporting.blocks.escape import (
    html_text,
    markdown_text,
    markdown_without_tags,
    printable,
)
from incident_analytics.reporting.blocks.prose import prose_html
from incident_analytics.reporting.blocks.spans import Inline, inline_html, inline_markdown, inline_plain


@dataclass(frozen=True, slots=True)
class Question:
    """One blameless question that people can answer and data cannot.

    Args:
        text: The question.
        raised_by: The data that raised it.
        answer: The answer a person wrote, in Markdown; empty while it is open.
    """

    text: str
    raised_by: Inline = ""
    answer: str = ""

    def html(self) -> str:
        """The question as an item of a list, its answer beneath as prose."""
        raised = f"<small>{inline_html(self.raised_by)}</small>" if self.raised_by else ""
        answer = f'<div class="prose">{prose_html(self.answer)}</div>' if self.answer.strip() else ""
        return f"<li>{html_text(self.text)}{raised}{answer}</li>"

    def markdown(self, number: int) -> str:
        """The question as a numbered item, its answer beneath as a quotation."""
        lead = f"{number}. "
        room = " " * len(lead)
        lines = [f"{lead}{markdown_text(self.text)}"]
        if self.raised_by:
            lines += ["", f"{room}{inline_markdown(self.raised_by)}"]
        if self.answer.strip():
            answer = markdown_without_tags(self.answer.strip()).splitlines()
            lines += ["", *(f"{room}> {line}".rstrip() for line in answer)]
        return "\n".join(lines)

    def plain(self, number: int) -> str:
        """The question, what raised it and its answer, a line each."""
        lines = [f"{number}. {printable(self.text)}"]
        lines += [f"   {line}" for line in (inline_plain(self.raised_by), printable(self.answer.strip())) if line]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Questions(Block):
    """The questions in their order, numbered from 1.

    Args:
        questions: The questions, open and answered.
        empty: What to say when there is none.
    """

    questions: tuple[Question, ...]
    empty: str = "No question is open."

    def html(self) -> str:
        """The questions as a numbered list."""
        if not self.questions:
            return f'<p class="empty">{html_text(self.empty)}</p>'
        return f'<ol class="questions">{"".join(question.html() for question in self.questions)}</ol>'

    def markdown(self) -> str:
        """The questions as a numbered list."""
        items = [question.markdown(number) for number, question in enumerate(self.questions, start=1)]
        return "\n\n".join(items) or markdown_text(self.empty)

    def plain(self) -> str:
        """The questions, numbered."""
        items = [question.plain(number) for number, question in enumerate(self.questions, start=1)]
        return "\n".join(items) or printable(self.empty)
