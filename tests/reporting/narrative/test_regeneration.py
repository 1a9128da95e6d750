"""Regenerating again and again: every human byte stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell

from incident_analytics.reporting.narrative.document import Narrative
from incident_analytics.reporting.narrative.questions import Question
from incident_analytics.reporting.narrative.regeneration import Regeneration, regenerate
from incident_analytics.reporting.narrative.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    Edit = Callable[..., NotebookNode]

QUESTION = Question("silence", "What happened in the silence?", "80 minutes")
SECTIONS = ("summary", "causes", "questions")
WORDS = st.text(st.sampled_from("abc .*`~#>|é\u2028"), min_size=1, max_size=12).filter(str.strip)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["notebook", "file", "both", "cell", "code", "nothing"]), st.sampled_from(SECTIONS), WORDS
    ),
    min_size=20,
    max_size=20,
)


def _human(number: int, words: str, place: str) -> str:
    # The mark makes each string findable; the words are whatever people type.
    return f"[{place} {number}] {words.strip()}!"


def _typed(notebook: NotebookNode, section: str, text: str) -> None:
    cell = next(cell for cell in notebook.cells if (stamp := stamp_of(cell)) and stamp.section == section)
    cell.source = f"{cell.source}\n\n{text}"


@settings(max_examples=15, deadline=None)
@given(EVENTS, st.sampled_from(["\n", "\r\n"]))
def test_twenty_regenerations_keep_every_human_string(
    template: NotebookNode, edited: Edit, with_cell: Edit, events: list[tuple[str, str, str]], newline: str
) -> None:
    """Edits in the notebook, in the file, in both, added cells and changed code, with questions coming and going."""
    text, notebook, written = f"# Ours{newline}preface{newline}", None, ["# Ours" + newline + "preface" + newline]
    for number, (event, section, words) in enumerate(events):
        questions = [Question(str(number // 4), f"Question {number // 4}?", f"found at {number}")]
        made = regenerate(template, Narrative.parse(text), notebook, questions=questions, numbers={"n": str(number)})
        text, notebook = made.narrative.text(), edited(made.notebook)
        if event in {"notebook", "both"}:
            written.append(_human(number, words, "notebook"))
            _typed(notebook, section, written[-1])
        if event in {"file", "both"}:
            written.append(_human(number, words, "file"))
            document = Narrative.parse(text)
            body = document.section(section)
            text = document.with_section(section, f"{body}{newline * 2}{written[-1]}".strip("\r\n")).text()
        if event == "cell":
            written.append(_human(number, words, "cell"))
            notebook = with_cell(notebook, new_markdown_cell(written[-1], id=f"mine-{number}"), "impact")
        if event == "code":
            written.append(f"changed({number})")
            notebook = edited(notebook, impact=written[-1])
    made = regenerate(template, Narrative.parse(text), notebook)
    kept = made.narrative.text() + "\n".join(cell.source for cell in made.notebook.cells)
    assert [human for human in written if human not in kept] == []
    assert len([cell for cell in made.notebook.cells if cell.id == "impact"]) == 1


@settings(max_examples=30, deadline=None)
@given(EVENTS)
def test_regenerating_without_edits_changes_nothing(
    template: NotebookNode, edited: Edit, events: list[tuple[str, str, str]]
) -> None:
    """Document and notebook are the same bytes the second time, whatever the text."""
    body = "\n".join(words for _, _, words in events)
    document = Narrative.parse("").with_section("summary", body)
    first = regenerate(template, document, None, questions=[QUESTION])
    second = regenerate(template, first.narrative, edited(first.notebook), questions=[QUESTION])
    assert second.narrative.text() == first.narrative.text()
    assert second.notebook == first.notebook
    assert second.findings == first.findings


def test_new_document_gets_the_templates_sections(template: NotebookNode) -> None:
    """Empty, in order, with the open question in its place."""
    made = regenerate(template, Narrative.parse(""), None, questions=[QUESTION])
    assert [section.id for section in made.narrative.sections] == ["summary", "causes", "questions"]
    assert made.narrative.section("questions").startswith("### What happened in the silence? {#question-silence}")
    assert made.notebook.cells[4].source == made.narrative.section("questions")


def test_answer_given_in_the_notebook_outlives_its_question(template: NotebookNode, edited: Edit) -> None:
    """It stands in the document when the finding is gone."""
    first = regenerate(template, Narrative.parse(""), None, questions=[QUESTION])
    answered = edited(first.notebook, prose_questions=first.notebook.cells[4].source + "\n\nA phone call.")
    second = regenerate(template, first.narrative, answered, questions=[])
    assert second.narrative.section("questions").endswith("A phone call.")
    assert "### What happened in the silence?" in second.notebook.cells[4].source
    third = regenerate(template, first.narrative, edited(first.notebook), questions=[])
    assert third.narrative.section("questions") == ""
    assert third.notebook.cells[4].source == "*No open questions.*"


@pytest.fixture
def conflicting(template: NotebookNode, edited: Edit) -> Regeneration:
    """A summary changed in the file and in the notebook, and two cells a person added."""
    first = regenerate(template, Narrative.parse("## Summary {#summary}\n\nold\n"), None)
    notebook = edited(first.notebook, prose_summary="from the notebook")
    notebook.cells.append(new_code_cell("mine()", id="mine"))
    return regenerate(template, first.narrative.with_section("summary", "from the file"), notebook)


def test_findings_tell_of_the_conflict(conflicting: Regeneration) -> None:
    """One warning, and both texts shown in the notebook."""
    assert [finding.rule for finding in conflicting.findings] == ["prose-changed-twice"]
    assert "from the file" in conflicting.notebook.cells[1].source
    assert "from the notebook" in conflicting.notebook.cells[1].source
    assert conflicting.notebook.cells[-1].source == "mine()"
