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


def test_questions_added_to_a_crlf_document_are_crlf(template: NotebookNode) -> None:
    """As are the headings of new sections and the end of an open code block."""
    document = Narrative.parse("## Summary {#summary}\r\n\r\nIt broke.\r\n").with_section("causes", "```")
    text = regenerate(template, document, None, questions=[QUESTION]).narrative.text()
    assert "### What happened in the silence?" in text
    assert text.count("\n") == text.count("\r\n")


def test_a_document_with_ordinary_headings_is_shown_whole(template: NotebookNode, edited: Edit) -> None:
    """Text on top, known titles, and a section of people's own; not a byte moves, and nothing comes twice."""
    text = (
        "# Post-mortem\n\nWritten at night.\n\n## Summary\n\nIt broke.\n\n"
        "## Contributing Factors:\n\nA full pool.\n\n## Thanks\n\nTo all.\n"
    )
    first = regenerate(template, Narrative.parse(text), None)
    added = "\n## Questions for the review {#questions}\n"
    assert first.narrative.text() == text + added
    assert [(cell.id, cell.source) for cell in first.notebook.cells if cell.cell_type == "markdown"] == [
        ("prose-preface", "# Post-mortem\n\nWritten at night."),
        ("prose-summary", "It broke."),
        ("prose-causes", "A full pool."),
        ("section-thanks-title", "## Thanks"),
        ("section-thanks", "To all."),
        ("prose-questions", "*No open questions.*"),
    ]
    again = regenerate(template, first.narrative, edited(first.notebook))
    assert (again.narrative.text(), again.notebook, again.findings) == (text + added, first.notebook, ())
    typed = edited(first.notebook, prose_preface="Written by day.", section_thanks="To everybody.")
    changed = regenerate(template, first.narrative, typed).narrative.text()
    assert changed == (text + added).replace("# Post-mortem\n\nWritten at night.", "Written by day.").replace(
        "To all.", "To everybody."
    )
    assert "Written at night." in regenerate(template, Narrative.parse(""), first.notebook).narrative.text()


def test_a_heading_typed_into_a_cell_comes_home_once(template: NotebookNode, edited: Edit) -> None:
    """It begins a section of its own, also when the run fails behind the document."""
    first = regenerate(template, Narrative.parse("## Summary {#summary}\n\nIt broke.\n"), None)
    typed = edited(first.notebook, prose_summary="It broke.\n\n## Aside\n\nMore.")
    once = regenerate(template, first.narrative, typed)
    assert once.narrative.text().startswith("## Summary {#summary}\n\nIt broke.\n\n## Aside\n\nMore.\n\n")
    twice = regenerate(template, once.narrative, typed)
    assert (twice.narrative.text(), twice.findings) == (once.narrative.text(), ())
