"""Pieces of a line, and the line they make."""

from __future__ import annotations

import pytest

from incident_analytics.errors import ParameterError
from incident_analytics.reporting.blocks.spans import (
    Code,
    Link,
    Pill,
    Quiet,
    Strong,
    inline_html,
    inline_markdown,
    inline_plain,
    line_of,
)


def test_line_of_text_and_spans_in_three_forms() -> None:
    """The same line reads the same in HTML, Markdown and plain text."""
    line = ("From ", Code("incident.yaml:5"), " to ", Strong("15:45"))
    assert inline_html(line) == "From <code>incident.yaml:5</code> to <b>15:45</b>"
    assert inline_markdown(line) == "From `incident.yaml:5` to **15:45**"
    assert inline_plain(line) == "From incident.yaml:5 to 15:45"


def test_pills_that_touch_are_set_apart_by_a_comma() -> None:
    """Borders set pills apart on the page, a comma where there are none."""
    pills = (Pill("no owner"), Pill("no ticket"))
    assert inline_html(pills) == '<span class="pill">no owner</span><span class="pill">no ticket</span>'
    assert inline_markdown(pills) == "no owner, no ticket"
    assert inline_plain(pills) == "no owner, no ticket"


def test_quiet_words_are_grey_on_the_page_alone() -> None:
    """What was written stays escaped."""
    quiet = Quiet("14 % <b>")
    assert inline_html(quiet) == '<span class="quiet">14 % &lt;b&gt;</span>'
    assert inline_plain(quiet) == "14 % <b>"


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", " https://x", "file:///x"]
)
def test_link_with_an_unsafe_target_is_only_its_words(target: str) -> None:
    """A target that could run or open something is dropped."""
    assert Link("here", target).html() == "here"
    assert Link("here", target).markdown() == "here"


@pytest.mark.parametrize("target", ["INC-2024-001.html", "./INC-2024-001.html", "a.b_c.html"])
def test_link_leads_to_a_page_beside_this_one(target: str) -> None:
    """It stays with the reader's own files, so there is nobody to hide from."""
    assert Link("INC-2024-001", target).html() == f'<a href="{target}">INC-2024-001</a>'
    assert Link("INC-2024-001", target).markdown() == f"[INC-2024-001]({target})"


@pytest.mark.parametrize(
    "target",
    [
        "../x.html", "./../x.html", "/x.html", "//host/x.html", "sub/x.html", "x:y.html", "x.html?a", "x.html\n",
        "x.htm", ".html", "..\\x.html", "%2e%2e/x.html", "",
    ],
)  # fmt: skip
def test_link_to_anywhere_else_is_only_its_words(target: str) -> None:
    """Other folders, other schemes and anything that is not the plain name of a page."""
    assert Link("here", target).html() == "here"
    assert Link("here", target).markdown() == "here"


def test_outside_link_says_nothing_about_this_page() -> None:
    """The other side learns no address, and its quotes stay in the attribute."""
    link = Link("case", 'https://example.org/?a="b"')
    assert link.html() == ('<a href="https://example.org/?a=&quot;b&quot;" rel="noopener noreferrer">case</a>')


def test_markdown_link_cannot_be_closed_by_its_target() -> None:
    """Brackets and spaces of an address are percent-encoded."""
    assert Link("x", "https://example.org/a) [b](c").markdown() == "[x](https://example.org/a%29%20[b]%28c)"


@pytest.mark.parametrize("value", [None, True, 3, float("nan")])
def test_value_that_is_not_words_is_refused(value: object) -> None:
    """True, NaN and None never reach a reader."""
    with pytest.raises(ParameterError, match=r"not something a page can show: expected text or a span, found"):
        inline_html(value)  # type: ignore[arg-type]


def test_empty_text_leaves_no_gap_in_a_line() -> None:
    """Empty parts are left out when lines are joined."""
    assert line_of("", ("a", ""), Code("b")) == ("a", Code("b"))
