"""Questions for the review, open and answered."""

from __future__ import annotations

from incident_analytics.reporting.blocks import Code, Question, Questions

QUESTIONS = Questions(
    (
        Question("What was tried?", ("Silent for 80 minutes, ", Code("timeline.csv:4"), ".")),
        Question("Why <now>?", "", "A *deploy*.\n\nAnd <b>load</b>."),
    )
)


def test_answer_stands_beneath_its_question_as_prose() -> None:
    """What raised a question is generated text, its answer is a person's."""
    assert QUESTIONS.html() == (
        '<ol class="questions"><li>What was tried?'
        "<small>Silent for 80 minutes, <code>timeline.csv:4</code>.</small></li>"
        '<li>Why &lt;now&gt;?<div class="prose"><p>A <em>deploy</em>.</p>\n'
        "<p>And &lt;b&gt;load&lt;/b&gt;.</p></div></li></ol>"
    )


def test_questions_in_markdown_keep_answers_inside_their_item() -> None:
    """The numbering does not restart after an answer."""
    assert QUESTIONS.markdown() == (
        "1. What was tried?\n\n   Silent for 80 minutes, `timeline.csv:4`.\n\n"
        "2. Why &lt;now>?\n\n   > A *deploy*.\n   >\n   > And &lt;b>load&lt;/b>."
    )


def test_questions_in_plain_text() -> None:
    """Numbered lines."""
    assert Questions((Question("What?", "Silence."),)).plain() == "1. What?\n   Silence."


def test_no_question_says_so() -> None:
    """An empty list is a sentence."""
    assert Questions(()).html() == '<p class="empty">No question is open.</p>'
    assert Questions(()).markdown() == "No question is open."
