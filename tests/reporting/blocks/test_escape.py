"""Untrusted text shows as text, in HTML and in Markdown."""

from __future__ import annotations

import html
import re

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_analytics.reporting.blocks.escape import (
    html_text,
    markdown_code,
    markdown_text,
    markdown_without_tags,
    printable,
)

READER = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url", "task_lists"])
SIGNS = st.text(
    st.one_of(st.sampled_from("<>&*_`~|#-+=.)(12[]!\\\n\"'a:/^$x "), st.characters()),
    max_size=30,
)


def read(markup: str) -> str:
    """What a reader sees of HTML: no tags, entities decoded, white space as one space."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@given(SIGNS)
def test_markdown_reader_sees_the_text_as_it_stood(text: str) -> None:
    """Whatever the text, a Markdown reader that lets HTML through shows exactly its characters."""
    assert read(READER(markdown_text(text))) == " ".join(printable(text).split())


@given(SIGNS)
def test_text_stays_in_its_table_cell(text: str) -> None:
    """No text opens a cell or a row of its own."""
    table = READER(f"| A | B |\n| --- | --- |\n| {markdown_text(text)} | Z |\n")
    cells = re.findall(r"<td>(.*?)</td>", table, re.DOTALL)
    assert [read(cell) for cell in cells] == [" ".join(printable(text).split()), "Z"]


def test_script_tag_is_text_in_html() -> None:
    """A script tag loses its brackets, a quote cannot leave its attribute."""
    assert html_text('<script>alert("1")</script>\'') == ("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#x27;")


def test_names_with_underscores_stay_readable() -> None:
    """An underscore inside a word is not emphasis and needs no backslash."""
    assert markdown_text("time_to_resolution") == "time_to_resolution"


@pytest.mark.parametrize(
    "text",
    ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800"],
    ids=["nul", "escape", "delete", "rlo", "lri", "half"],
)
def test_unprintable_character_becomes_a_visible_mark(text: str) -> None:
    """Controls, direction overrides and lone surrogates are shown as one replacement character."""
    assert printable(f"a{text}b") == "a\ufffdb"


def test_tab_and_line_break_are_kept() -> None:
    """White space is not a control to hide."""
    assert printable("a\tb\nc") == "a\tb\nc"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("incident.yaml:19", "`incident.yaml:19`"),
        ("a`b", "`` a`b ``"),
        ("``", "``` `` ```"),
        ("a|b", "`a\\|b`"),
        ("a\nb", "`a b`"),
        ("", ""),
    ],
)
def test_code_span_holds_any_text(text: str, expected: str) -> None:
    """Backticks get a longer run around them, a pipe keeps its table whole."""
    assert markdown_code(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ("`<b>` and <b>", "`<b>` and &lt;b>"),
        ("```\n<b>\n```\n<b>", "```\n<b>\n```\n&lt;b>"),
        ("<https://example.org/a> <!-- x -->", "<https://example.org/a> &lt;!-- x -->"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_prose_loses_its_tags_but_not_its_code(text: str, expected: str) -> None:
    """Raw HTML of a person becomes text; code and plain links stay as written."""
    assert markdown_without_tags(text) == expected
