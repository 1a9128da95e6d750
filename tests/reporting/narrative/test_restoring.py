"""Text that is gone from the document comes back from the previous notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incident_analytics.reporting.narrative.document import Narrative
from incident_analytics.reporting.narrative.questions import Question
from incident_analytics.reporting.narrative.regeneration import regenerate

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEXT = (
    "## Summary {#summary}\n\nIt broke.\n\n## Ours {#ours}\n\nA note.\n\n"
    "## Contributing factors {#causes}\n\nA full pool.\n\n## Questions for the review {#questions}\n"
)


def _again(template: NotebookNode, first: str, then: str) -> tuple[str, list[tuple[str, str]]]:
    """The document after a second run, and what was told."""
    previous = regenerate(template, Narrative.parse(first), None).notebook
    made = regenerate(template, Narrative.parse(then), previous)
    return made.narrative.text(), [(finding.rule, finding.seen) for finding in made.findings]


def test_a_deleted_document_comes_back_in_its_order(template: NotebookNode) -> None:
    """With every word and every heading, and one note a section."""
    text, told = _again(template, TEXT, "")
    assert text == TEXT
    assert told == [("prose-restored", "summary"), ("prose-restored", "ours"), ("prose-restored", "causes")]


def test_an_emptied_section_and_a_missing_one_come_back(template: NotebookNode) -> None:
    """The rest of the document stays byte for byte; CRLF stays CRLF."""
    text, told = _again(template, TEXT, TEXT.replace("It broke.\n\n", ""))
    assert text == TEXT
    assert told == [("prose-restored", "summary")]
    whole = TEXT.replace("\n", "\r\n").replace("A full pool.", "A full pool.\r\nAnd a leak.")
    rest = whole.replace("## Contributing factors {#causes}\r\n\r\nA full pool.\r\nAnd a leak.\r\n\r\n", "")
    text, told = _again(template, whole, rest)
    assert text == f"{rest}\r\n## Contributing factors {{#causes}}\r\n\r\nA full pool.\r\nAnd a leak.\r\n"
    assert told == [("prose-restored", "causes")]


def test_moved_words_do_not_come_back(template: NotebookNode) -> None:
    """They stand elsewhere now; the same words in another section are not the moved ones."""
    moved = TEXT.replace("A full pool.\n", "").replace("It broke.", "It broke.\nA full pool.")
    assert _again(template, TEXT, moved) == (moved, [])
    twice = TEXT.replace("A full pool.", "It broke.")
    emptied = twice.replace("causes}\n\nIt broke.\n", "causes}\n")
    assert _again(template, twice, emptied)[1] == [("prose-restored", "causes")]


def test_restoring_a_second_time_changes_nothing(template: NotebookNode) -> None:
    """A run may fail between storing the document and storing the notebook."""
    previous = regenerate(template, Narrative.parse(TEXT), None).notebook
    once = regenerate(template, Narrative.parse(""), previous).narrative
    twice = regenerate(template, once, previous)
    assert (twice.narrative.text(), twice.findings) == (once.text(), ())


def test_answers_come_back_and_open_questions_do_not(template: NotebookNode) -> None:
    """An open question leaves when it no longer arises; an answer is a person's words."""
    asked = [Question("one", "One?", "1"), Question("two", "Two?", "2")]
    first = regenerate(template, Narrative.parse(""), None, questions=asked)
    assert regenerate(template, Narrative.parse(""), first.notebook).narrative.section("questions") == ""
    answered = first.narrative.section("questions").replace("\n\n### Two?", "\n\nA call.\n\n### Two?")
    second = regenerate(template, first.narrative.with_section("questions", answered), None, questions=asked)
    again = regenerate(template, Narrative.parse(""), second.notebook)
    assert "A call." in again.narrative.section("questions")
    assert "Two?" not in again.narrative.section("questions")
    assert [finding.seen for finding in again.findings] == ["questions"]
