"""The document: byte-exact round trips, and edits that touch one section."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.reporting.narrative.document import Narrative

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


def test_sections_are_what_has_an_id_at_level_two_outside_code() -> None:
    """Everything else is text of the section it stands in."""
    document = Narrative.parse(DOCUMENT)
    assert [(section.id, section.title, section.line) for section in document.sections] == [
        ("summary", "Summary", 4),
        ("own", "Our own section", 13),
        ("summary", "Summary again", 17),
    ]
    assert document.preface == "\ufeff# Post-mortem INC-42\r\nWritten by the team.\r\n\r\n"
    assert document.section("own") == "kept\n## Plain heading\r\nstill our own"
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
    assert document.text() == DOCUMENT.replace("kept\n## Plain heading\r\nstill our own", "new")


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


@given(DOCUMENTS, st.text(st.sampled_from("ab \n`~#"), max_size=30))
def test_setting_a_text_keeps_it_and_the_other_sections(text: str, body: str) -> None:
    """The words are there afterwards, and every other section is as it was."""
    before = Narrative.parse(text)
    after = before.with_section("a", body, title="A")
    assert body in after.text()
    others = [section.body for section in before.sections if section is not before.find("a")]
    assert [section.body for section in after.sections if section is not after.find("a")] == others
