"""Questions for the review: answers stay, open ones come and go."""

from __future__ import annotations

from incident_analytics.reporting.narrative.questions import (
    Question,
    merge_answers,
    merge_questions,
    parse_questions,
)

SILENCE = Question("silence-1415", "What happened between 14:15 and 15:35?", "80 minutes without an entry")
LATE = Question("question-late", "What delayed the page?", "paged 9 minutes after the alert")


def test_new_questions_are_written_with_their_reason() -> None:
    """The digest is hidden in a comment; it tells our words from a person's."""
    body = merge_questions("", [SILENCE, LATE])
    assert body.splitlines()[0] == "### What happened between 14:15 and 15:35? {#question-silence-1415}"
    assert body.splitlines()[2].startswith("> 80 minutes without an entry <!-- asked:")
    preface, asked = parse_questions(body)
    assert preface == ""
    assert [(question.id, question.why, question.answer, question.is_untouched) for question in asked] == [
        ("silence-1415", "80 minutes without an entry", "", True),
        ("late", "paged 9 minutes after the alert", "", True),
    ]


def test_merging_again_changes_nothing() -> None:
    """Same questions, same bytes."""
    body = merge_questions("Read these first.", [SILENCE, LATE])
    assert merge_questions(body, [SILENCE, LATE]) == body


def test_answered_question_stays_when_it_no_longer_arises() -> None:
    """Byte for byte, while an open one leaves."""
    body = merge_questions("", [SILENCE, LATE])
    silence, late = body.split("\n\n### What delayed")
    answered = f"{silence}\n\nWe were on a call.\n\n* nobody wrote it down  "
    assert merge_questions(f"{answered}\n\n### What delayed{late}", []) == answered.rstrip(" ")
    (question,) = parse_questions(answered)[1]
    assert question.answer == "We were on a call.\n\n* nobody wrote it down"


def test_open_question_is_brought_up_to_date() -> None:
    """Its data changed; nobody has written anything yet."""
    body = merge_questions("", [SILENCE])
    longer = Question(SILENCE.id, SILENCE.text, "95 minutes without an entry")
    assert "> 95 minutes without an entry <!--" in merge_questions(body, [longer])
    assert "80 minutes" not in merge_questions(body, [longer])


def test_answered_question_keeps_its_words_when_its_data_changes() -> None:
    """The answer belongs to the question as it was asked."""
    body = merge_questions("", [SILENCE]) + "\n\nA call."
    assert merge_questions(body, [Question(SILENCE.id, "Other words?", "95 minutes")]) == body


def test_question_whose_words_a_person_changed_is_never_removed() -> None:
    """Neither a reworded heading nor a reworded reason nor a heading alone."""
    body = merge_questions("", [SILENCE])
    for changed in (
        body.replace("What happened", "What were we doing"),
        body.replace("80 minutes", "an age"),
        body.splitlines()[0],
    ):
        assert merge_questions(changed, []) == changed


def test_a_persons_own_words_around_the_questions_stay() -> None:
    """A preface, a heading without an id, a question of their own."""
    own = "Before the meeting.\n\n### Ours {#question-ours}\n\n### Aside\n\ntext"
    merged = merge_questions(own, [SILENCE])
    assert merged.startswith(own + "\n\n### What happened")
    assert merge_questions(merged, []) == own


def test_headings_in_code_are_no_questions() -> None:
    """An answer may quote this very document."""
    body = merge_questions("", [SILENCE]) + "\n\n```\n### Quoted {#question-quoted}\n```"
    assert [question.id for question in parse_questions(body)[1]] == ["silence-1415"]


def test_answers_to_different_questions_unite() -> None:
    """One was given in the file, one in the notebook."""
    body = merge_questions("", [SILENCE, LATE])
    ours = body.replace("\n\n### What delayed", "\n\nA call.\n\n### What delayed")
    theirs = body + "\n\nThe pager was muted."
    united = merge_answers(ours, theirs)
    assert united is not None
    assert [question.answer for question in parse_questions(united)[1]] == ["A call.", "The pager was muted."]


def test_two_answers_to_one_question_do_not_unite() -> None:
    """Both stand for a person to choose."""
    body = merge_questions("", [SILENCE])
    assert merge_answers(f"{body}\n\nA call.", f"{body}\n\nLunch.") is None


def test_words_of_a_question_stay_on_their_line() -> None:
    """A log line in a reason cannot begin a heading."""
    sly = Question("x y", "Why\n## {#summary}?", "a\n\n### b {#question-b}")
    assert [question.id for question in parse_questions(merge_questions("", [sly]))[1]] == ["x-y"]
