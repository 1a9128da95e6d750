"""Words that blame (S57): a warning with line and suggestion."""

from __future__ import annotations

import pytest

from incident_analytics.analysis.lint import blameless_lint
from incident_analytics.model.measurement import Finding, Place
from incident_analytics.model.runbook import load_runbook

RUNBOOK = load_runbook()
PEOPLE = ("Jane Smith", "Will Ray")


def lint(text: str, *, people: tuple[str, ...] = PEOPLE) -> tuple[Finding, ...]:
    """The findings of a text that begins on line 10 of postmortem.md."""
    return blameless_lint([(text, Place("postmortem.md", 10))], people, RUNBOOK)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("It was Human Error.", "Human Error"),
        ("The team should have known.", "should have"),
        ("They shouldn't have deployed.", "shouldn't have"),
        ("Nobody noticed, as on-call failed to look.", "failed to"),
        ("A careless deploy", "careless"),
        ("The deploy was done carelessly", "carelessly"),
        ("It was their fault", "their fault"),
    ],
)
def test_words_that_blame_are_a_warning_with_a_suggestion(text: str, seen: str) -> None:
    """The line, the words and what to write instead."""
    (finding,) = lint(f"First line.\n{text}")
    assert (finding.rule, finding.level, str(finding.where)) == ("blaming-words", "warning", "postmortem.md:11")
    assert finding.seen == seen
    assert finding.message == f'"{seen}" puts blame on people; say {finding.expected}'


@pytest.mark.parametrize(
    "text",
    [
        "Caused by Jane Smith.",
        "because of Jane",
        "Jane forgot the flag.",
        "Smith's mistake",
        "jane's team; Jane Smith accidentally deleted the table",
        "@Jane broke it",
    ],
)
def test_a_person_as_the_cause_is_a_warning_that_hides_the_name(text: str) -> None:
    """First name, last name or both, without repeating it."""
    (finding,) = lint(text)
    assert (finding.rule, finding.expected) == ("person-as-cause", "the role and the system instead of the name")
    assert "Jane" not in finding.message + finding.seen
    assert "Smith" not in finding.message + finding.seen


@pytest.mark.parametrize(
    "text",
    [
        "Jane Smith led the response and wrote the timeline.",
        "The service failed to start.",
        "payment-processor failed to acquire a connection",
        "Will it happen again? will broke nothing",
        "We learned what made this easy to miss.",
        "",
    ],
)
def test_plain_facts_are_let_be(text: str) -> None:
    """A person who acts is no cause, a service that fails to start is a fact, and "will" is no name."""
    assert lint(text) == ()


def test_code_and_quotations_are_passed_over() -> None:
    """They are somebody else's words; what follows them is not, and keeps its line."""
    text = """```text
human error
~~~
```
> human error
  > it was Jane's mistake
The log says `human error` here. <!-- human error -->
~~~~
careless
~~~
~~~~
careless"""
    assert [str(finding.where) for finding in lint(text)] == ["postmortem.md:21"]


def test_an_open_fence_hides_the_rest() -> None:
    """As Markdown shows it."""
    assert lint("```\nhuman error") == ()


def test_words_that_overlap_are_told_once_in_the_order_of_the_line() -> None:
    """The words "Jane should have" are one thing, said of a person."""
    findings = lint("A careless change: Jane should have asked.")
    assert [(finding.rule, finding.seen) for finding in findings] == [
        ("blaming-words", "careless"),
        ("person-as-cause", "someone should"),
    ]


def test_nobody_named_still_finds_words() -> None:
    """Without people only words count; a place without a line stays without one."""
    (finding,) = blameless_lint([("Jane forgot. Human error.", Place("notes.md"))], (), RUNBOOK)
    assert (finding.seen, str(finding.where)) == ("Human error", "notes.md")


def test_a_name_with_signs_is_no_expression() -> None:
    """A handle such as "j.doe (ops)" is taken literally."""
    (finding,) = lint("caused by j.doe (ops)", people=("j.doe (ops)",))
    assert finding.rule == "person-as-cause"
    assert lint("caused by jxdoe (ops)", people=("j.doe (ops)",)) == ()
