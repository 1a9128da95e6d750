"""The document: byte-exact round trips, and edits that touch one section."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.reporting.narrative.document import PREFACE, Narrative
from incident_analytics.reporting.narrative.lines import with_closed_fence

DOCUMENT = (
    "\ufeff# Post-mortem INC-42\r\nWritten by the team.\r\n\r\n"
    "## Summary {#summary}\r\n\r\nThe pool ran dry.\r\n### Detail {#detail}\r\nmore\r\n"
    "```md\r\n## Not a heading {#fenced}\r\n```\r\n\r\n"
    "## Our own section {#own}\r\nkept\n"
    "## Plain heading\r\nstill our own\r\n"
    "## Summary again {#summary}\r\nsecond"
)

PIECES = st.sampled_from(
    [
        "## A {#a}\n", "## B {#b}\r\n", "## A {#a}", "  ## C {#c .x}\n", "### Q {#q}\n", "## plain\n", "```\n", "~~~\n",
        "text\n", "text", "\r\n", "\n", "\r", " ", "\t", "\ufeff", "\x0c", "\u2028", "\udce9", "\x00", "{#a}", "#",
    ]
)  # fmt: skip
DOCUMENTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80)


@given(DOCUMENTS)
def test_any_text_is_printed_as_it_was_parsed(text: str) -> None:
    """The law of this module."""
    assert Narrative.parse(text).text() == text


@given(st.binary(max_size=200))
def test_any_bytes_are_printed_as_they_were_decoded(data: bytes) -> None:
    """Also what is not UTF-8."""
    assert Narrative.decode(data).encoded() == data


def test_sections_begin_at_headings_of_level_two_outside_code() -> None:
    """With an id or without; everything else is text of the section it stands in."""
    document = Narrative.parse(DOCUMENT)
    assert [(section.id, section.title, section.line) for section in document.sections] == [
        ("summary", "Summary", 4),
        ("own", "Our own section", 13),
        ("plain-heading", "Plain heading", 15),
        ("summary", "Summary again", 17),
    ]
    assert document.preface == "\ufeff# Post-mortem INC-42\r\nWritten by the team.\r\n\r\n"
    assert document.section("own") == "kept"
    assert document.section("plain-heading") == "still our own"
    assert document.section("summary").endswith("```md\r\n## Not a heading {#fenced}\r\n```")
    assert document.section("missing") == ""


def test_a_byte_order_mark_does_not_hide_the_first_heading() -> None:
    """Windows editors put one there."""
    assert Narrative.parse("\ufeff## Summary {#summary}\nx").section("summary") == "x"


def test_a_long_line_of_blanks_is_read_in_one_pass() -> None:
    """A pasted table may hold one."""
    blank = "## " + " " * 200_000
    assert Narrative.parse(blank + "\n## A {#a}\n").preface == blank + "\n"


def test_repeated_id_is_kept_and_found() -> None:
    """The first one is shown; the finding names the other's line."""
    (finding,) = Narrative.parse(DOCUMENT).findings
    assert (finding.rule, str(finding.where), finding.seen) == ("repeated-section", "postmortem.md:17", "summary")


def test_open_code_block_is_found_and_hides_no_section() -> None:
    """What follows an unclosed fence is still there."""
    document = Narrative.parse("## A {#a}\n```\ncode\n## B {#b}\ntext\n")
    assert document.section("b") == "text"
    assert [finding.rule for finding in document.findings] == ["open-code-block"]


def test_new_text_touches_only_its_section() -> None:
    """Blank lines around it, line ends and the rest of the document stay."""
    document = Narrative.parse(DOCUMENT).with_section("own", "new")
    assert document.text() == DOCUMENT.replace("kept\n", "new\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A {#a}", "## A {#a}\n\nbody\n"),
        ("## A {#a}\n\n\n\n## B {#b}\n", "## A {#a}\n\nbody\n\n## B {#b}\n"),
        ("## A {#a}\r\n", "## A {#a}\r\n\r\nbody\r\n"),
        ("## A {#a}\n\nold\n\n\n## B {#b}\n", "## A {#a}\n\nbody\n\n\n## B {#b}\n"),
        ("", "## A title {#a}\n\nbody\n"),
        ("preface", "preface\n\n## A title {#a}\n\nbody\n"),
    ],
)
def test_text_is_set_off_from_its_heading(text: str, expected: str) -> None:
    """In a section that was empty, or in one that is new."""
    assert Narrative.parse(text).with_section("a", "body", title="A title").text() == expected


