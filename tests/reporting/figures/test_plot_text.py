"""Tests of text as plotly draws it."""

from __future__ import annotations

from incident_analytics.reporting.figures.plot_text import one_line, plot_text


def test_markup_and_entities_are_shown_as_text() -> None:
    """Plotly would read both."""
    assert plot_text("<b>&lt; 5") == "&lt;b&gt;&amp;lt; 5"


def test_dollars_are_no_formula() -> None:
    """JupyterLab's MathJax would typeset what stands between two."""
    assert plot_text("$45 of $50") == "&#36;45 of &#36;50"


def test_our_own_markup_is_added_outside() -> None:
    """Bold, and the colour of a part."""
    assert plot_text("a<", bold=True, colour="#14578C") == '<span style="color:#14578C"><b>a&lt;</b></span>'


def test_text_of_many_lines_becomes_one() -> None:
    """And a mark that turns the reading direction around is replaced."""
    assert one_line("a\n\t b\u202e") == "a b\ufffd"
