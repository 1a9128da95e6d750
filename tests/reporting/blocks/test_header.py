"""Header, lead, paragraph, footer."""

from __future__ import annotations

from incident_analytics.reporting.blocks import Code, Footer, Header, Lead, Paragraph, SeverityMark, Subheading

HEADER = Header("Post-mortem · INC-2024-001", "Outage <b>", SeverityMark("SEV1", "critical"), ("Resolved", Code("pay")))


def test_header_holds_the_only_first_heading() -> None:
    """Title escaped, severity before the facts."""
    assert HEADER.html() == (
        '<header class="masthead"><p class="eyebrow">Post-mortem · INC-2024-001</p><h1>Outage &lt;b&gt;</h1>'
        '<div class="meta"><span class="severity sev1"><span aria-hidden="true">▲</span> SEV1 critical</span>'
        "<span>Resolved</span><span><code>pay</code></span></div></header>"
    )


def test_header_in_markdown_and_plain() -> None:
    """The facts follow the title in a line."""
    assert HEADER.markdown() == (
        "Post-mortem · INC-2024-001\n\n# Outage &lt;b>\n\n**▲ SEV1 critical** · Resolved · `pay`"
    )
    assert HEADER.plain() == "Post-mortem · INC-2024-001\nOutage <b>\n▲ SEV1 critical · Resolved · pay"


def test_header_without_facts_has_no_empty_line() -> None:
    """A header may be only a title."""
    assert Header("", "Outage").markdown() == "# Outage"
    assert 'class="meta"' not in Header("", "Outage").html()


def test_header_brings_the_style_sheet_into_a_notebook() -> None:
    """A notebook has none of ours, so its first block carries one."""
    shown = HEADER._repr_mimebundle_()
    assert str(shown["text/html"]).startswith('<style class="notebook-style">.masthead')
    assert str(shown["text/html"]).endswith(HEADER.html())
    assert list(shown) == ["text/html", "text/markdown", "text/plain"]


def test_running_text_in_three_forms() -> None:
    """Lead, paragraph, subheading and footer differ in their elements only."""
    assert Lead("a < b").html() == '<p class="lead">a &lt; b</p>'
    assert Paragraph(("a ", Code("b"))).html() == "<p>a <code>b</code></p>"
    assert (Subheading("a").html(), Subheading("a").markdown()) == ("<h3>a</h3>", "### a")
    assert (Footer("a").html(), Footer("a").markdown()) == ("<footer>a</footer>", "---\n\na")
    assert (str(Paragraph(("a ", Code("b")))), Paragraph("*").markdown()) == ("a b", "\\*")