def test_text_that_opens_a_code_block_does_not_swallow_the_next_section() -> None:
    """The block is closed behind it."""
    document = Narrative.parse("## A {#a}\n\n## B {#b}\n\n```\ncode\n```\n").with_section("a", "```\nhalf")
    assert document.text() == "## A {#a}\n\n```\nhalf\n```\n\n## B {#b}\n\n```\ncode\n```\n"
    assert document.section("b") == "```\ncode\n```"


def test_missing_sections_are_appended_and_nothing_else_changes() -> None:
    """Also behind a text without a final newline; a second time adds nothing."""
    wanted = [("own", "Ours"), ("root-cause", ""), ("next", "What next")]
    longer = Narrative.parse(DOCUMENT).with_sections(wanted)
    assert longer.text() == DOCUMENT + "\r\n\r\n## Root cause {#root-cause}\r\n\r\n## What next {#next}\r\n"
    assert longer.with_sections(wanted).text() == longer.text()


@given(DOCUMENTS)
def test_appending_keeps_the_text_in_front(text: str) -> None:
    """Whatever it is."""
    longer = Narrative.parse(text).with_sections([("new", "New")])
    assert longer.text().startswith(text)
    assert longer.find("new") is not None


def closed(body: str) -> list[str]:
    """The lines of a text with its last code block closed."""
    return with_closed_fence(body).splitlines()


def test_a_fence_of_a_later_text_closes_no_block_of_an_earlier_section() -> None:
    """The block that was left open is closed where it is, and the later section stays one."""
    after = Narrative.parse("## B {#b}\n```\n").with_section("a", "```", title="A")
    assert after.text() == "## B {#b}\n```\n\n```\n## A {#a}\n\n```\n```\n"
    assert [section.id for section in after.sections] == ["b", "a"]


@given(DOCUMENTS, st.text(st.sampled_from("ab \n`~#"), max_size=30))
def test_setting_a_text_keeps_it_and_the_other_sections(text: str, body: str) -> None:
    """The words are there afterwards, and every other section is as it was, but for a code block now closed."""
    before = Narrative.parse(text)
    after = before.with_section("a", body, title="A")
    assert body in after.text()
    others = [closed(section.body) for section in before.sections if section is not before.find("a")]
    # A heading in the text begins a section of its own.
    found = iter([closed(section.body) for section in after.sections if section is not after.find("a")])
    assert all(other in found for other in others)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("## Summary", "summary"),
        ("## SUMMARY:  ", "summary"),
        ("## Summary ##", "summary"),
        ("## What went well?", "what-went-well"),
        ("## Questions for the Review", "questions"),
        ("## Questions", "questions"),
        ("## Was war los?", "story"),
        ("## Our own (2)", "our-own-2"),
        ("## !!!", "section"),
    ],
)
def test_a_plain_heading_is_known_by_its_title(heading: str, expected: str) -> None:
    """Case and punctuation aside, by the template's titles too; its bytes stay."""
    document = Narrative.parse(f"{heading}\ntext\n").knowing([("story", "Was war los"), ("summary", "Summary")])
    assert [(section.id, section.body) for section in document.sections] == [(expected, "text")]
    assert document.with_section(expected, "new").text() == f"{heading}\nnew\n"


def test_a_section_is_ended_by_any_heading_of_level_two() -> None:
    """Taking an id away merges nothing into the section above, nor into an answer."""
    document = Narrative.parse("## Questions {#questions}\n### One? {#question-one}\nA call.\n## Aside\nnot it\n")
    assert document.section("questions") == "### One? {#question-one}\nA call."
    assert document.section("aside") == "not it"


def test_an_id_in_braces_wins_over_a_title_unless_it_is_empty() -> None:
    """So both texts can be shown, and an empty heading further down hides nothing."""
    both = Narrative.parse("## Summary\nplain\n## Summary {#summary}\nbraces\n## Summary\nthird\n")
    assert [section.id for section in both.sections] == ["summary-2", "summary", "summary-3"]
    empty = Narrative.parse("## Summary\nplain\n## Summary {#summary}\n")
    assert (empty.section("summary"), empty.findings) == ("plain", ())


def test_text_before_the_first_heading_can_be_read_and_changed() -> None:
    """With its byte order mark and its blank lines."""
    document = Narrative.parse("\ufeff\nIntro.\n\n## A {#a}\nx\n")
    assert document.section(PREFACE) == "Intro."
    assert document.with_section(PREFACE, "Other.").text() == "\ufeff\nOther.\n\n## A {#a}\nx\n"
    assert Narrative.parse("## A {#a}\n").with_section(PREFACE, "New.").text() == "New.\n\n## A {#a}\n"
