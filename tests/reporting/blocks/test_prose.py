"""People's Markdown on a page."""

from __future__ import annotations

import pytest

from incident_analytics.reporting.blocks.prose import Prose, prose_html


def test_written_prose_is_set_as_prose() -> None:
    """Structure of a person's Markdown is kept."""
    assert Prose("Traffic was *low*.").html() == '<div class="prose"><p>Traffic was <em>low</em>.</p></div>'


def test_empty_prose_invites_to_write() -> None:
    """White space is not prose."""
    prose = Prose(" \n", "What made this possible?")
    assert prose.html() == '<div class="write"><b>Write here.</b> What made this possible?</div>'
    assert prose.markdown() == "> **Write here.** What made this possible?"
    assert prose.plain() == "Write here. What made this possible?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("a <img src=x onerror=y>", "<p>a &lt;img src=x onerror=y&gt;</p>"),
        ("[a](javascript:alert(1))", '<p><a rel="noopener noreferrer" href="#harmful-link">a</a></p>'),
    ],
)
def test_raw_html_and_script_links_do_nothing(text: str, expected: str) -> None:
    """Nothing a person pastes can run in the page."""
    assert prose_html(text) == expected


def test_picture_from_elsewhere_becomes_a_link() -> None:
    """Opening the page asks no other machine for anything."""
    assert prose_html("![chart](https://example.org/a.png)") == (
        '<p><a rel="noopener noreferrer" href="https://example.org/a.png">chart</a></p>'
    )


def test_pasted_picture_is_shown() -> None:
    """A picture that is part of the text asks nobody."""
    assert '<img src="data:image/png;base64,AA==" alt="dot"' in prose_html("![dot](data:image/png;base64,AA==)")


def test_headings_stay_below_those_of_the_page() -> None:
    """A person's first-level heading does not compete with the title."""
    assert prose_html("# Big\n\n#### Small") == "<h3>Big</h3>\n<h4>Small</h4>"


def test_markdown_of_prose_is_what_was_written() -> None:
    """Only raw HTML changes on the way into another Markdown document."""
    assert Prose("- *a* | b\n- <i>c</i>\n").markdown() == "- *a* | b\n- &lt;i>c&lt;/i>"
